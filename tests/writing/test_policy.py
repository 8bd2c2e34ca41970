"""The site works under the Content-Security-Policy that it tells its host to send."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.errors import ConfigError

from benchmarks.posts import image
from tests.browser import served
from tests.conftest import make_build, post
from tsuzuri.writing.policy import headers, needs_of, policy

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

    from tests.conftest import Build, Site

FIELD = re.compile(r"^  Content-Security-Policy: (.*)$", re.MULTILINE)


def policy_of(site: Site) -> dict[str, list[str]]:
    """Return the directives that a site's headers file has."""
    found = FIELD.search(site.text("_headers"))
    assert found is not None
    directives = (item.split() for item in found[1].split("; "))
    return {name: sources for name, *sources in directives}


def hashed(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<script>a()</script>", {("script-src", hashed("a()"))}),
        ("<script type=module>a()</script>", {("script-src", hashed("a()"))}),
        ("<script type='importmap'>{}</script>", {("script-src", hashed("{}"))}),
        ('<script type="application/json">{}</script>', set()),
        ('<script type="application/ld+json">{"a": "<img src=//b.example/>"}</script>', set()),
        ('<script src="a.js"></script>', set()),
        ('<script src="https://a.example/b.js"></script>', {("script-src", "https://a.example")}),
        ("<article><script>a()</script></article>", set()),
        ("<article></article><script>a()</script>", {("script-src", hashed("a()"))}),
        ('<img alt=">" src="//A.example:8/b.png">', {("img-src", "https://a.example:8")}),
        (
            '<img src="a.png" srcset="https://a.example/1,2.png 1x, http://b.example/ 2x">',
            {("img-src", "https://a.example"), ("img-src", "http://b.example")},
        ),
        ('<img src="https://[">', set()),
        ('<img src="https://a.example;script-src/">', set()),
        ('<link rel="stylesheet" href="https://a.example/b">', {("style-src", "https://a.example")}),
        ('<link rel="canonical" href="https://a.example/b">', set()),
        ('<button data-frame="https://a.example/b">', {("frame-src", "https://a.example")}),
        ('<iframe src="https://a.example/b">', {("frame-src", "https://a.example")}),
        ('<button type="button">', set()),
    ],
)  # fmt: skip
def test_what_a_page_needs(page: str, expected: set[tuple[str, str]]) -> None:
    assert needs_of(page, scripts_in_posts=False) == expected


def test_a_script_in_a_post_is_named_only_where_the_site_allows_it() -> None:
    """What slips past the reading of posts must not get a licence from us."""
    page = "<article><script>a()</script></article>"
    assert needs_of(page, scripts_in_posts=True) == {("script-src", hashed("a()"))}


def test_own_origin_only(build: Build) -> None:
    """By itself a site loads nothing of others, runs no text as code but its own in the head."""
    site = build({"posts/a.md": post("本文。$x$")})
    script = site.page("posts/a.html").find("script", src=False, type=False)
    assert script is not None
    assert policy_of(site) == {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", hashed(script.get_text())],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'self'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }


def test_what_posts_embed_comes_and_goes_with_them(build: Build) -> None:
    """A site that embeds a video names its service, and no longer when the post is gone."""
    site = build({"posts/a.md": post("https://youtu.be/dQw4w9WgXcQ\n\n![絵](https://a.example/b.png)")})  # fmt: skip
    assert policy_of(site)["frame-src"] == ["'self'", "https://www.youtube-nocookie.com"]
    assert policy_of(site)["img-src"] == ["'self'", "data:", "https://a.example"]
    site = build({"about.md": "---\norphan: true\n---\n# 別の頁\n"})
    assert policy_of(site)["img-src"] == ["'self'", "data:", "https://a.example"]
    site = build({"posts/a.md": None})
    assert "frame-src" not in policy_of(site)
    assert policy_of(site)["img-src"] == ["'self'", "data:"]


def test_settings(build: Build) -> None:
    """A writer adds a service of theirs, takes the file out, or brings one of their own."""
    site = build(
        {"posts/a.md": post()},
        tsuzuri_giscus={"repo": "a/b", "repo_id": "c", "category": "d", "category_id": "e"},
        tsuzuri_content_policy={"connect-src": "https://stats.example", "object-src": "'none'"},
        html_js_files=["https://stats.example/count.js"],
    )
    found = policy_of(site)
    assert found["connect-src"] == ["'self'", "https://stats.example"]
    assert found["object-src"] == ["'none'"]
    assert found["script-src"][-2:] == ["https://giscus.app", "https://stats.example"]
    assert found["frame-src"] == ["'self'", "https://giscus.app"]
    assert "_headers" not in build(tsuzuri_headers_file=False).files()
    own = {"extra/_headers": "/*\n  X-Own: 1\n"}
    assert build(own, html_extra_path=["extra"]).text("_headers") == own["extra/_headers"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"scripts": "'self'"}, "'scripts' is no directive"),
        ({"img-src": "a; script-src *"}, "the sources of 'img-src'"),
        ({"img-src": ["https://a.example"]}, "write them as one text"),
    ],
)
def test_a_wrong_addition_is_refused(build: Build, value: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)):
        build(tsuzuri_content_policy=value)


def test_no_line_is_longer_than_hosts_read() -> None:
    """Cloudflare drops lines of more than 2,000 characters; a site may embed every service."""
    from tsuzuri.reading.services import SERVICES
    from tsuzuri.writing.policy import COMMENTS

    frames = "".join(f'<iframe src="{item.frame}">' for item in SERVICES.values() if item.frame)
    needs = needs_of(f"<script></script>{frames}", scripts_in_posts=False) | COMMENTS
    assert len(needs) > 12
    assert max(map(len, headers(policy(needs, {})).splitlines())) < 2000


FILES: dict[str, str | bytes | None] = {
    "index.md": "# 試し\n\n```{postlist}\n```\n\n```{toctree}\ndocs/index\n```\n",
    "posts/all.md": post(
        "[次の記事](next.md) と $x^2$ と ![絵](pic.png){width=40%} を読む。\n\n"
        "$$\\int_0^1 f(x)\\,dx$$\n\n```mermaid\ngraph TD; A-->B;\n```\n\n"
        "```python title=a.py\nprint(1)\n```\n\nhttps://youtu.be/dQw4w9WgXcQ\n\n"
        '<p style="color: red">色</p>\n\n:::details 折りたたみ\n中身\n:::\n',
        title="検索できる記事",
        tags="[日記]",
        series="つづき物",
        aliases="[/old/]",
    ),
    "posts/next.md": post("次の本文。", title="次", date="2024-10-01", series="つづき物"),
    "posts/pic.png": image(1, 640, 320),
    "docs/index.md": "# 手引き\n\n```{graphviz}\ndigraph { a -> b }\n```\n",
}  # fmt: skip
PAGES = (
    "index.html", "posts/all.html", "posts/next.html", "docs/index.html", "blog.html", "404.html",
    "blog/tag.html", "blog/2024.html", "blog/archive.html", "old/index.html", "blog/atom.xml",
    "search.html?q=検索",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    build = make_build(tmp_path_factory.mktemp("policy"), search=True)
    giscus = {"repo": "a/b", "repo_id": "c", "category": "d", "category_id": "e"}
    return build(FILES, tsuzuri_giscus=giscus)


def served_pages(site: Site) -> list[str]:
    """Return a page of each kind; those that a site has not are no pages of it."""
    listed = [name for name in PAGES if name.split("?")[0] in site.files()]
    assert len(listed) > 7
    return listed


WATCH = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`refused: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""


@pytest.mark.browser
def test_a_browser_refuses_nothing(site: Site, browser: Browser) -> None:
    """Each kind of page, the search, colours, cards, images, diagrams: all run under the policy."""
    said: list[str] = []
    found = FIELD.search(site.text("_headers"))
    assert found is not None
    with served(site.out, {"Content-Security-Policy": found[1]}) as address:
        page = browser.new_page()
        page.add_init_script(WATCH)
        page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        page.route(re.compile("^https://"), answer_for_others)
        for name in served_pages(site):
            page.goto(f"{address}{name}", wait_until="load")
            if name.startswith("old/"):
                # it goes on by itself, into the next visit if that is begun before
                page.wait_for_url("**/posts/*.html", wait_until="load")
        assert page.url.endswith("search.html?q=%E6%A4%9C%E7%B4%A2")
        page.wait_for_selector("main a[href*='all.html']")
        use_a_post(page, f"{address}posts/all.html")
        ask_the_dialog(page)
        page.close()
    assert [
        line for line in said if re.search("refused|content security|error", line, re.IGNORECASE)
    ] == []


def answer_for_others(route: Route) -> None:
    """Answer in the place of other sites."""
    if route.request.resource_type == "script":
        route.fulfill(body="", content_type="text/javascript")
    else:
        route.fulfill(body="<p>その頁</p>", content_type="text/html")


def use_a_post(page: Page, address: str) -> None:
    """Do on a post what runs scripts."""
    page.goto(address, wait_until="load")
    page.wait_for_selector(".tz-diagram svg")
    before = page.evaluate("document.documentElement.dataset.mode")
    page.click(".tz-colours")
    page.wait_for_function("(was) => document.documentElement.dataset.mode !== was", arg=before)
    page.hover("article a.tz-post-link >> nth=0")
    page.wait_for_selector(".tz-preview")
    page.click(".tz-embed__load")
    page.frame_locator(".tz-embed iframe").locator("p").wait_for()
    page.click(".tz-comments__load")
    page.wait_for_selector("script[src^='https://giscus.app']", state="attached")


def ask_the_dialog(page: Page) -> None:
    """Search from the key that opens the dialog."""
    page.keyboard.press("/")
    page.fill("dialog input", "検索")
    page.wait_for_selector("dialog a[href*='all.html']")


@pytest.mark.browser
def test_the_browser_would_refuse(site: Site, browser: Browser, tmp_path: Path) -> None:
    """The policy is in force: a script that got into a page does not run."""
    found = FIELD.search(site.text("_headers"))
    assert found is not None
    (tmp_path / "a.html").write_text("<script>document.title = 'owned'</script><p onclick='1'>")
    with served(tmp_path, {"Content-Security-Policy": found[1]}) as address:
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{address}a.html", wait_until="load")
        assert page.title() != "owned"
        assert any("Content Security Policy" in line for line in said)
        page.close()
