"""The sidebar shows the latest, the most used, and the way in the documentation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from sphinx import addnodes

from tests.conftest import post
from tsuzuri.posts.model import Post
from tsuzuri.writing.docs_tree import Branch, groups_of, page_tree, tree_html, tree_of
from tsuzuri.writing.sidebar import (
    Sidebar,
    collection_page,
    sidebar_of,
)
from tsuzuri.writing.wording import footer_items, licence_of

if TYPE_CHECKING:
    from tests.conftest import Build


def a_post(number: int, **values: object) -> Post:
    fields = {
        "docname": f"posts/{number:02}",
        "slug": f"{number:02}",
        "title": f"記事{number}",
        "date": datetime(2020 + number % 3, 1, 1, tzinfo=UTC),
        "updated": None,
        "description": "",
        "summary": "",
    }
    return Post(**{**fields, **values})  # type: ignore[arg-type] # a dict of mixed values


def test_latest_five_are_the_first_five() -> None:
    sidebar = sidebar_of([a_post(number) for number in range(9)], "blog")
    assert [p.title for p in sidebar.recent] == ["記事0", "記事1", "記事2", "記事3", "記事4"]


def test_tags_are_the_most_used_and_say_when_there_are_more() -> None:
    posts = [a_post(n, tags=tuple(f"t{i:02}" for i in range(n + 1))) for n in range(20)]
    sidebar = sidebar_of(posts, "blog")
    assert len(sidebar.tags) == 12
    assert sidebar.tags[0] == ("t00", "blog/tag/t00", 20)
    assert sidebar.more_tags


def test_years_are_newest_first() -> None:
    years = sidebar_of([a_post(number) for number in range(4)], "blog").years
    assert years == (("2022", "blog/2022", 1), ("2021", "blog/2021", 1), ("2020", "blog/2020", 2))


def test_nothing_of_a_blog_without_posts() -> None:
    assert Sidebar(tags_page="blog/tag") == sidebar_of([], "blog")


def test_an_edit_that_the_sidebar_does_not_show_leaves_it_equal() -> None:
    """Otherwise each edit would write every page again."""
    before = sidebar_of([a_post(1, summary="前")], "blog")
    assert before == sidebar_of([a_post(1, summary="後", reading_minutes=9)], "blog")


def test_pages_of_collections_are_where_the_lists_are() -> None:
    assert collection_page("series", "C++", "blog") == "blog/series/c++"


CHILDREN = {"docs/index": ["docs/a", "docs/b"], "docs/a": ["docs/c"], "docs/c": ["docs/index"]}
TITLES = {"docs/index": "Docs", "docs/a": "A", "docs/b": "B <i>", "docs/c": "C"}


def test_the_tree_is_open_on_the_way_to_the_page_and_ends_in_a_loop() -> None:
    tree = tree_of("docs/index", "docs/c", CHILDREN, TITLES)
    c = Branch("C", "docs/c", current=True)
    assert (
        Branch("A", "docs/a", current=True, branches=(c,)),
        Branch("B <i>", "docs/b", current=False),
    ) == tree


def test_the_tree_as_html_escapes_titles_and_marks_the_page() -> None:
    tree = tree_of("docs/index", "docs/c", CHILDREN, TITLES)
    html = tree_html(tree, lambda name: "#" if name == "docs/c" else f"{name}.html")
    assert '<a href="#" aria-current="page">C</a>' in html
    assert "B &lt;i&gt;" in html
    assert html.count("aria-current") == 1


def test_groups_are_the_toctrees_under_their_headings() -> None:
    entry = nodes.list_item("", nodes.reference("", "使い方", anchorname="#howto"))
    tree = addnodes.toctree(entries=[(None, "docs/a"), (None, "docs/b")])
    named = addnodes.toctree(entries=[(None, "docs/c")], caption="参照")
    item = nodes.list_item("", nodes.reference("", "題", anchorname=""))
    item += nodes.bullet_list("", entry)
    item += named
    page = nodes.bullet_list("", item)
    entry += nodes.bullet_list("", tree)
    found = list(groups_of(page))
    assert [(group.title, group.anchor, group.docnames) for group in found] == [
        ("使い方", "howto", ("docs/a", "docs/b")),
        ("参照", "", ("docs/c",)),
    ]


def test_the_documentation_s_tree_names_its_groups() -> None:
    page = Branch("A & B", "docs/a", current=False)
    html = page_tree(Branch("題", "docs/index", current=True), [("<群>", [page]), ("空", [])], str)
    assert "&lt;群&gt;</p><ul><li>" in html
    assert "A &amp; B" in html
    assert "空" not in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CC-BY-4.0", ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")),
        ("cc-by-nc-sa-4.0", ("CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/")),
        ("CC0-1.0", ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")),
        ("自由 <https://example.org/l>", ("自由", "https://example.org/l")),
        ("All rights reserved", ("All rights reserved", "")),
    ],
)  # fmt: skip
def test_licences(text: str, expected: tuple[str, str]) -> None:
    found = licence_of(text)
    assert found is not None
    assert expected == (found["name"], found["url"])


def test_no_licence() -> None:
    assert licence_of("") is None


def test_the_theme_s_own_footer_is_ours_a_user_s_choice_is_kept() -> None:
    assert footer_items("author.html, copyright.html") == []
    assert footer_items(["mine", "author", "last-updated.html"]) == [
        "mine.html",
        "last-updated.html",
    ]


def test_a_title_breaks_at_its_phrases(build: Build) -> None:
    """A word cut in two at the end of a narrow line is read twice."""
    title = "推論時計算のスケーリングを手元で確かめる"
    site = build({"posts/a.md": post(title=title, series="大きな数を手で数える")})
    latest, series = (
        site.page("index.html").select_one(f"nav[aria-labelledby=tz-side-{part}] li a > span")
        for part in ("recent", "series")
    )
    assert latest is not None
    assert series is not None
    parts = [str(text) for text in latest.find_all(string=True)]
    assert "".join(parts) == title
    assert "手元で" in parts
    assert len(series.find_all("wbr")) > 0
