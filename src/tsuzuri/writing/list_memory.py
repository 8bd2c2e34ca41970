"""Which pages and feeds of lists have to be written again.

Sphinx writes every page that is no document at every build: archives, tags, authors, series.
For each, and for each feed, a digest of what it is made from is kept beside the environment, and
it is left as it is while its digest and its files are there.  The digests are put away while a
build runs, as :mod:`tsuzuri.writing.freshness` does for documents.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from tsuzuri.digests import digest
from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.bundle import is_ours
from tsuzuri.writing.changing_parts import own_templates
from tsuzuri.writing.freshness import COMMON
from tsuzuri.writing.notes import Note
from tsuzuri.writing.outputs import output_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from tsuzuri.posts.model import Post
    from tsuzuri.writing.lists import PostList


RARELY_SHOWN = re.compile("terms|headings")
ALL = "*"
"""In place of a page: what all of them were written from."""


class ListMemory:
    """What the pages or feeds of lists were written from, the build before and now."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        """What is remembered, as part of a file's name."""
        self.before: dict[str, str] = {}
        self.now: dict[str, str] = {}
        self.common = ""
        self.posts: dict[str, str] = {}
        self.lists: dict[str, str] = {}
        """Page name of a list to a digest of all its posts."""

    def begin(self, app: Sphinx) -> None:
        """Load what was kept, and put it away until this build has gone well."""
        note = self.note(app)
        self.before, self.now, self.lists = note.recall() or {}, {}, {}
        note.forget()
        images = sorted((path, name) for path, (_docs, name) in app.env.images.items())
        self.common = digest(app.events.emit(COMMON), images) if is_ours(app) else ""
        self.posts = shown_of_posts(app)
        self.now[ALL] = digest(self.common, PostDomain.of(app.env).state) if self.common else ""

    def all_fresh(self, app: Sphinx) -> bool:
        """Tell whether nothing was read or set since all pages were written, and all are there."""
        same = bool(self.now[ALL]) and self.before.get(ALL) == self.now[ALL]
        files = [page_file(app, name) for name in names(self.before)]
        if not same or not all(map(os.path.exists, files)):
            return False
        self.now = dict(self.before)
        return True

    def posts_of(self, listed: PostList) -> str:
        """Return a digest of all posts of a list."""
        if listed.pagename not in self.lists:
            self.lists[listed.pagename] = digest([self.post(post) for post in listed.posts])
        return self.lists[listed.pagename]

    def post(self, post: Post) -> str:
        """Return the digest of a post."""
        return self.posts.get(post.docname) or repr(post)

    def is_fresh(self, pagename: str, files: Iterable[str], *facts: object) -> bool:
        """Tell whether *files* were written from the same *facts* before, and are there."""
        found = digest(self.common, *facts)
        self.now[pagename] = found
        return (
            bool(self.common)
            and self.before.get(pagename) == found
            and all(map(os.path.exists, files))
        )

    def on_outputs(self, app: Sphinx) -> Iterable[str]:
        """Name all pages of lists, written just now or not."""
        return [output_name(app.builder, name) for name in names(self.now)]  # type: ignore[arg-type] # of HTML

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Keep what the pages were written from."""
        if exception is None and self.now:
            self.note(app).keep(self.now)

    def note(self, app: Sphinx) -> Note[dict[str, str]]:
        """Return the digests that are kept."""
        return Note(app, self.kind)


def shown_of_posts(app: Sphinx) -> dict[str, str]:
    """Return a digest of what lists and feeds may show of each post.

    What it is about and its headings change with most edits, and no list of ours shows them; a
    template of the site's own may.
    """
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in own_templates(app))
    data = PostDomain.of(app.env).data
    return data["digests" if any(map(RARELY_SHOWN.search, texts)) else "faces"]


def names(digests: Iterable[str]) -> list[str]:
    """Return the pages of which there are *digests*."""
    return [name for name in digests if name != ALL]


def page_file(app: Sphinx, pagename: str) -> str:
    """Return the file of a page."""
    return f"{app.outdir}/{output_name(app.builder, pagename)}"  # type: ignore[arg-type] # of HTML
