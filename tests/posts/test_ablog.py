"""What ABlog's users write keeps working, and in Japanese."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Build, post


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "pages/a.md",
            "# 甲\n\n```{post} 2024-09-12\n:tags: 一, 二\n:author: 綴り手\n```\n\n本文。\n",
        ),
        ("pages/a.rst", "甲\n==\n\n.. post:: 2024年9月12日\n   :tags: 一, 二\n\n本文。\n"),
    ],
)
def test_the_post_directive_makes_a_post(build: Build, name: str, text: str) -> None:
    site = build({name: text})
    assert site.warnings == ()
    assert "9月12日" in site.article("index.html").get_text()
    assert "甲" in site.article("index.html").get_text()
    assert "甲" in site.article("blog/tag/二.html").get_text()
    assert "本文。" in site.article("pages/a.html").get_text()


@pytest.mark.parametrize("date", ["", "2999-01-01"])
def test_a_post_directive_without_a_past_date_is_on_no_list(build: Build, date: str) -> None:
    site = build({"pages/a.md": f"# 甲\n\n```{{post}} {date}\n```\n\n本文。\n"})
    assert "甲" not in site.article("index.html").get_text()
    assert "blog/drafts.html" not in site.files()


def test_an_unreadable_date_of_a_directive_is_named(build: Build) -> None:
    site = build({"pages/a.md": "# 甲\n\n```{post} 昨日\n```\n\n本文。\n"})
    assert len(site.warnings) == 1
    assert site.warnings[0].startswith(
        "pages/a.md:1: WARNING: the directive's date '昨日' can't be read"
    )


def test_an_update_has_its_date_and_moves_the_posts_own(build: Build) -> None:
    site = build({"posts/a.md": post("```{update} 2024-10-01\n書き足した。\n```")})
    note: Any = site.article("posts/a.html").select_one(".admonition.update")
    assert site.warnings == ()
    assert note.select_one(".admonition-title").get_text() == "2024年10月1日に更新"
    assert site.app.env.get_domain("tsuzuri").data["posts"]["posts/a"].updated.day == 1


def test_lists_by_label_and_references(build: Build) -> None:
    site = build(
        {
            "posts/a.md": post(tags="[機械学習]", title="甲"),
            "posts/b.md": post(tags="[統計]", title="乙", date="2024-09-13"),
            "about.md": "---\norphan: true\n---\n# 頁\n\n```{postlist} 5\n:tags: 機械学習\n:format: '{date} {title}'\n```\n\n"
            "{ref}`tag-機械学習` {ref}`blog-posts` {ref}`全タグ <blog-tags>`\n",
        }
    )
    assert site.warnings == ()
    article = site.article("about.html")
    assert [item.get_text(strip=True) for item in article.select("li")] == ["9月12日甲"]
    assert {str(link["href"]) for link in article.select("section > p a")} == {
        "blog/tag/%E6%A9%9F%E6%A2%B0%E5%AD%A6%E7%BF%92.html",
        "blog.html",
        "blog/tag.html",
    }


def test_two_builds_of_one_process_share_nothing(build: Build, tmp_path_factory: Any) -> None:
    """ABlog keeps one Blog for all builds of a process."""
    from tests.conftest import make_build

    build({"posts/a.md": post(title="甲", tags="[一]")})
    other = make_build(tmp_path_factory.mktemp("other"))(
        {"posts/b.md": post(title="乙", tags="[二]")}
    )
    assert "甲" not in other.article("index.html").get_text()
    assert "blog/tag/一.html" not in other.files()
