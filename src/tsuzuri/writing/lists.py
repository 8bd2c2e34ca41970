"""Lists of posts: all of them, of a year or month, of a tag, category, author, place or series.

ABlog makes the lists and names their pages, so that references to them work; what it does not
know (months, series, pages beyond the first) is made here, purely, and stands beside them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tsuzuri.posts.relations import series_order
from tsuzuri.posts.slugs import slugify
from tsuzuri.writing.collation import reading_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tsuzuri.posts._ablog import Listed
    from tsuzuri.posts.model import Post

Kind = Literal[
    "all", "year", "month", "tag", "category", "author", "location", "language", "series"
]

CLOUD_SIZES = 5


@dataclass(frozen=True, slots=True)
class PostList:
    """One list, on as many pages as it needs."""

    kind: Kind
    key: str
    """What the posts have in common, as they write it; a year, or a month as ``2024-09``."""
    name: str
    """The same as readers see it."""
    pagename: str
    posts: tuple[Post, ...]
    """In the order of the list: newest first, a series from its beginning."""

    @property
    def count(self) -> int:
        """How many posts there are."""
        return len(self.posts)

    @property
    def has_feed(self) -> bool:
        """Whether the list is worth a feed of its own; a month that is over gets no news."""
        return self.kind not in {"year", "month"}


@dataclass(frozen=True, slots=True)
class Catalog:
    """All lists of one kind, on one page."""

    kind: Kind
    pagename: str
    lists: tuple[PostList, ...]

    def sizes(self) -> list[int]:
        """Return how large each list stands in a cloud: 1 to 5, by the logarithm of its count."""
        logs = [math.log(item.count) for item in self.lists]
        low, high = min(logs), max(logs)
        if low == high:
            return [(CLOUD_SIZES + 1) // 2] * len(logs)
        return [1 + round((CLOUD_SIZES - 1) * (one - low) / (high - low)) for one in logs]


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list; numbers count from 1."""

    list: PostList
    number: int
    total: int
    posts: tuple[Post, ...]
    before: int = 0
    """How many posts of the list are on the pages before this one."""

    def name_of(self, number: int) -> str:
        """Return the page name of page *number*; the first stands at the list's own."""
        return self.list.pagename if number == 1 else f"{self.list.pagename}/page/{number}"

    @property
    def pagename(self) -> str:
        """The name of this page."""
        return self.name_of(self.number)

    @property
    def newer(self) -> str:
        """The page before this one, or an empty string."""
        return self.name_of(self.number - 1) if self.number > 1 else ""

    @property
    def older(self) -> str:
        """The page after this one, or an empty string."""
        return self.name_of(self.number + 1) if self.number < self.total else ""

    @property
    def first(self) -> str:
        """The list's first page."""
        return self.name_of(1)

    @property
    def last(self) -> str:
        """The list's last page."""
        return self.name_of(self.total)


def pages(listed: PostList, per_page: int) -> Iterator[ListPage]:
    """Yield the pages of *listed*, each with at most *per_page* posts; 0 means all on one."""
    size = per_page if per_page > 0 else max(listed.count, 1)
    total = max(1, math.ceil(listed.count / size))
    for number in range(1, total + 1):
        before = (number - 1) * size
        yield ListPage(listed, number, total, listed.posts[before : before + size], before)


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Return *posts* in the order of lists."""
    return tuple(sorted(posts, key=lambda post: post.order, reverse=True))


def catalogs(listed: Iterable[Listed], blog_path: str) -> list[Catalog]:
    """Return the catalogue of each kind of list, in the order in which readers look for names.

    *listed* are ABlog's lists; months are made of its years, series of the posts themselves.
    """
    by_kind: dict[Kind, list[PostList]] = defaultdict(list)
    everything: dict[str, Post] = {}
    for item in listed:
        by_kind[item.kind].append(PostList(*item))
        everything |= {post.docname: post for post in item.posts}
    years = sorted(by_kind.pop("year", ()), key=lambda year: year.key, reverse=True)
    for lists in by_kind.values():
        lists.sort(key=lambda one: reading_order(one.name))
    by_kind["series"] = list(series_lists(everything.values(), blog_path))
    archive = tuple(one for year in years for one in (year, *months(year)))
    found = [Catalog("year", f"{blog_path}/archive", archive)]
    found += [Catalog(kind, f"{blog_path}/{kind}", tuple(by_kind[kind])) for kind in by_kind]
    return [catalog for catalog in found if catalog.lists]


def months(year: PostList) -> Iterator[PostList]:
    """Yield the list of each month of a *year*, newest first."""
    by_month: dict[int, list[Post]] = defaultdict(list)
    for post in year.posts:
        by_month[post.date.month].append(post)
    for month in sorted(by_month, reverse=True):
        key = f"{year.key}-{month:02}"
        place = f"{year.pagename}/{month:02}"
        yield PostList("month", key, key, place, newest_first(by_month[month]))


def series_lists(posts: Iterable[Post], blog_path: str) -> Iterator[PostList]:
    """Yield the list of each series."""
    parts: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        if post.series:
            parts[post.series].append(post)
    for name in sorted(parts, key=reading_order):
        place = f"{blog_path}/series/{slugify(name)}"
        yield PostList("series", name, name, place, series_order(parts[name]))
