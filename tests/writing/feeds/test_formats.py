"""Every feed is valid by its specification, whatever the posts are called."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from tests.writing.samples import HOSTILE, hostile_posts, make_post, make_site
from tsuzuri.writing.feeds.atom import atom
from tsuzuri.writing.feeds.jsonfeed import json_feed
from tsuzuri.writing.feeds.model import Feed, Options, make_feed, one_line
from tsuzuri.writing.feeds.rss import rss

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parents[2] / "cases" / "atom.rng"))
NS = {"a": "http://www.w3.org/2005/Atom"}
CONTENT = '<p>本文 &amp; <a href="https://blog.example/">リンク</a> ]]></p>'


def feed_of(posts: list[Any], **options: Any) -> Feed:
    return make_feed(
        posts,
        folder="blog/tag/機械学習",
        title="試し ]]> & <b>",
        subtitle="副題",
        home="https://blog.example/ja/blog.html",
        site=make_site(),
        options=Options(**options),
        content=lambda _post: CONTENT,
    )


def parsed(data: bytes) -> Any:
    """Return what feedparser makes of *data*; it must find nothing to complain about."""
    result = feedparser.parse(data)
    assert not result.bozo, result.get("bozo_exception")
    return result


def written_atom(feed: Feed) -> bytes:
    return atom(feed, style="../feed.css", hint="これはフィードです")


def written_rss(feed: Feed) -> bytes:
    return rss(feed, style="../feed.css", hint="これはフィードです")


def test_an_atom_feed_of_hostile_posts_is_valid() -> None:
    data = written_atom(feed_of(hostile_posts(), length=None))
    document = etree.fromstring(data)
    SCHEMA.assertValid(document)
    ids = document.xpath("//a:id/text()", namespaces=NS)
    assert len(ids) == 61
    assert len(set(ids)) == 61, "two things with one id are one thing to a reader"
    for entry in document.iter("{*}entry"):
        assert len(entry.findall("a:link[@rel='alternate']", NS)) == 1
        assert entry.findall("a:author", NS), "RFC 4287 4.1.2: an entry has an author"


def test_what_a_feed_reader_sees_is_what_was_written() -> None:
    posts = hostile_posts()
    result = parsed(written_atom(feed_of(posts, length=None)))
    assert result.version == "atom10"
    titles = {entry.title_detail.value for entry in result.entries}
    assert titles == {one_line(post.title) for post in posts}
    assert {entry.title_detail.type for entry in result.entries} == {"text/plain"}
    assert result.entries[0].content[0].value == CONTENT
    assert result.feed.title == "試し ]]> & <b>"
    own = [link.href for link in result.feed.links if link.rel == "self"]
    assert own == ["https://blog.example/ja/blog/tag/%E6%A9%9F%E6%A2%B0%E5%AD%A6%E7%BF%92/atom.xml"]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_can_leave_its_element(title: str) -> None:
    result = parsed(written_atom(feed_of([make_post(title=title)])))
    assert [entry.title for entry in result.entries] == [one_line(title)]


def test_dates_are_the_posts_own_with_the_zone_of_the_site() -> None:
    """A feed whose dates are the build's looks new after every build."""
    updated = datetime.fromisoformat("2024-09-20T08:30:00+09:00")
    feed = feed_of([make_post(1), make_post(2, updated=updated)])
    document = etree.fromstring(written_atom(feed))
    assert document.findtext("a:updated", None, NS) == "2024-09-20T08:30:00+09:00"
    assert document.xpath("//a:published/text()", namespaces=NS) == [
        "2024-09-14T00:00:00+09:00",
        "2024-09-13T00:00:00+09:00",
    ]


def test_an_entry_keeps_its_id_through_every_edit() -> None:
    """A reader that meets a new id shows the post as a new one."""
    before = feed_of([make_post(1)]).entries[0]
    after = feed_of(
        [
            make_post(
                1,
                title="直した題",
                tags=("別",),
                date=datetime.fromisoformat("2025-01-01T00:00:00+09:00"),
                external="https://elsewhere.example/",
            )
        ]
    ).entries[0]
    assert before.id == after.id


def test_all_authors_and_their_addresses_are_named() -> None:
    result = parsed(written_atom(feed_of([make_post(authors=("taro", "花子"))])))
    assert [dict(author) for author in result.entries[0].authors] == [
        {"name": "山田太郎", "href": "https://taro.example/"},
        {"name": "花子"},
    ]


def test_a_post_in_another_language_says_so() -> None:
    document = etree.fromstring(written_atom(feed_of([make_post(language="en"), make_post(2)])))
    languages = [
        entry.get("{http://www.w3.org/XML/1998/namespace}lang")
        for entry in document.iter("{*}entry")
    ]
    assert languages == [None, "en"]


def test_the_newest_entries_come_first_up_to_the_length() -> None:
    feed = feed_of([make_post(number) for number in (2, 5, 1, 4, 3)], length=2)
    assert [entry.title for entry in feed.entries] == ["題 5", "題 4"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, (True, True)),
        ({"full_text": False}, (True, False)),
        ({"titles_only": True}, (False, False)),
    ],
)
def test_how_much_of_a_post_a_feed_holds(
    options: dict[str, bool], expected: tuple[bool, bool]
) -> None:
    entry = parsed(written_atom(feed_of([make_post()], **options))).entries[0]
    assert ("summary" in entry, "content" in entry) == expected


def test_the_summary_is_plain_text_of_the_post() -> None:
    entry = parsed(written_atom(feed_of([make_post(summary="1 < 2 & 3 です。")]))).entries[0]
    assert entry.summary_detail.type == "text/plain"
    assert entry.summary == "1 < 2 & 3 です。"


def test_the_same_posts_give_the_same_bytes_in_any_order() -> None:
    posts = hostile_posts()
    one, other = feed_of(posts), feed_of(posts[::-1])
    assert written_atom(one) == written_atom(other)
    assert json_feed(one) == json_feed(other)
    assert written_rss(one) == written_rss(other)


def check_json_feed(data: Any) -> None:
    """Check the rules of https://www.jsonfeed.org/version/1.1/ that a program can check."""
    strings = {
        "version", "title", "home_page_url", "feed_url", "description", "icon", "language",
    }  # fmt: skip
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert {"title", "items"} <= data.keys() <= strings | {"items", "authors"}
    assert all(isinstance(data[key], str) for key in strings & data.keys())
    for item in data["items"]:
        assert isinstance(item["id"], str)
        assert {"content_html", "content_text"} & item.keys()
        assert item.keys() <= {
            "id", "url", "external_url", "title", "content_html", "content_text", "summary",
            "image", "date_published", "date_modified", "authors", "tags", "language",
        }  # fmt: skip
        for key in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[key]).tzinfo is not None
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
        for author in item["authors"]:
            assert author.keys() <= {"name", "url", "avatar"}
            assert author


@pytest.mark.parametrize("options", [{}, {"full_text": False}, {"titles_only": True}])
def test_a_json_feed_of_hostile_posts_is_valid(options: dict[str, bool]) -> None:
    posts = hostile_posts()
    data = json.loads(json_feed(feed_of(posts, length=None, **options)))
    check_json_feed(data)
    assert len({item["id"] for item in data["items"]}) == 60
    assert {item["title"] for item in data["items"]} == {one_line(post.title) for post in posts}


def test_a_json_feed_leads_to_the_original_of_an_external_post() -> None:
    [item] = json.loads(json_feed(feed_of([make_post(external="https://else.example/x")])))["items"]
    assert item["external_url"] == "https://else.example/x"
    assert item["url"] == item["id"]


def test_an_rss_feed_of_hostile_posts_is_valid() -> None:
    posts = hostile_posts()
    data = written_rss(feed_of(posts, length=None))
    result = parsed(data)
    assert result.version == "rss20"
    channel = etree.fromstring(data)[0]
    for required in ("title", "link", "description"):
        assert channel.findtext(required)
    assert {item.findtext("title") for item in channel.iter("item")} == {
        one_line(post.title) for post in posts
    }
    guids = [item.findtext("guid") for item in channel.iter("item")]
    assert len(set(guids)) == 60
    assert all(entry.published_parsed for entry in result.entries)
    assert result.entries[0].content[0].value == CONTENT


def test_a_feed_opened_in_a_browser_is_a_page() -> None:
    """Its style sheet is named, and each entry has a link that a browser can follow."""
    document = etree.fromstring(written_atom(feed_of([make_post()]))).getroottree()
    instruction = document.getroot().getprevious()
    assert instruction is not None
    assert instruction.text == 'type="text/css" href="../feed.css"'
    links = document.xpath("//h:a/@href", namespaces={"h": "http://www.w3.org/1999/xhtml"})
    assert links == [
        "https://blog.example/ja/blog.html",
        "https://blog.example/ja/posts/%E8%A8%98%E4%BA%8B-01.html",
    ]
