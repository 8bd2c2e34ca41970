"""What a reader's browser gets: the frame, the article's head, what follows, and nothing else."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from tests.conftest import Build, Site, make_build, post
from tsuzuri.writing.assets import Sources, script
from tsuzuri.writing.pages import kind_of, split_title
from tsuzuri.writing.side_parts import sidebars_of

if TYPE_CHECKING:
    from pathlib import Path

BUDGET_BYTES = 60_000
BUDGET_REQUESTS = 8

FILES = {
    "index.md": "# 試しの綴り\n\nひとことの説明。\n\n```{postlist}\n```\n",
    "about.md": "---\norphan: true\n---\n# このサイトについて\n\n説明です。\n",
    "docs/index.md": "---\norphan: true\n---\n# ドキュメント\n\n```{toctree}\nguide\n```\n",
    "docs/guide.md": "# 使い方\n\n## 始める\n\n本文です。\n\n## 続ける\n\n本文です。\n",
    "posts/first.md": post(
        "## はじめに\n\n本文です。[二つ目](second.md)を見よ。\n\n## おわりに\n\n本文です。",
        title="一つ目の記事",
        date="2024-09-12",
        updated="2024-09-18",
        tags="[機械学習, 'C++']",
        description="一つ目の説明。",
        series="連載",
    ),
    "posts/second.md": post(
        "## はじめに\n\n本文です。",
        title="'<b>二つ目</b> & の記事'",
        date="2025-01-02",
        tags="[機械学習]",
        series="連載",
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """One site for the whole module."""
    return make_build(tmp_path_factory.mktemp("site"))(FILES, tsuzuri_licence="CC-BY-4.0")


def page_of(site: Site, name: str) -> Any:
    """Return a parsed page; what is not found on it fails the test by itself."""
    return site.page(name)


def pages(site: Site) -> list[str]:
    return sorted(
        name
        for name in site.files()
        if name.endswith(".html") and name[0] != "_" and name != "search.html"
    )


def test_the_site_builds_without_a_warning(site: Site) -> None:
    assert site.warnings == ()


def test_a_page_loads_one_sheet_one_script_one_icon(site: Site) -> None:
    """The theme's own pages load 2.6 MB."""
    page = page_of(site, "posts/first.html")
    sheets = page.select('link[rel~="stylesheet"]')
    assert [str(link["href"]).partition("?")[0] for link in sheets] == ["../_static/tsuzuri.css"]
    scripts = page.select("script[src]")
    assert all(item.has_attr("defer") or item.get("type") == "module" for item in scripts)
    assert str(scripts[0]["src"]).partition("?")[0] == "../_static/tsuzuri.js"
    requests = 2 + len(scripts) + len(page.select('link[rel="icon"], link[rel="preload"]'))
    assert requests <= BUDGET_REQUESTS


def test_a_first_visit_is_light(site: Site) -> None:
    page = page_of(site, "posts/first.html")
    addresses = [str(e.get("href") or e.get("src")) for e in page.select(
        'link[rel~="stylesheet"], script[src], link[rel="icon"]'
    )]  # fmt: skip
    files = ["posts/first.html", *(a.partition("?")[0].removeprefix("../") for a in addresses)]
    weight = sum(len(gzip.compress((site.out / name).read_bytes(), 6)) for name in files)
    assert weight < BUDGET_BYTES


def test_every_page_has_the_frame(site: Site) -> None:
    for name in pages(site):
        page = page_of(site, name)
        assert page.select_one("a.tz-skip[href='#main-content']"), name
        assert len(page.select("main")) == 1, name
        assert len(page.select("h1")) == 1, name
        levels = [int(item.name[1]) for item in page.select("main :is(h1,h2,h3,h4,h5,h6)")]
        assert all(b - a <= 1 for a, b in zip([0, *levels], levels, strict=False)), name
        assert page.select_one("footer.tz-footer a[rel=license]"), name
        ids = [str(item["id"]) for item in page.select("[id]")]
        assert sorted(set(ids)) == sorted(ids), name


def test_no_page_loads_anything_from_elsewhere(site: Site) -> None:
    for name in pages(site):
        for item in page_of(site, name).select("script[src], img[src], link[rel~=stylesheet]"):
            assert not re.match(r"(https?:)?//", str(item.get("src") or item.get("href"))), name


def test_leftovers_of_the_stack_are_gone(site: Site) -> None:
    for name in pages(site):
        text = site.text(name)
        for leftover in ("fontawesome", "bootstrap.js", "searchtools.js", "searchindex.js",
                         "DOCUMENTATION_OPTIONS", "_sources/", "fa-solid"):  # fmt: skip
            assert leftover not in text, (name, leftover)
        title = page_of(site, name).title
        assert title is not None
        assert "ドキュメント" not in title.get_text().partition("—")[2], name


def test_titles_name_the_page_and_the_site(site: Site) -> None:
    def title(name: str) -> str:
        found = page_of(site, name).select_one("title")
        assert found is not None
        return str(found.get_text())

    assert title("index.html") == "試しの綴り"
    assert title("posts/first.html") == "一つ目の記事 — 試しの綴り"
    assert title("posts/second.html") == "<b>二つ目</b> & の記事 — 試しの綴り"


def test_the_head_of_a_post(site: Site) -> None:
    head = page_of(site, "posts/first.html").select_one("article .tz-head")
    assert head is not None
    assert [item.get_text() for item in head.select(".tz-tag")] == ["機械学習", "C++"]
    assert (
        head.select_one("h1").get_text().strip() + "#" * (not head.select_one("h1 a.headerlink"))
        == "一つ目の記事#"
    )
    line = re.sub(r"\s+", " ", head.select_one(".tz-byline").get_text(" ", strip=True))
    assert line == "2024年9月12日 公開 9月18日 更新 約1分"
    times = [item["datetime"] for item in head.select("time")]
    assert times == ["2024-09-12T00:00:00+09:00", "2024-09-18T00:00:00+09:00"]
    assert head.select_one(".tz-lead").get_text() == "一つ目の説明。"


def test_links_of_the_head_lead_to_pages(site: Site) -> None:
    for link in page_of(site, "posts/first.html").select(".tz-head a.tz-tag, .tz-side a"):
        target = site.out / "posts" / unquote(str(link["href"]).partition("#")[0])
        assert target.exists(), link["href"]


def test_what_follows_a_post(site: Site) -> None:
    after = page_of(site, "posts/second.html").select_one(".tz-after")
    assert after is not None
    assert [a.get_text() for a in after.select(".tz-series ol a")] == ["一つ目の記事"]
    assert after.select_one(".tz-series [aria-current]").get_text() == "<b>二つ目</b> & の記事"
    assert after.select_one("a[rel=prev]")["href"] == "first.html"
    assert not after.select("a[rel=next]")
    backlink = after.select_one("[aria-labelledby=tz-backlinks] li")
    assert "一つ目の記事" in backlink.get_text()
    assert "を見よ" in backlink.select_one("p").get_text()


def test_a_hostile_title_is_text_everywhere(site: Site) -> None:
    for name in ("index.html", "blog.html", "posts/first.html", "blog/2025.html"):
        page = page_of(site, name)
        assert not page.select("article b:-soup-contains('二つ目'):not([aria-current])"), name
        assert "<b>二つ目</b>" in page.get_text(), name


def test_the_index_shows_cards_by_year(site: Site) -> None:
    page = page_of(site, "index.html")
    assert [item.get_text() for item in page.select(".tz-year__name")] == ["2025年", "2024年"]
    first, second = page.select(".tz-card")
    assert first.select_one("h3 a")["href"] == "posts/second.html"
    assert second.select_one(".tz-card__lead").get_text() == "一つ目の説明。"
    assert not page.select("ul.postlist")


def test_the_sidebar_of_the_blog_and_that_of_the_documentation(site: Site) -> None:
    blog = page_of(site, "index.html").select_one(".tz-side").get_text()
    for word in ("最近の記事", "一つ目の記事", "シリーズ", "タグ", "アーカイブ", "ドキュメント"):
        assert word in blog
    docs = page_of(site, "docs/guide.html").select_one(".tz-side")
    assert docs.select_one("[aria-current=page]").get_text() == "使い方"
    assert "最近の記事" not in docs.get_text()


def test_contents_lead_to_their_headings(site: Site) -> None:
    page = page_of(site, "docs/guide.html")
    links = page.select(".tz-toc a")
    assert [link.get_text() for link in links] == ["始める", "続ける"]
    assert all(page.find(id=str(link["href"])[1:]) for link in links)


def test_inline_scripts_are_the_one_that_a_policy_can_name(site: Site) -> None:
    """A content security policy lists it by hash: it must be the same on every page."""
    bodies = {
        item.get_text()
        for name in pages(site)
        for item in page_of(site, name).select("script:not([src]):not([type])")
    }
    assert len(bodies) == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<section><h1>題</h1><p>文</p></section>",
            ("<section>", "<h1>題</h1>", "<p>文</p></section>"),
        ),
        ('<h1 id="a">題\n</h1>', ("", '<h1 id="a">題\n</h1>', "")),
        ("<p>題がない</p>", ("", "", "<p>題がない</p>")),
    ],
)
def test_split_title(body: str, expected: tuple[str, str, str]) -> None:
    assert expected == split_title(body)


@pytest.mark.parametrize(
    ("name", "post_", "document", "lists", "expected"),
    [
        ("posts/a", True, True, False, "post"),
        ("docs/a", False, True, False, "docs"),
        ("docsother", False, True, False, "page"),
        ("index", False, True, True, "list"),
        ("blog/2024", False, False, False, "list"),
    ],
)
def test_kind_of(name: str, post_: bool, document: bool, lists: bool, expected: str) -> None:
    kind = kind_of(name, is_post=post_, is_document=document, lists_posts=lists, docs="docs")
    assert expected == kind


def test_a_user_s_sidebar_is_kept_without_what_the_bar_shows() -> None:
    chosen = ["navbar-logo.html", "mine.html", "search-button-field.html"]
    assert sidebars_of(chosen, "post", chosen=True) == ["mine.html"]


THEME_OPTIONS = {
    "repository_url": "https://github.com/example/blog",
    "use_repository_button": True,
    "announcement": "お知らせ <b>です</b>",
    "icon_links": [{"name": "GitHub", "url": "https://github.com/example", "icon": "fa-brands fa-github"}],
    "logo": {"text": "名前"},
    "extra_footer": "<p>追記</p>",
    "secondary_sidebar_items": ["page-toc.html", "mine.html"],
}  # fmt: skip


def test_options_of_the_theme_keep_working(build: Build) -> None:
    """People know the theme by its options."""
    site = build(
        {
            **FILES,
            "_templates/mine.html": "<p class='mine'>私の</p>",
            "_templates/layout.html": '{% extends "!layout.html" %}{% block header %}'
            '{{ super() }}<p id="own">自前</p>{% endblock %}',
        },
        html_theme_options=THEME_OPTIONS,
        templates_path=["_templates"],
        html_sidebars={"**": ["icon-links.html", "tsuzuri/side/recent.html"]},
    )
    page = page_of(site, "posts/first.html")
    assert page.select_one('.tz-tools a[href="https://github.com/example/blog"] svg')
    assert "お知らせ です" in page.select_one(".bd-header-announcement").get_text()
    assert page.select_one('.tz-side a[href="https://github.com/example"] svg')
    assert page.select_one(".tz-name").get_text(strip=True) == "名前"
    assert "追記" in page.select_one("footer").get_text()
    assert page.select_one(".tz-rail .mine").get_text() == "私の"
    assert page.select_one("#own").get_text() == "自前"
    assert page.select_one(".tz-skip")


def test_a_class_without_rules_is_named(build: Build) -> None:
    text = "---\norphan: true\n---\n# 題\n\n<p class='float-md-end'>右へ</p>\n"
    site = build({"page.md": text})
    assert len(site.warnings) == 1
    assert "page.md:1: WARNING: the class 'float-md-end' has rules" in site.warnings[0]
    assert 'add "float-md-end" to tsuzuri_keep_classes' in site.warnings[0]
    kept = build({}, tsuzuri_keep_classes=["float-md-end"])
    assert kept.warnings == ()
    assert ".float-md-end{" in kept.text("_static/tsuzuri.css")


def test_classes_of_scripts_and_templates_keep_their_rules(site: Site) -> None:
    """Each class of ours that is written in a template or script is one that a sheet knows."""
    sheet = site.text("_static/tsuzuri.css")
    used = {
        name
        for page in pages(site)
        for item in page_of(site, page).select("[class]")
        for name in item["class"]
        if name.startswith("tz-")
    }
    plain = {"tz-page", "tz-page--post", "tz-page--docs", "tz-page--page", "tz-page--list",
             "tz-colours", "tz-menu", "tz-turn__card--prev", "tz-head--list", "tz-card--image",
             "tz-rail__inner", "tz-search__text", "tz-post-link", "tz-names__1"}  # fmt: skip
    assert {name for name in used if f".{name}" not in sheet} <= plain


def test_every_class_of_a_page_or_script_keeps_its_rules(site: Site) -> None:
    """A part of a page, or what a script shows, stands there bare."""
    theme = Sources((), (), "", "", mincho=False, font="").theme_css
    known, kept = (set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", css)) for css in
                   (theme, site.text("_static/tsuzuri.css")))  # fmt: skip
    on_pages = {
        name
        for page in pages(site)
        for item in page_of(site, page).select("[class]")
        for name in item["class"]
    }
    given = r"""(?:classList\.\w+\(|className = |closest\(|matches\()["'`]\.?([\w-]+)"""
    in_scripts = set(re.findall(given, script()))
    assert len(on_pages & known) > 15
    assert {"show", "dropdown"} <= in_scripts & known
    # the rules of these two are for places in the theme's own frame, which ours has not
    elsewhere = {"bd-article", "pst-show_toc_level"}
    assert (on_pages | in_scripts) & known <= kept | elsewhere


def test_two_builds_write_the_same_sheet(build: Build, tmp_path: Path) -> None:
    first = build(FILES).text("_static/tsuzuri.css")
    other = make_build(tmp_path / "elsewhere")(FILES).text("_static/tsuzuri.css")
    assert first == other


def test_dark_and_light_images_follow_the_switch(site: Site) -> None:
    sheet = site.text("_static/tsuzuri.css")
    assert 'html[data-theme="dark"] :is(.only-light,' in sheet
    assert "html .only-dark,html .image-zoom:has(> .only-dark){display: none" in sheet


@pytest.mark.parametrize("change", ["tags", "minutes", "language", "external"])
def test_a_list_on_a_page_shows_posts_as_they_are(build: Build, change: str) -> None:
    """Everything on a card, not only what the sidebar or a neighbour shows too."""
    lead = {"description": "要旨"}
    changed = {
        "tags": post("本文。", tags="[後]", **lead),
        "minutes": post("長い本文。" * 2000, **lead),
        "language": post("本文。", lang="en", **lead),
        "external": post("本文。", external="https://elsewhere.example/", **lead),
    }
    files = {"index.md": "# 試し\n\n```{postlist}\n```\n", "posts/b.md": post(title="別の記事")}
    build({**files, "posts/a.md": post("本文。", **lead)})
    soon = build({"posts/a.md": changed[change]}).text("index.html")
    assert soon == build(fresh=True).text("index.html")
