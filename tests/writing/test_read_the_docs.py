"""On Read the Docs: what its search indexes, and where its menu lies."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from bs4.element import NavigableString

from tests.browser import served
from tests.conftest import Build, make_build, post
from tests.writing.test_look_browser import DESKTOP, PHONE, page_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup
    from playwright.sync_api import Browser, Page

    from tests.conftest import Site

LONG = "".join(f"## 見出し{n}\n\n" + "長い文章が続きます。" * 60 + "\n\n" for n in range(30))
FILES = {
    "posts/long.md": post(LONG, title="長い記事", tags="[機械学習]"),
    "posts/first.md": post(
        "[二つ目](second.md)を見よ。\n\n## 節\n\n```python\nx = 1\n```\n",
        title="一つ目",
        tags="[機械学習]",
        series="連載",
        date="2024-01-01",
    ),
    "posts/second.md": post(
        "前の話は[一つ目](first.md)に書いた。\n\n## 節の題\n\n節の文。\n\n### 小節\n\n小節の文。\n",
        title="二つ目",
        tags="[機械学習]",
        series="連載",
        date="2024-02-01",
    ),
    "posts/third.md": post("[二つ目](second.md)の続き。", title="三つ目", tags="[機械学習]"),
    "docs/index.md": "---\norphan: true\n---\n# 手引き\n\n## 始める\n\n始め方。\n",
}
GISCUS = {"repo": "a/b", "repo_id": "1", "category": "c", "category_id": "2"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    build: Build = make_build(tmp_path_factory.mktemp("rtd"))
    return build(FILES, tsuzuri_giscus=GISCUS, tsuzuri_old_post_years=1)


def main_node(page: BeautifulSoup) -> Any:
    """Return what the indexer of Read the Docs takes for the text, as its documentation tells.

    https://dev.readthedocs.com/en/latest/search-integration.html
    """
    found = page.select_one("[role=main]") or page.select_one("main")
    assert found is not None
    for node in found.select(
        "nav, [role=navigation], [role=search], .headerlink, .linenos, .lineno"
    ):
        node.decompose()
    return found


def indexed(page: BeautifulSoup) -> dict[str, str]:
    """Return the sections that the indexer finds: a heading, and what follows up to the next.

    A `header` around a heading stands for it; nothing else in it is indexed.
    """
    main = main_node(page)
    for header in main.select("header"):
        header.replace_with(header.find(["h1", "h2"]))
    sections = {"": ""}
    name = ""
    for node in main.descendants:
        if getattr(node, "name", None) in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            name = node.get_text()
            sections[name] = ""
        elif isinstance(node, NavigableString) and not node.find_parent(
            ["h1", "h2", "h3", "script"]
        ):
            sections[name] += node
    return {name: " ".join(text.split()) for name, text in sections.items()}


def test_its_search_indexes_the_article_alone(site: Site) -> None:
    """No date, tags, contents, series, neighbours, backlinks, related posts, comments, frame."""
    page = site.page("posts/second.html")
    assert page.select(".tz-age, .tz-comments, .tz-toc, .tz-series, #tz-backlinks, #tz-related")
    assert indexed(page) == {
        "": "",
        "二つ目": "前の話は一つ目に書いた。",
        "節の題": "節の文。",
        "小節": "小節の文。",
    }
    assert indexed(site.page("docs/index.html")) == {"": "", "手引き": "", "始める": "始め方。"}


def test_every_page_has_one_main_node(site: Site) -> None:
    for name in site.files():
        if name.endswith(".html") and not name.startswith("_"):
            assert len(site.page(name).select("[role=main]")) == 1, name


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_lists_are_left_out_of_its_search(build: Build, builder: str) -> None:
    """A list has the titles and leads of posts that are found themselves."""
    root = Path(__file__).parents[2]
    ignored = yaml.safe_load((root / ".readthedocs.yaml").read_text("utf-8"))["search"]["ignore"]
    pages = {name for name in build(FILES, builder=builder).files() if name.endswith(".html")}
    found = {name for name in pages if not any(fnmatch(name, pattern) for pattern in ignored)}
    ending = "/index.html" if builder == "dirhtml" else ".html"
    documents = {f"posts/{name}{ending}" for name in ("long", "first", "second", "third")}
    assert found == documents | {"index.html", "docs/index.html"}


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site.out) as url:
        yield url


FLYOUT = """position => {
  class Flyout extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({mode: "open"});
      root.innerHTML = `<style>
        div { position: fixed; z-index: 3000; padding: 0 10px; max-height: calc(100% - 100px);
              background: #272725; overflow-y: auto }
        .bottom-right { right: 20px; bottom: 50px }
        .bottom-left { left: 20px; bottom: 50px }
        header { padding: 10px 0; display: flex }
      </style><div class="${position}"><header><img width="106" height="24"><span>latest</span></header></div>`;
    }
    get box() { return this.shadowRoot.querySelector("div").getBoundingClientRect(); }
  }
  customElements.define("readthedocs-flyout", Flyout);
  document.body.append(new Flyout());
}"""
"""The menu as Read the Docs adds it, closed, of the same place and size."""

COVERED = """() => {
  const menu = document.querySelector("readthedocs-flyout").box;
  const covered = [];
  const clip = element => {
    let box = element.getBoundingClientRect();
    let {top, bottom, left, right} = box;
    for (let p = element.parentElement; p; p = p.parentElement) {
      if (!["auto", "scroll", "hidden"].includes(getComputedStyle(p).overflowY)) continue;
      const outer = p.getBoundingClientRect();
      top = Math.max(top, outer.top); bottom = Math.min(bottom, outer.bottom);
      left = Math.max(left, outer.left); right = Math.min(right, outer.right);
    }
    return {top, bottom, left, right};
  };
  for (const element of document.querySelectorAll("%s")) {
    if (!element.checkVisibility()) continue;
    const box = clip(element);
    if (box.right <= box.left || box.bottom <= box.top) continue;
    if (box.left < menu.right && menu.left < box.right && box.top < menu.bottom && menu.top < box.bottom)
      covered.push(element.outerHTML.slice(0, 80));
  }
  return covered;
}"""
FIXED = ":is(.tz-left, .tz-rail__inner) :is(a, button, summary)"
"""What stays in its place while the text scrolls."""
LAST = ".tz-footer :is(a, span, p)"


def place_menu(page: Page, position: str) -> None:
    page.evaluate(FLYOUT, position)
    box = page.evaluate("document.querySelector('readthedocs-flyout').box.toJSON()")
    assert box["height"] > 20, "the menu is shown"


@pytest.mark.browser
@pytest.mark.parametrize("position", ["bottom-right", "bottom-left"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_its_menu_covers_none_of_our_controls(
    browser: Browser, address: str, viewport: dict[str, int], position: str
) -> None:
    with page_at(browser, address + "posts/long.html", viewport=viewport) as page:
        bare = page.evaluate("document.querySelector('.tz-rail__inner').clientHeight")
        place_menu(page, position)
        if viewport is DESKTOP:
            now = page.evaluate("document.querySelector('.tz-rail__inner').clientHeight")
            assert now < bare, "the contents of this page reach as low as the menu"
        assert page.evaluate(COVERED % FIXED) == []
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_function("scrollY > 1000")
        assert page.evaluate(COVERED % f"{FIXED}, {LAST}") == []


@pytest.mark.browser
def test_its_menu_makes_way_for_ours(browser: Browser, address: str) -> None:
    """On a phone our menu lies over the page, and theirs would lie over ours."""
    with page_at(browser, address + "posts/long.html", viewport=PHONE, has_touch=True) as page:
        place_menu(page, "bottom-right")
        page.locator(".tz-menu").click()
        page.locator(".tz-side__close").wait_for()
        page.wait_for_function("document.querySelector('readthedocs-flyout').box.height === 0")
        page.locator(".tz-side__close").click()
        page.wait_for_function("document.querySelector('readthedocs-flyout').box.height > 0")
