"""The drawing of posts and their links."""

from __future__ import annotations

from typing import Any

from tests.conftest import Build, post

FILES = {
    "about.md": "---\norphan: true\n---\n# 図\n\n```{postgraph}\n```\n",
    "posts/a.md": post("[[b]] と [[c]]", title="甲 <b>&</b>", date="2024-01-01", series="続き"),
    "posts/b.md": post("[[a]]", title="乙", date="2024-02-01"),
    "posts/c.md": post(title="丙", date="2024-03-01", series="続き"),
}


def test_posts_links_and_series(build: Build) -> None:
    site = build(FILES)
    drawing: Any = site.article("about.html").select_one("svg.tz-graph__drawing")
    assert site.warnings == ()
    assert [link["href"] for link in drawing.select("a")] == [
        "posts/c.html",
        "posts/b.html",
        "posts/a.html",
    ]
    assert [text.get_text() for text in drawing.select(".tz-graph__title")] == [
        "丙",
        "乙",
        "甲 <b>&</b>",
    ]
    arcs = {arc.get_text() for arc in drawing.select(".tz-graph__arc")}
    assert arcs == {"甲 <b>&</b> → 乙", "甲 <b>&</b> → 丙", "乙 → 甲 <b>&</b>"}
    assert [thread.get_text() for thread in drawing.select(".tz-graph__thread")] == ["続き"]


def test_the_drawing_follows_its_posts(build: Build) -> None:
    build(FILES)
    site = build({"posts/b.md": post("リンクはもうない。", title="新しい乙", date="2024-02-01")})
    drawing: Any = site.article("about.html").select_one("svg.tz-graph__drawing")
    assert "新しい乙" in drawing.get_text()
    assert len(drawing.select(".tz-graph__arc")) == 2


def test_a_list_where_there_is_no_drawing(build: Build) -> None:
    site = build(FILES, builder="text")
    assert "* 丙" in site.text("about.txt")


def test_a_book_without_the_posts_has_their_titles(build: Build) -> None:
    site = build({**FILES, "index.md": "# 題\n\n```{postgraph}\n```\n"}, builder="text")
    assert "* 丙" in site.text("index.txt")
    book = build(builder="latex")
    tex = next(book.out.glob("*.tex")).read_text(encoding="utf-8")
    assert "丙" in tex
