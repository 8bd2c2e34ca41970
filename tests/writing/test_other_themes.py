"""A blog in a site whose theme is another: it builds, and its lists are pages of that theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser import served
from tests.conftest import post
from tests.writing.test_look_browser import page_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import Build

FILES: dict[str, str | bytes | None] = {
    "index.md": "# 手引き\n\n```{postlist} 2\n```\n\n```{toctree}\nmanual\n```\n",
    "manual.md": "# 使い方\n\n{post}`a` を見よ。\n",
    "posts/a.md": post("本文です。", title="甲 & <乙>", tags="[機械学習]", series="連載", author="taro"),
    "posts/b.md": post(title="乙", date="2024-10-01", tags="[機械学習, C++]", series="連載"),
    "posts/c.md": post(title="丙", date="2025-10-01", tags="[機械学習]"),
}  # fmt: skip
LIKE_FURO: dict[str, str | bytes | None] = {
    # a theme whose pages are no children of a layout.html, by the name of the one that is
    "themes/furo/theme.toml": '[theme]\ninherit = "basic"\n',
    "themes/furo/layout.html": "ERROR: not supported\n",
    "themes/furo/page.html": "<html lang='ja'><head>{{ metatags }}{% for sheet in css_files %}"
    "{{ css_tag(sheet) }}{% endfor %}</head><body>{% block body %}<nav>枠</nav>"
    "<article role='main'>{% block content %}{{ body }}{% endblock %}</article>"
    "{% endblock %}</body></html>",
    "themes/furo/search.html": "{% extends 'page.html' %}",
}
THEMES: list[tuple[str, dict[str, str | bytes | None], dict[str, Any]]] = [
    ("alabaster", {}, {}),
    ("pydata_sphinx_theme", {}, {}),
    ("furo", LIKE_FURO, {"html_theme_path": ["themes"]}),
]


@pytest.mark.parametrize(("theme", "files", "conf"), THEMES, ids=[row[0] for row in THEMES])
def test_lists_posts_and_feeds_stand_in_any_theme(
    build: Build, theme: str, files: dict[str, str | bytes | None], conf: dict[str, Any]
) -> None:
    if "html_theme_path" in conf:
        build(files)  # a theme is looked for where the sources are
        conf = {"html_theme_path": [str(build().src / "themes")]}
    site = build(
        {**FILES, **files},
        html_theme=theme,
        tsuzuri_authors={"taro": {"name": "山田", "bio": "書く人。"}},
        **conf,
    )
    assert site.warnings == ()
    expected = {
        "index.html": ["丙", "乙"],
        "blog.html": ["丙", "乙", "甲 & <乙>"],
        "blog/tag/機械学習.html": ["丙", "乙", "甲 & <乙>"],
        "blog/series/連載.html": ["甲 & <乙>", "乙"],
        "blog/author/山田.html": ["甲 & <乙>"],
        "404.html": ["丙", "乙", "甲 & <乙>"],
    }
    for name, titles in expected.items():
        page = site.page(name)
        assert len(page.select("h1:not(.logo)")) == 1, name
        assert [item.get_text() for item in page.select(".tz-card__title a")] == titles, name
        assert page.select_one('link[rel="stylesheet"][href*="tsuzuri-lists.css"]'), name
        assert page.select_one("nav, .sphinxsidebar"), "the theme's own frame"
    for name in ("blog/tag.html", "blog/archive.html", "blog/author.html", "search.html"):
        assert len(site.page(name).select("h1:not(.logo)")) == 1, name
    assert "本文です。" in site.page("posts/a.html").get_text()
    assert {"blog/atom.xml", "blog/feed.json", "sitemap.xml"} <= site.files()
    assert "_static/tsuzuri.css" not in site.files(), "our frame's rules are not the theme's"


@pytest.mark.browser
def test_a_list_has_its_own_look_above_the_themes(build: Build, browser: Browser) -> None:
    """Themes style all headings and list items of their text; a card is neither."""
    site = build(FILES, html_theme="alabaster")
    with served(site.out) as url, page_at(browser, f"{url}blog.html") as page:
        expect(page.locator(".tz-card").first).to_have_css("display", "grid")
        expect(page.locator(".tz-card__title").first).to_have_css("font-size", "20px")
        expect(page.locator(".tz-card").first).to_have_css("list-style-type", "none")
        expect(page.locator(".tz-card__title a").first).to_have_css("color", "rgb(62, 67, 73)")
