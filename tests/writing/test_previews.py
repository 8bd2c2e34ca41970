"""What a reader sees of a post before following a link to it, by pointer and by keyboard alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import served
from tests.conftest import Build, make_build, post

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

HOSTILE = "</script><img src=x onerror=alert(1)>"


def files() -> dict[str, str]:
    return {
        "posts/a.md": post("[これ](b.md) と [[c]] を読む。", title="甲", series="'つづき物'"),
        "posts/b.md": post(
            "乙の本文。",
            title=f"'乙 {HOSTILE}'",
            date="2024-10-01",
            description="乙の説明。",
            series="'つづき物'",
        ),
        "posts/c.md": post("丙の最初の文。", title="丙", date="2024-11-01", series="'つづき物'"),
    }


def test_the_page_carries_what_its_links_show(build: Build) -> None:
    site = build(files())
    data = json.loads(site.page("posts/a.html").select_one("#tz-previews").get_text())  # type: ignore[union-attr]
    assert data == {
        "b.html": {"title": f"乙 {HOSTILE}", "date": "2024年10月1日", "lead": "乙の説明。"},
        "c.html": {"title": "丙", "date": "2024年11月1日", "lead": "丙の最初の文。"},
    }
    assert site.page("posts/c.html").select_one("#tz-previews") is None


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("previews")
    site = make_build(folder)(files())
    with served(site.out) as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Any:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{address}posts/a.html")
    yield page
    page.close()


@pytest.mark.browser
def test_a_card_on_hover_and_no_layout_shift(page: Page) -> None:
    before = page.evaluate("document.body.getBoundingClientRect().height")
    page.hover("a.tz-post-link >> nth=0")
    card: Any = page.wait_for_selector(".tz-preview")
    assert card.inner_text().split("\n") == [f"乙 {HOSTILE}", "2024年10月1日", "乙の説明。"]
    assert page.evaluate("document.body.getBoundingClientRect().height") == before
    page.mouse.move(5, 5)
    page.wait_for_selector(".tz-preview", state="detached")


@pytest.mark.browser
def test_keyboard_alone_reaches_cards_series_and_backlinks(page: Page, address: str) -> None:
    """Tab shows the card, Escape hides it; the series leads on and the backlink leads back."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.tz-post-link')"):
            break
    described = page.evaluate("document.activeElement.getAttribute('aria-describedby')")
    card: Any = page.wait_for_selector(".tz-preview")
    assert described == card.get_attribute("id")
    page.keyboard.press("Escape")
    page.wait_for_selector(".tz-preview", state="detached")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}posts/b.html")
    follow(page, ".tz-box a[href='a.html']")
    page.wait_for_url(f"{address}posts/a.html")
    follow(page, ".tz-series a[href='c.html']")
    page.wait_for_url(f"{address}posts/c.html")


def follow(page: Page, selector: str) -> None:
    """Press Tab until the link is reached, then Enter."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"the keyboard does not reach {selector}")


@pytest.mark.browser
def test_no_card_on_touch(browser: Browser, address: str) -> None:
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{address}posts/a.html")
    page.tap("a.tz-post-link >> nth=0")
    page.wait_for_url(f"{address}posts/b.html")
    context.close()
