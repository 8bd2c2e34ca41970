"""A feed before it has a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from tsuzuri.writing.site import writable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from tsuzuri.posts.authors import Author
    from tsuzuri.posts.model import Post
    from tsuzuri.writing.site import Site


@dataclass(frozen=True, slots=True)
class Options:
    """What the settings say about every feed of a site."""

    length: int | None = 20
    """At most so many entries; None means all."""
    full_text: bool = True
    titles_only: bool = False

    def newest(self, posts: Iterable[Post]) -> list[Post]:
        """Return those of *posts* that a feed shows, newest first."""
        return sorted(posts, key=lambda post: post.order, reverse=True)[: self.length or None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One post in a feed."""

    id: str
    """Stays the same whatever is edited in the post: readers know by it what they have read."""
    url: str
    title: str
    published: datetime
    updated: datetime
    language: str
    authors: tuple[Author, ...]
    tags: tuple[str, ...]
    summary: str
    content: str
    """HTML; empty when the feed gives summaries only."""
    image: str


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: for the site, or for the posts of one tag, category, author or series."""

    folder: str
    """The output folder of its files: ``blog``, or ``blog/tag/<slug>``."""
    title: str
    subtitle: str
    home: str
    """Address of the page that lists the same posts."""
    site: Site
    entries: tuple[Entry, ...]

    def path(self, file: str) -> str:
        """Return the output path of this feed's *file*."""
        return f"{self.folder}/{file}" if self.folder else file

    def url(self, file: str) -> str:
        """Return the address of this feed's *file*."""
        return self.site.base + quote(self.path(file))

    @property
    def updated(self) -> datetime:
        """When the newest change of any entry was made; of the posts, not of the build."""
        return max(entry.updated for entry in self.entries)


def one_line(text: str) -> str:
    """Return *text* on one line, without what a feed can't hold."""
    return " ".join(writable(text).split())


def make_entry(
    post: Post,
    site: Site,
    options: Options,
    content: Callable[[Post], str],
    image: Callable[[Post], str],
) -> Entry:
    """Return the entry of *post*; *content* gives its cleaned HTML, *image* an address."""
    permalink = site.page(post.docname)
    plain = options.titles_only
    return Entry(
        id=permalink,
        url=post.external or permalink,
        title=one_line(post.title),
        published=post.date,
        updated=post.changed,
        language=post.language or site.language,
        authors=site.authors_of(post.authors),
        tags=tuple(one_line(tag) for tag in dict.fromkeys((*post.categories, *post.tags))),
        summary="" if plain else one_line(post.lead),
        content=content(post) if options.full_text and not plain else "",
        image=image(post),
    )


def make_feed(
    posts: Iterable[Post],
    *,
    folder: str,
    title: str,
    home: str,
    site: Site,
    options: Options,
    content: Callable[[Post], str],
    image: Callable[[Post], str] = lambda _post: "",
    subtitle: str = "",
) -> Feed:
    """Return the feed of *posts*, newest first, at most as many as *options* allow."""
    entries = tuple(
        make_entry(post, site, options, content, image) for post in options.newest(posts)
    )
    return Feed(folder, one_line(title), one_line(subtitle), home, site, entries)
