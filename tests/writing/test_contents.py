"""The contents of a page are what the theme makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from pydata_sphinx_theme import toctree

from tests.conftest import post
from tsuzuri.writing.contents import page_contents

if TYPE_CHECKING:
    from tests.conftest import Build


def themed(toc: str, level: int) -> str:
    """Return what the theme itself makes of *toc*."""
    context: dict[str, Any] = {"toc": toc, "theme_show_toc_level": level}

    class App:
        builder = config = None

    toctree.add_toctree_functions(App(), "page", "page.html", context, None)
    return str(context["generate_toc_html"]())


def entry(name: str, inner: str = "") -> str:
    text = f"{name} &amp; <code>x</code>"
    return f'<li><a class="reference internal" href="#{name}">{text}</a>{inner}</li>\n'


def listed(*entries: str) -> str:
    return "<ul>\n" + "".join(entries) + "</ul>\n"


DEEP = listed(entry("c", listed(entry("d"), entry("e"))))


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize(
    "toc",
    [
        "",
        listed(entry("題")),
        listed(entry("題", listed(entry("a"), entry("b", DEEP)))),
        listed(entry("one"), entry("two", DEEP)),
    ],
)
def test_as_the_theme_makes_it(toc: str, level: int) -> None:
    ours = str(page_contents(toc, level))
    assert BeautifulSoup(ours, "html.parser") == BeautifulSoup(themed(toc, level), "html.parser")
    assert ours.strip() == themed(toc, level).strip()


def test_a_heading_breaks_there_as_it_does_in_the_text(build: Build) -> None:
    """The rail is narrow: a word cut in two on most lines is hard to skim."""
    body = "## 推論時計算のスケーリングを手元で確かめる\n\n文。\n\n## 終わり\n\n文。\n"
    page = build({"posts/a.md": post(body)}).page("posts/a.html")
    link, heading = page.select_one(".tz-toc a"), page.select_one("article h2")
    assert link is not None
    assert heading is not None
    parts = [str(part) for part in link.find_all(string=True)]
    assert len(parts) > 1
    assert parts == [str(part) for part in heading.find_all(string=True)][: len(parts)]
