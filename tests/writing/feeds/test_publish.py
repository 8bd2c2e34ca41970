"""What subscribers get from a built site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from lxml import etree

from tests.conftest import post
from tests.pixels import drawing

if TYPE_CHECKING:
    from tests.conftest import Build, Site

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parents[2] / "cases" / "atom.rng"))

POSTS: dict[str, str | bytes | None] = {
    "posts/a.md": post(
        "はじめの文です。[次](b.md)と![図](zu.png)。\n\n## 節\n\n```python\nx = 1 < 2\n```\n",
        title="甲 & <乙>",
        tags="[機械学習, C++]",
        author="太郎",
    ),
    "posts/zu.png": drawing((40, 30)),
    "posts/b.md": post("別の文です。", title="丙", date="2024-10-01", tags="[機械学習]"),
    "posts/c.md": post("下書きです。", title="丁", draft="true", tags="[下書き]"),
}


def feed(site: Site, path: str) -> Any:
    """Return a feed of *site*, which must be valid."""
    data = (site.out / path).read_bytes()
    SCHEMA.assertValid(etree.fromstring(data))
    parsed = feedparser.parse(data)
    assert not parsed.bozo
    return parsed


def test_the_site_and_each_list_have_a_feed(build: Build) -> None:
    site = build(POSTS)
    assert site.warnings == ()
    feeds = {name for name in site.files() if name.endswith(("atom.xml", "feed.json", "rss.xml"))}
    folders = ["blog", "blog/tag/機械学習", "blog/tag/c++", "blog/author/太郎"]
    assert feeds == {f"{folder}/{file}" for folder in folders for file in ("atom.xml", "feed.json")}
    assert [entry.title for entry in feed(site, "blog/atom.xml").entries] == ["丙", "甲 & <乙>"]
    assert [entry.title for entry in feed(site, "blog/tag/c++/atom.xml").entries] == ["甲 & <乙>"]
    ids = {feed(site, f"{folder}/atom.xml").feed.id for folder in folders}
    assert len(ids) == len(folders), "two feeds with one id are one feed to a reader"


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_an_article_in_a_feed_stands_on_its_own(build: Build, builder: str) -> None:
    site = build(POSTS, builder=builder)
    entry = feed(site, "blog/atom.xml").entries[1]
    suffix = "/" if builder == "dirhtml" else ".html"
    assert entry.id == entry.link == f"https://blog.example/posts/a{suffix}"
    content = entry.content[0].value
    assert f'<a href="https://blog.example/posts/b{suffix}">次</a>' in content
    assert '<pre><code class="language-python">x = 1 &lt; 2</code></pre>' in content
    [image] = etree.HTML(content).xpath("//img/@src")
    assert image.startswith("https://blog.example/_images/")
    assert "headerlink" not in content
    assert "<h1" not in content


def test_a_feed_is_complete_when_only_one_post_was_written_again(build: Build) -> None:
    build(POSTS)
    site = build({"posts/b.md": post("直した文です。", title="丙", date="2024-10-01")})
    contents = [entry.content[0].value for entry in feed(site, "blog/atom.xml").entries]
    assert "直した文です。" in contents[0]
    assert "はじめの文です。" in contents[1]


def test_an_article_comes_back_into_a_feed_as_it_is_now(build: Build) -> None:
    """Edited while no feed showed it, then shown again since a newer post is gone."""
    about = {"title": "甲", "author": "太郎"}
    newer = {"posts/b.md": post(date="2024-10-01", author="太郎")}

    def contents(files: dict[str, str | None]) -> list[str]:
        site = build(dict(files), blog_feed_length=1)
        return [entry.content[0].value for entry in feed(site, "blog/atom.xml").entries]

    assert "はじめ" in contents({"posts/a.md": post("はじめの文です。", **about)})[0]
    assert "本文です。" in contents({**newer})[0]
    contents({"posts/a.md": post("直した文です。", **about)})
    [content] = contents({"posts/b.md": None})
    assert "直した文です。" in content


def lists(site: Site) -> dict[str, bytes]:
    return {name: (site.out / name).read_bytes() for name in site.files() if "blog/" in name}


def test_parallel_writing_gives_the_same_feeds(build: Build) -> None:
    many = {f"posts/p{number}.md": post(f"文{number}です。") for number in range(12)}
    one = lists(build(many, fresh=True))
    assert one == lists(build({}, fresh=True, parallel=2))


def test_a_feed_without_news_is_not_written_again(build: Build) -> None:
    """Readers ask with If-Modified-Since: a new date makes all of them fetch it."""
    path = build(POSTS).out / "blog/atom.xml"
    before = path.stat().st_mtime_ns
    build(fresh=True)
    assert path.stat().st_mtime_ns == before


def test_a_tag_that_is_gone_leaves_no_feed(build: Build) -> None:
    build(POSTS)
    site = build({"posts/a.md": post(title="甲")})
    assert not [name for name in site.files() if "c++" in name]


def test_settings_choose_formats_and_amount(build: Build) -> None:
    site = build(
        POSTS,
        tsuzuri_feed_formats=["rss"],
        blog_feed_archives=False,
        blog_feed_length=1,
        blog_feed_fulltext=False,
        blog_feed_subtitle="技術の話",
        blog_path="日記",
    )
    feeds = ("atom.xml", "feed.json", "rss.xml")
    assert [name for name in site.files() if name.endswith(feeds)] == ["日記/rss.xml"]
    parsed = feedparser.parse((site.out / "日記/rss.xml").read_bytes())
    assert parsed.feed.subtitle == "技術の話"
    [entry] = parsed.entries
    assert "content" not in entry


def test_a_site_without_address_or_posts_has_no_feed(build: Build) -> None:
    """An id and a link in a feed are absolute or nothing."""
    for site in (build(), build({"posts/x.md": post()}, blog_baseurl="")):
        assert site.warnings == ()
        assert not [name for name in site.files() if name.endswith(("atom.xml", "feed.json"))]


def test_a_json_feed_says_the_same(build: Build) -> None:
    data = json.loads(build(POSTS).text("blog/feed.json"))
    assert [item["title"] for item in data["items"]] == ["丙", "甲 & <乙>"]
    assert data["items"][1]["authors"] == [{"name": "太郎"}]
    assert "<p>" in data["items"][0]["content_html"]


def test_a_failed_build_leaves_the_feeds_alone(build: Build) -> None:
    site = build(POSTS)
    before = site.text("blog/atom.xml")
    site.app.events.emit("build-finished", ValueError("broken"))
    assert site.text("blog/atom.xml") == before
