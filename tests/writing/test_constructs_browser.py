"""What a reader's browser does with code, embeds and diagrams, and what it asks of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import served
from tests.conftest import make_build, post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

BODY = """
```bash
$ make html \\
    --quiet
built
$ make test
```

```python {1} showLineNumbers
a = 1
b = 2
```

```diff js
-a
+b
```

```mermaid
graph LR
    A[原稿] --> B[記事]
```

https://www.youtube.com/watch?v=dQw4w9WgXcQ

https://example.com/card

<iframe src="https://maps.example/embed" title="地図"></iframe>

<blockquote class="twitter-tweet"><p>本文</p>&mdash; n (@n) <a href="https://x.com/n/status/9">Sep 1</a></blockquote> <script async src="https://platform.twitter.com/widgets.js"></script>

<script src="https://gist.github.com/octocat/6cad326836d38bd3a7ae.js"></script>
"""


@pytest.fixture(scope="module")
def site_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = make_build(tmp_path_factory.mktemp("constructs"))(
        {"posts/a.md": post(BODY), "posts/b.md": post("図のない記事。")}
    )
    assert site.warnings == ()
    with served(site.out) as url:
        yield url


@pytest.fixture
def page(browser: Browser, site_url: str) -> Iterator[Any]:
    """A page that keeps what it asked for; other sites answer nothing."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page: Any = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.route("**", lambda route: stay_at(site_url, route))
    page.goto(f"{site_url}posts/a.html")
    yield page
    context.close()


def stay_at(site_url: str, route: Any) -> None:
    if route.request.url.startswith(site_url):
        route.continue_()
    else:
        route.fulfill(status=200, content_type="text/html", body="<p>other</p>")


def others(page: Any, site_url: str) -> list[str]:
    return [url for url in page.asked if not url.startswith((site_url, "data:"))]


def copied(page: Any, number: int) -> str:
    button = page.locator(".tz-copy").nth(number)
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".tz-copy--done")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_nothing_is_asked_of_another_site_before_a_click(page: Any, site_url: str) -> None:
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_selector(".tz-diagram__picture svg")
    assert others(page, site_url) == []


def test_a_frame_is_loaded_by_its_button(page: Any, site_url: str) -> None:
    page.get_by_role("button", name="YouTubeを読み込む").press("Enter")
    frame = page.locator("iframe").first
    assert frame.get_attribute("src") == "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    assert page.evaluate("document.activeElement.localName") == "iframe"
    assert others(page, site_url) == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]


def test_commands_are_copied_without_prompts_and_output(page: Any) -> None:
    assert copied(page, 0) == "make html \\\n    --quiet\nmake test"


def test_code_is_copied_without_line_numbers(page: Any) -> None:
    assert copied(page, 1) == "a = 1\nb = 2"


def test_a_diff_is_copied_as_it_stands(page: Any) -> None:
    assert copied(page, 2) == "-a\n+b"


def test_copying_is_told_to_those_who_do_not_see_it(page: Any) -> None:
    button = page.locator(".tz-copy").first
    assert button.get_attribute("aria-label") == "コードをコピー"
    button.focus()
    page.keyboard.press("Space")
    page.wait_for_selector(".tz-copy--done")
    assert page.locator(".tz-sr[role=status]").last.text_content() == "コピーしました"


def test_a_diagram_is_drawn_where_there_is_one(page: Any, site_url: str) -> None:
    page.locator(".tz-diagram").scroll_into_view_if_needed()
    picture = page.wait_for_selector(".tz-diagram__picture")
    assert picture.get_attribute("role") == "img"
    assert "原稿" in picture.text_content()
    assert not page.locator(".tz-diagram pre").is_visible()
    page.asked.clear()
    page.goto(f"{site_url}posts/b.html")
    assert not [url for url in page.asked if "mermaid" in url]
