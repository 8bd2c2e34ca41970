"""Former addresses lead to where a post is now."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Build, post


@pytest.mark.parametrize(
    ("alias", "file", "target"),
    [
        ("/old/post/", "old/post/index.html", "../../posts/a.html"),
        ("/old/post", "old/post/index.html", "../../posts/a.html"),
        ("/old.html", "old.html", "posts/a.html"),
        ("/古い記事/", "古い記事/index.html", "../posts/a.html"),
    ],
)
def test_an_alias_leads_to_the_post_at_once(
    build: Build, alias: str, file: str, target: str
) -> None:
    site = build({"posts/a.md": post(aliases=f"[{alias}]", title="題 <b>&</b>")})
    page: Any = site.page(file)
    assert site.warnings == ()
    assert page.select_one("meta[http-equiv=refresh]")["content"] == f"0; url={target}"
    assert page.select_one("link[rel=canonical]")["href"] == "https://blog.example/posts/a.html"
    link = page.select_one("a")
    assert (link["href"], link.get_text()) == (target, "題 <b>&</b>")
    assert page.html["lang"] == "ja"


def test_hosts_find_all_redirects_in_one_file(build: Build) -> None:
    site = build(
        {"posts/a.md": post(aliases="[/old/, /older.html]")},
        blog_baseurl="https://blog.example/ja/latest/",
    )
    assert site.text("_redirects") == (
        "/ja/latest/old/ /ja/latest/posts/a.html 301\n/ja/latest/older.html /ja/latest/posts/a.html 301\n"
    )


def test_an_address_in_use_is_an_error_that_names_both(build: Build) -> None:
    site = build(
        {
            "posts/a.md": post(aliases="[/posts/b.html, /old/]", date="2024-01-01"),
            "posts/b.md": post(aliases="[/old/]", title="乙"),
        }
    )
    assert len(site.warnings) == 2
    assert (
        "posts/a.md:4: WARNING: the alias '/posts/b.html' is the address of posts/b.md"
        in site.warnings[0]
    )
    assert (
        "posts/b.md:4: WARNING: the alias '/old/' is the address of posts/a.md" in site.warnings[1]
    )
    assert site.article("posts/b.html").select_one("h1").get_text().startswith("乙")


def test_a_removed_alias_leaves_nothing(build: Build) -> None:
    build({"posts/a.md": post(aliases="[/old/post/]")})
    site = build({"posts/a.md": post()})
    assert not [name for name in site.files() if name.startswith("old") or name == "_redirects"]


def test_pretty_addresses(build: Build) -> None:
    site = build({"posts/a.md": post(aliases="[/old/post/]")}, builder="dirhtml")
    page: Any = site.page("old/post/index.html")
    assert page.select_one("a")["href"] == "../../posts/a/"
