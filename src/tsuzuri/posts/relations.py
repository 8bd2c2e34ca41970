"""What posts have to do with each other, computed once all are read."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tsuzuri.posts.links import TITLE
from tsuzuri.posts.references import Found
from tsuzuri.posts.related import related_posts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from tsuzuri.posts.model import Post
    from tsuzuri.posts.references import Directory, Reference


@dataclass(frozen=True)
class Backlink:
    """A document that links here."""

    docname: str
    title: str
    sentence: str
    """The sentence around the link, plain text."""


@dataclass(frozen=True)
class Series:
    """A post's place in its series."""

    name: str
    posts: tuple[str, ...]
    """Docnames in reading order."""
    position: int
    """From 1."""

    @property
    def previous(self) -> str | None:
        """The docname of the part before, if there is one."""
        return self.posts[self.position - 2] if self.position > 1 else None

    @property
    def next(self) -> str | None:
        """The docname of the part after, if there is one."""
        return self.posts[self.position] if self.position < len(self.posts) else None


@dataclass(frozen=True)
class Relations:
    """What one document has to do with the others."""

    previous: str | None = None
    """Docname of the post published before it."""
    next: str | None = None
    """Docname of the post published after it."""
    series: Series | None = None
    backlinks: tuple[Backlink, ...] = ()
    """Newest first, pages that are no posts last."""
    related: tuple[str, ...] = ()
    """Docnames, the most alike first."""
    links: tuple[str, ...] = ()
    """Docnames of the documents that it links to, sorted."""


def relate(
    references: Mapping[str, Iterable[Reference]], directory: Directory
) -> dict[str, Relations]:
    """Return the relations of every document that has any."""
    posts = directory.posts
    oldest_first = sorted(posts.values(), key=lambda post: post.order)
    links, backlinks = follow(references, directory)
    related = related_posts(oldest_first, links)
    series = series_of(oldest_first)
    before = {b.docname: a.docname for a, b in pairwise(oldest_first)}
    after = {a.docname: b.docname for a, b in pairwise(oldest_first)}
    return {
        docname: Relations(
            before.get(docname),
            after.get(docname),
            series.get(docname),
            backlinks.get(docname, ()),
            related.get(docname, ()),
            tuple(sorted(links.get(docname, ()))),
        )
        for docname in sorted({*posts, *links, *backlinks})
    }


def follow(
    references: Mapping[str, Iterable[Reference]], directory: Directory
) -> tuple[dict[str, set[str]], dict[str, tuple[Backlink, ...]]]:
    """Follow all *references*: return each document's targets and what links to it.

    A document that links twice to another is one backlink, with the first sentence.
    """
    links: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, dict[str, str]] = defaultdict(dict)
    for docname in sorted(references):
        for reference in references[docname]:
            answer = directory.answer(reference, docname)
            target = answer.docname if isinstance(answer, Found) else None
            if target is None or target == docname or target not in directory.documents:
                continue
            links[docname].add(target)
            said = with_title(reference.sentence, directory.documents[target])
            sources[target].setdefault(docname, said)
    return links, {
        target: tuple(
            Backlink(docname, directory.documents[docname], found[docname])
            for docname in sorted(found, key=lambda name: _newest_first(name, directory))
        )
        for target, found in sources.items()
    }


def with_title(sentence: str, title: str) -> str:
    """Return *sentence* with *title* in its place, in quotation marks unless it has them there.

    >>> with_title(f"詳しくは{TITLE}に。", "題"), with_title(f"詳しくは「{TITLE}」に。", "題")
    ('詳しくは「題」に。', '詳しくは「題」に。')
    """
    bare = sentence.replace(f"「{TITLE}」", TITLE)
    return bare.replace(TITLE, f"「{title}」")


def _newest_first(docname: str, directory: Directory) -> tuple[bool, float, str]:
    post = directory.posts.get(docname)
    return (post is None, -post.date.timestamp() if post else 0.0, docname)


def series_order(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Return the *posts* of a series as they are to be read: by number, the others by date."""

    def place(post: Post) -> tuple[float, tuple[datetime, str]]:
        return (math.inf if post.series_order is None else post.series_order), post.order

    return tuple(sorted(posts, key=place))


def series_of(oldest_first: Iterable[Post]) -> dict[str, Series]:
    """Return each post's place in its series."""
    parts: dict[str, list[Post]] = defaultdict(list)
    for post in oldest_first:
        if post.series:
            parts[post.series].append(post)
    places = {}
    for name, posts in parts.items():
        docnames = tuple(post.docname for post in series_order(posts))
        for position, docname in enumerate(docnames, start=1):
            places[docname] = Series(name, docnames, position)
    return places
