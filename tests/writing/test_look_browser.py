"""The frame in a browser: colours, contents, menu, and all of it without scripts."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser import served
from tests.conftest import Build, make_build, post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LONG = "".join(f"## 見出し{n}\n\n" + "とても長い文章が続きます。" * 120 + "\n\n" for n in range(6))
FOLD = "\n\n:::details 畳む\n中身。\n:::\n"
WIDE = "```text\n" + "x" * 400 + "\n```\n\n| a | b |\n|---|---|\n| " + "y" * 300 + " | z |\n\n"
TABLES = "\n\n".join(
    f"{'| 値 ' * columns}|\n{'|---' * columns}|\n{'| 12,345,678 ' * columns}|"
    for columns in (2, 7, 30)
)
FILES = {
    "posts/long.md": post(LONG, title="とても長い題の記事を書いてみる", tags="[機械学習, Python]"),
    "posts/tables.md": post(f"## 表\n\n{TABLES}\n\n## 終わり\n"),
    "posts/wide.md": post(WIDE + "W" * 200 + "\n\nhttps://example.org/" + "a" * 200 + FOLD),
}
PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = make_build(tmp_path_factory.mktemp("look"))(FILES)
    with served(site.out) as url:
        yield url


@contextmanager
def page_at(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    context = browser.new_context(**{"viewport": DESKTOP, **options})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url)
    yield page
    assert errors == []
    context.close()


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


LIGHT, DARK = "rgb(251, 250, 246)", "rgb(19, 22, 27)"


def test_colours_follow_the_system_with_scripts_and_without(browser: Browser, address: str) -> None:
    for scheme, expected in (("light", LIGHT), ("dark", DARK)):
        with page_at(browser, address, color_scheme=scheme) as page:
            assert expected == ground(page), scheme
            # what a browser without scripts has: no attribute that a script set
            page.evaluate("delete document.documentElement.dataset.theme")
            assert expected == ground(page), scheme


def test_the_switch_goes_round_and_is_remembered(browser: Browser, address: str) -> None:
    with page_at(browser, address, color_scheme="dark") as page:
        button = page.locator(".tz-colours")
        assert button.inner_text().strip() == "配色: システムに合わせる"
        button.click()
        assert ground(page) == LIGHT
        page.goto(address + "posts/long.html")
        assert ground(page) == LIGHT
        button.click()
        assert ground(page) == DARK
        button.press("Enter")
        page.emulate_media(color_scheme="light")
        page.wait_for_function("document.documentElement.dataset.theme === 'light'")
        assert ground(page) == LIGHT


def test_a_remembered_choice_is_there_before_the_first_paint(
    browser: Browser, address: str
) -> None:
    """A flash of the other colours hurts the eyes at night."""
    with page_at(browser, address, color_scheme="light") as page:
        page.evaluate("localStorage.setItem('mode', 'dark')")
        page.add_init_script(
            "new MutationObserver(() => { if (document.body && !window.first)"
            " window.first = document.documentElement.dataset.theme; })"
            ".observe(document, {childList: true, subtree: true})"
        )
        page.reload()
        assert page.evaluate("window.first") == "dark"


def test_contents_follow_the_text(browser: Browser, address: str) -> None:
    with page_at(browser, address + "posts/long.html") as page:
        assert page.locator(".tz-toc").get_attribute("open") is not None
        page.locator("h2", has_text="見出し3").evaluate("e => e.scrollIntoView()")
        marked = page.locator('.tz-toc [aria-current="true"]')
        marked.wait_for()
        page.wait_for_function(
            "document.querySelector('.tz-toc [aria-current]').textContent.includes('見出し3')"
        )
        assert marked.count() == 1


def test_contents_are_folded_on_a_phone(browser: Browser, address: str) -> None:
    with page_at(browser, address + "posts/long.html", viewport=PHONE, has_touch=True) as page:
        link = page.locator(".tz-toc a").first
        assert not link.is_visible()
        page.locator(".tz-toc summary").tap()
        assert link.is_visible()
        link.tap()
        assert not link.is_visible()


def test_the_menu_by_touch_and_by_keyboard(browser: Browser, address: str) -> None:
    with page_at(browser, address, viewport=PHONE, has_touch=True) as page:
        menu, side = page.locator(".tz-menu"), page.locator("#tz-side")
        expect(side).to_be_hidden()
        menu.tap()
        expect(side).to_be_visible()
        expect(menu).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(side).to_be_hidden()
        expect(menu).to_have_attribute("aria-expanded", "false")
        menu.focus()
        page.keyboard.press("Space")
        expect(side).to_be_visible()
        page.wait_for_function("document.activeElement.closest('#tz-side') !== null")
        page.keyboard.press("Enter")
        expect(side).to_be_hidden()
        page.wait_for_function("document.activeElement.matches('.tz-menu')")


def test_without_scripts_menu_and_contents_work(browser: Browser, address: str) -> None:
    with page_at(
        browser, address + "posts/long.html", viewport=PHONE, java_script_enabled=False
    ) as page:
        page.locator(".tz-menu").click()
        assert page.locator("#tz-side a").first.is_visible()
        page.locator(".tz-side__close").click()
        assert not page.locator("#tz-side").is_visible()
        page.locator(".tz-toc summary").click()
        assert page.locator(".tz-toc a").first.is_visible()
        assert not page.locator(".tz-colours").is_visible()


def test_nothing_scrolls_sideways_at_320_pixels(browser: Browser, address: str) -> None:
    for path in ("", "posts/long.html", "posts/wide.html", "blog.html", "blog/tag/python.html"):
        with page_at(browser, address + path, viewport=PHONE) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def test_targets_on_a_phone_are_large_enough(browser: Browser, address: str) -> None:
    with page_at(browser, address, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        sizes = page.evaluate(
            "[...document.querySelectorAll('.tz-bar a, .tz-bar button, .tz-tag, .tz-footer a')]"
            ".filter(e => e.offsetParent).map(e => [e.className, e.offsetWidth, e.offsetHeight])"
        )
        assert [size for size in sizes if size[2] < 44 or size[1] < 44] == []


def test_text_has_forty_characters_a_line(browser: Browser, address: str) -> None:
    with page_at(browser, address + "posts/long.html") as page:
        width, size = page.evaluate(
            "(p => [p.clientWidth, parseFloat(getComputedStyle(p).fontSize)])"
            "(document.querySelector('.tz-article section p:not([class])'))"
        )
        assert 38 <= width / size <= 40.5


def test_a_table_takes_room_beside_the_text_and_fades_where_it_goes_on(
    browser: Browser, address: str
) -> None:
    """A number cut in half at the edge looks like another number, or like the last column."""
    with page_at(browser, address + "posts/tables.html") as page:
        left, right, contents = page.evaluate(
            "(() => { const box = s => document.querySelector(s).getBoundingClientRect();"
            " return [box('section > h2').left, box('section > h2').right, box('.tz-toc').left] })()"
        )
        boxes = page.locator(".pst-scrollable-table-container")
        edges = [
            box.evaluate("e => (r => [r.left, r.right])(e.getBoundingClientRect())")
            for box in boxes.all()
        ]
        assert all(start + end == pytest.approx(left + right) for start, end in edges)
        assert all(end < contents for _start, end in edges)
        beside = [left - start for start, _end in edges]
        assert beside[0] == 0
        assert 0 < beside[1] < 28
        assert beside[2] == pytest.approx(28)
        fade = "e => parseFloat(getComputedStyle(e).getPropertyValue('--tz-fade'))"
        assert [box.evaluate(fade) for box in boxes.all()] == [0, 0, 48]
        boxes.last.evaluate("e => { e.scrollLeft = e.scrollWidth; }")
        page.wait_for_function(
            f"({fade})([...document.querySelectorAll('.pst-scrollable-table-container')].pop()) == 0"
        )


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with what people ask of the theme."""
    versions = [
        {"version": "1.0", "url": "/v1/", "name": "1.0（安定版）"},
        {"version": "2.0", "url": "/", "preferred": True},
    ]
    files = {
        **FILES,
        "_static/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="9"/></svg>',
        "_static/versions.json": json.dumps(versions),
        "notebook.rst": ":orphan:\n:kernelspec: python3\n\n計算\n====\n\n本文。\n",
    }
    options = {
        "repository_url": "https://github.com/example/blog",
        "use_repository_button": True,
        "use_issues_button": True,
        "use_edit_page_button": True,
        "use_download_button": True,
        "launch_buttons": {"colab_url": "https://colab.research.google.com"},
        "announcement": "お知らせです",
        "icon_links": [
            {"name": "GitHub", "url": "https://github.com/example", "icon": "fa-brands fa-github"}
        ],
        "logo": {
            "text": "名前",
            "image_light": "_static/logo.svg",
            "image_dark": "_static/logo.svg",
        },
        "article_header_start": ["version-switcher.html"],
        "switcher": {"json_url": "_static/versions.json", "version_match": "2.0"},
        "check_switcher": False,
    }
    site = make_build(tmp_path_factory.mktemp("themed"))(
        files,
        html_theme_options=options,
        html_static_path=["_static"],
        html_sidebars={"**": ["icon-links.html", "tsuzuri/side/recent.html"]},
    )
    with served(site.out) as url:
        yield url


def test_options_of_the_theme_in_a_browser(browser: Browser, themed: str) -> None:
    """A button that the theme shows does nothing, since its script is not loaded."""
    with page_at(browser, themed + "posts/long.html") as page:
        expect(page.locator(".bd-header-announcement")).to_contain_text("お知らせです")
        expect(page.locator(".tz-name img").locator("visible=true")).to_have_count(1)
        expect(page.locator('.tz-side a[href="https://github.com/example"] svg')).to_be_visible()
        for name, link in (("source", "/issues"), ("download", "_sources/")):
            toggle = page.locator(f".dropdown-{name}-buttons .dropdown-toggle")
            entry = page.locator(f'.dropdown-{name}-buttons a[href*="{link}"]')
            expect(entry.first).to_be_hidden()
            toggle.click()
            expect(entry.first).to_be_visible()
            page.keyboard.press("Escape")
            expect(entry.first).to_be_hidden()
        page.goto(f"{themed}notebook.html")
        page.locator(".dropdown-launch-buttons .dropdown-toggle").click()
        colab = page.locator(
            '.dropdown-launch-buttons a[href^="https://colab.research.google.com"]'
        )
        expect(colab).to_be_visible()


def test_without_scripts_the_theme_s_menus_lie_open(browser: Browser, themed: str) -> None:
    with page_at(browser, themed + "posts/long.html", java_script_enabled=False) as page:
        expect(page.locator('.dropdown-source-buttons a[href*="/issues"]').first).to_be_visible()
        expect(page.locator(".tz-versions")).to_be_hidden()


def test_the_version_switcher_leads_to_the_same_page(browser: Browser, themed: str) -> None:
    with page_at(browser, themed + "posts/long.html") as page:
        switcher = page.locator(".tz-versions")
        switcher.locator("button").click()
        entries = switcher.locator("a")
        expect(entries).to_have_text(["1.0（安定版）", "2.0"])
        expect(entries.nth(1)).to_have_attribute("aria-current", "true")
        entries.nth(1).click()
        page.wait_for_url("**/posts/long.html")


def test_a_version_switcher_without_versions_is_not_there(build: Build) -> None:
    """An empty menu opens."""
    site = build({}, html_theme_options={"article_header_start": ["version-switcher.html"]})
    assert not site.page("index.html").select(".version-switcher__container, .tz-versions")


def test_the_skip_link_comes_first_and_leads_to_the_text(browser: Browser, address: str) -> None:
    with page_at(browser, address) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.tz-skip')")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main-content"


def test_print_has_no_chrome_and_shows_addresses(browser: Browser, address: str) -> None:
    with page_at(browser, address + "posts/wide.html") as page:
        page.emulate_media(media="print")
        assert not page.locator(".tz-bar").is_visible()
        after = page.evaluate(
            "getComputedStyle(document.querySelector('.tz-article p a[href^=http]'), '::after').content"
        )
        assert "https://example.org/" in after
        fold = page.locator(".tz-article details p")
        height = fold.evaluate("box => box.getBoundingClientRect().height")
        assert height > 10, "what is folded can't be opened on paper"
        left = "box => box.getBoundingClientRect().left"
        footer, title = page.locator(".tz-footer p").first, page.locator("h1")
        assert abs(footer.evaluate(left) - title.evaluate(left)) < 2
