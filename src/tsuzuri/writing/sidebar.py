"""What the sidebar shows: computed once a build, the same on every page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tsuzuri.posts.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tsuzuri.posts.model import Post

RECENT = 5
TAGS = 12

Entry = tuple[str, str, int]
"""A name, the page that lists its posts, how many these are."""


@dataclass(frozen=True, slots=True)
class RecentPost:
    """As much of a post as the sidebar shows; a change of anything else leaves it alone."""

    docname: str
    title: str


@dataclass(frozen=True)
class Sidebar:
    """The blog's sidebar; two builds whose sidebars are equal need not write all pages again."""

    recent: tuple[RecentPost, ...] = ()
    series: tuple[Entry, ...] = ()
    tags: tuple[Entry, ...] = ()
    more_tags: bool = False
    tags_page: str = ""
    years: tuple[Entry, ...] = ()

    @property
    def filled(self) -> tuple[bool, ...]:
        """Which parts have something to show; a page has no place for the others."""
        return tuple(map(bool, (self.recent, self.series, self.tags, self.years)))

    @cached_property
    def pages(self) -> frozenset[str]:
        """The pages that the sidebar leads to."""
        entries = (*self.series, *self.tags, *self.years)
        posts = [post.docname for post in self.recent]
        return frozenset([*posts, *(page for _name, page, _number in entries), self.tags_page])


def collection_page(kind: str, name: str, blog_path: str) -> str:
    """Return the page that lists the posts of a tag, author, category, series, or year.

    >>> collection_page("tag", "機械学習", "blog"), collection_page("archive", "2024", "blog")
    ('blog/tag/機械学習', 'blog/2024')
    """
    folder = blog_path if kind == "archive" else f"{blog_path}/{kind}"
    return f"{folder}/{slugify(name)}"


def counted(
    names: Iterable[str], page: Callable[[str], str], *, by_count: bool = True
) -> tuple[Entry, ...]:
    """Count *names*: the most frequent first, or the greatest name first; order is total."""
    pairs = Counter(names).items()
    if by_count:
        ordered = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
    else:
        ordered = sorted(pairs, reverse=True)
    return tuple((name, page(name), number) for name, number in ordered)


def sidebar_of(posts: Sequence[Post], blog_path: str) -> Sidebar:
    """Return the sidebar for *posts*, newest first."""
    tags = counted(
        (tag for post in posts for tag in post.tags),
        lambda name: collection_page("tag", name, blog_path),
    )
    return Sidebar(
        recent=tuple(RecentPost(post.docname, post.title) for post in posts[:RECENT]),
        series=counted(
            (post.series for post in posts if post.series),
            lambda name: collection_page("series", name, blog_path),
        ),
        tags=tags[:TAGS],
        more_tags=len(tags) > TAGS,
        tags_page=f"{blog_path}/tag",
        years=counted(
            (str(post.date.year) for post in posts),
            lambda name: collection_page("archive", name, blog_path),
            by_count=False,
        ),
    )
