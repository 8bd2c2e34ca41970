"""Lists of posts: all of them, of a year or month, of a tag, category, author, place or series.

Pure: posts in, lists out.  Page names are those that ABlog gives its pages, so that references
to them work; lists it does not know (months, series, pages beyond the first) stand beside them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tsuzuri.posts.slugs import slugify
from tsuzuri.writing.collation import reading_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from tsuzuri.posts.model import Post

Kind = Literal[
    "all", "year", "month", "tag", "category", "author", "location", "language", "series"
]

LABELS: dict[Kind, Callable[[Post], tuple[str, ...]]] = {
    "tag": lambda post: post.tags,
    "category": lambda post: post.categories,
    "author": lambda post: post.authors,
    "location": lambda post: post.locations,
    "language": lambda post: (post.language,),
    "series": lambda post: (post.series,) if post.series else (),
}
"""What a post says of itself that lists are made of; the key is the folder's name too."""

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

    def size(self, item: PostList) -> int:
        """Return how large *item* stands in a cloud: 1 to 5, by the logarithm of its count."""
        counts = [other.count for other in self.lists]
        low, high = math.log(min(counts)), math.log(max(counts))
        if low == high:
            return (CLOUD_SIZES + 1) // 2
        return 1 + round((CLOUD_SIZES - 1) * (math.log(item.count) - low) / (high - low))


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list; numbers count from 1."""

    list: PostList
    number: int
    total: int
    posts: tuple[Post, ...]

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
        posts = listed.posts[(number - 1) * size : number * size]
        yield ListPage(listed, number, total, posts)


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Return *posts* in the order of lists."""
    return tuple(sorted(posts, key=lambda post: post.order, reverse=True))


def series_order(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Return the *posts* of a series as they are to be read: by number, the others by date."""

    def place(post: Post) -> tuple[float, tuple[datetime, str]]:
        return (math.inf if post.series_order is None else post.series_order), post.order

    return tuple(sorted(posts, key=place))


def catalogs(
    posts: Sequence[Post], blog_path: str, names: Mapping[Kind, Mapping[str, str]]
) -> list[Catalog]:
    """Return the catalogue of each kind of list that *posts* make; empty ones don't exist.

    *names* maps the keys that posts use to what readers see, where these differ.
    """
    found = [Catalog("year", f"{blog_path}/archive", tuple(archives(posts, blog_path)))]
    for kind, labels_of in LABELS.items():
        shown = names.get(kind, {})
        if kind == "language" and not shown:
            continue  # ABlog lists the languages that conf.py declares
        lists = tuple(labelled(kind, posts, f"{blog_path}/{kind}", labels_of, shown))
        found.append(Catalog(kind, f"{blog_path}/{kind}", lists))
    return [catalog for catalog in found if catalog.lists]


def labelled(
    kind: Kind,
    posts: Iterable[Post],
    folder: str,
    labels_of: Callable[[Post], tuple[str, ...]],
    names: Mapping[str, str],
) -> Iterator[PostList]:
    """Yield the list of each label, in the order in which readers look for names."""
    grouped: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        for label in dict.fromkeys(labels_of(post)):
            grouped[label].append(post)
    ordered = series_order if kind == "series" else newest_first
    for label in sorted(grouped, key=lambda label: reading_order(names.get(label, label))):
        name = names.get(label, label)
        yield PostList(kind, label, name, f"{folder}/{slugify(name)}", ordered(grouped[label]))


def archives(posts: Iterable[Post], blog_path: str) -> Iterator[PostList]:
    """Yield the list of each year, newest first, each followed by its months'."""
    by_year: dict[int, list[Post]] = defaultdict(list)
    for post in posts:
        by_year[post.date.year].append(post)
    for year in sorted(by_year, reverse=True):
        place = f"{blog_path}/{year}"
        yield PostList("year", str(year), str(year), place, newest_first(by_year[year]))
        by_month: dict[int, list[Post]] = defaultdict(list)
        for post in by_year[year]:
            by_month[post.date.month].append(post)
        for month in sorted(by_month, reverse=True):
            key = f"{year}-{month:02}"
            among = newest_first(by_month[month])
            yield PostList("month", key, key, f"{place}/{month:02}", among)
