"""Images and formulas as a reader meets them, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import served
from tests.conftest import make_build
from tests.pixels import photo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

PAGE = r"""# 題

![山](a.jpg)

質量は $E = mc^2$ です。

$$
\sum_{i=1}^{n} x_i = x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 + x_9 + x_{10} + x_{11} + x_{12}
$$ (long)

![夜だけ](dark.jpg#only-dark)
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files: dict[str, str | bytes | None] = {
        "page.md": PAGE,
        "a.jpg": photo((2000, 1200)),
        "dark.jpg": photo((640, 300)),
    }
    return make_build(tmp_path_factory.mktemp("figures"))(files).out


@pytest.fixture(scope="module")
def page(out: Path, browser: Browser) -> Iterator[Any]:
    with served(out) as address:
        page: Any = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme="light")
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{address}page.html")
        yield page
        page.close()


@pytest.mark.browser
def test_a_phone_loads_the_small_copy_and_no_other_site_is_asked(page: Any) -> None:
    page.wait_for_load_state("networkidle")
    images = [url.rpartition("/")[2] for url in page.asked if "/_images/" in url]
    assert [name.split(".", 2)[2] for name in images] == ["480.webp"]
    assert not [url for url in page.asked if "127.0.0.1" not in url and "localhost" not in url]
    fonts = {url.rpartition("/")[2] for url in page.asked if "KaTeX" in url}
    assert "KaTeX_Main-Regular.woff2" in fonts
    assert "KaTeX_Fraktur-Regular.woff2" not in fonts


@pytest.mark.browser
def test_the_keyboard_enlarges_and_closes(page: Any) -> None:
    link = page.locator("a.image-zoom").first
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.zoomed")
    assert dialog.is_visible()
    assert dialog.get_attribute("aria-label") == "山"
    assert dialog.locator("button").get_attribute("aria-label") == "閉じる"
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert page.evaluate("document.activeElement.className") == "image-zoom"
    link.click()
    dialog.locator("img").click()
    dialog.wait_for(state="detached")


@pytest.mark.browser
def test_the_text_does_not_jump(page: Any) -> None:
    """The image has its place before it has come."""
    box = page.locator("a.image-zoom img").first.bounding_box()
    assert abs(box["width"] / box["height"] - 2000 / 1200) < 0.02


@pytest.mark.browser
def test_a_copied_formula_is_its_source(page: Any) -> None:
    copied = page.evaluate(
        """() => {
          let text;
          const take = (event) => { text = event.clipboardData.getData("text/plain"); };
          document.addEventListener("copy", take, {once: true});
          const part = document.querySelector("span.math").parentElement;
          getSelection().selectAllChildren(part);
          document.execCommand("copy");
          getSelection().removeAllRanges();
          return text;
        }"""
    )
    assert copied.strip() == "質量は $E = mc^2$ です。"


@pytest.mark.browser
def test_a_wide_formula_scrolls_by_itself(page: Any) -> None:
    """The page keeps its width; the formula can be reached with the keyboard."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = page.locator("div.math > .katex-display").first
    assert wide.evaluate("(element) => element.scrollWidth > element.clientWidth")
    assert wide.get_attribute("tabindex") == "0"
