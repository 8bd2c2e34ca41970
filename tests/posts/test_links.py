"""Every way to point at a post, right and wrong: tests/cases/links.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from tests.conftest import Build, Site, make_build, post

if TYPE_CHECKING:
    from collections.abc import Mapping

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "links.toml").read_text("utf-8"))[
    "case"
]

POSTS = {
    "posts/2024/intro.md": post(title="前編"),
    "posts/2025/intro.md": post(title="後編", date="2025-01-01"),
    "posts/2024-09-12-o1.md": post(
        "## モデルの安全性\n\n本文。",
        title="o1 のまとめ",
        aliases="[/old/o1/]",
        tags="[機械学習]",
        series="推論",
    ),
    "posts/secret.md": post(title="秘密", draft="true"),
    "docs/guide.md": "---\norphan: true\n---\n\n# 手引き\n",
}


def here(number: int) -> str:
    return f"posts/2025/here{number}.md"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """One site with a post for each case."""
    files = {
        here(n): post(case["write"], title=f"ここ{n}", date=f"2025-02-{n % 28 + 1:02}")
        for n, case in enumerate(CASES)
    }
    build = make_build(tmp_path_factory.mktemp("links"))
    return build(POSTS | files, tsuzuri_former_urls=["https://old.example/blog/{slug}/"])


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["title"] for case in CASES])
def test_pointing_at_a_post(site: Site, number: int) -> None:
    case: Mapping[str, Any] = CASES[number]
    paragraph = site.article(f"posts/2025/here{number}.html").select_one("section > p")
    links = paragraph.select("a")
    mine = [warning for warning in site.warnings if warning.startswith(here(number))]
    if "warning" in case:
        assert [
            w for w in mine if w.startswith(case["warning"].replace("here.md", f"here{number}.md"))
        ], mine
        assert paragraph.get_text() == case["text"]
        assert not [link for link in links if "old.example" not in link["href"]]
    else:
        assert mine == []
        assert [(unquote(link["href"]), link.get_text()) for link in links] == [
            (case["href"], case["text"])
        ]


def test_each_warning_comes_again_until_it_is_mended(build: Build) -> None:
    """A dead link in a page that is not read again was forgotten."""
    first = build({"posts/a.md": post("[これ](b.md)")})
    again = build()
    assert len(first.warnings) == 1
    assert again.warnings == first.warnings
    assert build({"posts/b.md": post(title="乙")}).warnings == ()


def test_a_title_reaches_the_pages_that_show_it(build: Build) -> None:
    """The text of a link to a post stayed when the post's title changed."""
    build(
        {
            "posts/a.md": post("[](b.md) と [[c]]", title="甲"),
            "posts/b.md": post(title="乙"),
            "posts/c.md": post(title="丙"),
        }
    )
    build({"posts/b.md": post(title="新しい乙"), "posts/c.md": None})
    site = build()
    assert "新しい乙" in site.article("posts/a.html").select_one("section > p").get_text()
    assert site.warnings[0].startswith("posts/a.md:6: WARNING: the link 'c' is dead")


def test_a_backlinks_sentence_shows_no_label(build: Build) -> None:
    """`{eq}` and `{numref}` hold a label until their number is known; readers saw `eq-a`."""
    body = "式{eq}`eq-a`は[[b]]で使う。\n\n$$x$$ (eq-a)"
    site = build({"posts/a.md": post(body, title="甲"), "posts/b.md": post(title="乙")})
    assert site.warnings == ()
    backlinks: Any = site.article("posts/b.html").select_one("#tz-backlinks").parent
    assert "eq-a" not in backlinks.get_text()
    assert "式は「乙」で使う。" in backlinks.get_text()
