"""Every post is on every list it belongs to, once, in the order that readers expect."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.writing.samples import TOKYO, make_post
from tsuzuri.posts._ablog import Listed
from tsuzuri.posts.relations import series_order
from tsuzuri.writing.lists import Catalog, PostList, catalogs, newest_first, pages

if TYPE_CHECKING:
    from tsuzuri.posts.model import Post


def on(year: int, month: int, number: int = 1, **values: Any) -> Post:
    return make_post(number, date=datetime(year, month, number, tzinfo=TOKYO), **values)


POSTS = [
    on(2024, 9, 1, tags=("機械学習", "C++"), series="入門", series_order=2),
    on(2024, 9, 2, tags=("機械学習",), categories=("技術",), series="入門", series_order=1),
    on(2024, 12, 3, tags=("バグ", "バグ"), authors=("hana",)),
    on(2025, 1, 4, tags=("ハク",), locations=("東京",)),
]


def found() -> dict[str, Catalog]:
    first, second, third, fourth = POSTS
    newest = (fourth, third, second, first)
    listed = [
        Listed("year", "2024", "2024", "blog/2024", (third, second, first)),
        Listed("year", "2025", "2025", "blog/2025", (fourth,)),
        Listed("tag", "機械学習", "機械学習", "blog/tag/機械学習", (second, first)),
        Listed("tag", "バグ", "バグ", "blog/tag/バグ", (third,)),
        Listed("tag", "ハク", "ハク", "blog/tag/ハク", (fourth,)),
        Listed("tag", "C++", "C++", "blog/tag/c++", (first,)),
        Listed("category", "技術", "技術", "blog/category/技術", (second,)),
        Listed("author", "hana", "山田 花子", "blog/author/山田-花子", (third,)),
        Listed("author", "taro", "taro", "blog/author/taro", newest[:1] + newest[2:]),
        Listed("location", "東京", "東京", "blog/location/東京", (fourth,)),
    ]
    return {catalog.kind: catalog for catalog in catalogs(listed, "blog")}


def test_each_list_stands_where_ablog_has_it() -> None:
    places = {
        catalog.pagename: [(item.pagename, item.name, item.count) for item in catalog.lists]
        for catalog in found().values()
    }
    assert places == {
        "blog/archive": [
            ("blog/2025", "2025", 1),
            ("blog/2025/01", "2025-01", 1),
            ("blog/2024", "2024", 3),
            ("blog/2024/12", "2024-12", 1),
            ("blog/2024/09", "2024-09", 2),
        ],
        "blog/tag": [
            ("blog/tag/c++", "C++", 1),
            ("blog/tag/ハク", "ハク", 1),
            ("blog/tag/バグ", "バグ", 1),
            ("blog/tag/機械学習", "機械学習", 2),
        ],
        "blog/category": [("blog/category/技術", "技術", 1)],
        "blog/author": [("blog/author/taro", "taro", 3), ("blog/author/山田-花子", "山田 花子", 1)],
        "blog/location": [("blog/location/東京", "東京", 1)],
        "blog/series": [("blog/series/入門", "入門", 2)],
    }


def test_a_list_is_newest_first_and_a_series_from_its_beginning() -> None:
    [tag] = [item for item in found()["tag"].lists if item.key == "機械学習"]
    assert [post.title for post in tag.posts] == ["題 2", "題 1"]
    assert [post.title for post in found()["series"].lists[0].posts] == ["題 2", "題 1"]
    unnumbered = make_post(9)
    numbered = make_post(8, series_order=5)
    assert series_order([unnumbered, numbered]) == (numbered, unnumbered)


def test_posts_of_one_moment_have_an_order() -> None:
    same = [make_post(1, docname=name) for name in ("b", "a", "c")]
    assert [post.docname for post in newest_first(same)] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("count", "per_page", "sizes"),
    [(5, 2, [2, 2, 1]), (4, 2, [2, 2]), (1, 20, [1]), (3, 0, [3])],
)
def test_pages_hold_all_posts_once(count: int, per_page: int, sizes: list[int]) -> None:
    posts = newest_first(make_post(number) for number in range(1, count + 1))
    found = list(pages(PostList("tag", "x", "x", "blog/tag/x", posts), per_page))
    assert [len(page.posts) for page in found] == sizes
    assert tuple(post for page in found for post in page.posts) == posts


def test_pages_lead_to_their_neighbours() -> None:
    posts = newest_first(make_post(number) for number in range(1, 4))
    first, second, third = pages(PostList("all", "", "x", "blog", posts), 1)
    assert (first.pagename, first.newer, first.older) == ("blog", "", "blog/page/2")
    assert (second.pagename, second.newer, second.older) == ("blog/page/2", "blog", "blog/page/3")
    assert (third.newer, third.older, third.first, third.last) == (
        "blog/page/2", "", "blog", "blog/page/3",
    )  # fmt: skip


def test_a_cloud_has_its_largest_and_its_smallest() -> None:
    lists = [
        PostList("tag", str(count), str(count), str(count), (make_post(),) * count)
        for count in (1, 10, 100)
    ]
    cloud = Catalog("tag", "blog/tag", tuple(lists))
    assert cloud.sizes() == [1, 3, 5]
    assert Catalog("tag", "blog/tag", (lists[0],)).sizes() == [3]
