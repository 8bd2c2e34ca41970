"""Each page as the index holds it, kept beside the doctrees from when it was last written.

What is written in several processes is thus at hand in the first one, with its words counted,
which is half of all indexing.
"""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from sphinx.util.i18n import format_date

from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.files import listing, write_if_changed
from tsuzuri.writing.search.bundle import FORMAT, stemming
from tsuzuri.writing.search.filed import filed, filters_of, head_of, put_down, taken_up
from tsuzuri.writing.search.pagefind import version
from tsuzuri.writing.search.record import Record, read_sections
from tsuzuri.writing.search.shelves import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docutils import nodes
    from sphinx.application import Sphinx

T = TypeVar("T")

TEXTS = "tsuzuri-search"
"""The folder beside the doctrees in which each page is kept."""
UNWANTED = frozenset({"nosearch", "no-search"})
"""Sphinx's own words in a page's metadata for what no search is to find."""


class About(NamedTuple):
    """What the search says of a page besides its text; no data class, for each shelf has them."""

    url: str
    title: str
    """Empty for a page that is no post; the text has it then."""
    date: str = ""
    tags: tuple[str, ...] = ()
    settings: tuple[object, ...] = ()
    """What else decides how it is kept."""


def about(app: Sphinx, docname: str) -> About:
    """Return what the search is to say of *docname*."""
    config = app.config
    url = app.builder.get_target_uri(docname)
    settings = (FORMAT, config.post_date_format, config.language)
    post = PostDomain.of(app.env).posts.get(docname)
    if post is None:
        return About(url, "", settings=settings)
    return About(url, post.title, post.date.date().isoformat(), post.tags, settings)


def keep(app: Sphinx, docname: str, doctree: nodes.document) -> None:
    """Write a page, as the index is to hold it, beside the doctrees."""
    said = about(app, docname)
    title, sections = read_sections(doctree)
    record = Record(
        docname,
        said.url,
        said.title or title or docname,
        sections,
        said.date,
        shown_date(app, docname),
        said.tags,
    )
    write_if_changed(place(app, docname), put_down(filed(record), said))


def shown_date(app: Sphinx, docname: str) -> str:
    """Return the day on which *docname* was published as a reader reads it."""
    post = PostDomain.of(app.env).posts.get(docname)
    if post is None:
        return ""
    day = post.date.replace(tzinfo=None)
    return format_date(app.config.post_date_format, date=day, language=app.config.language)


def place(app: Sphinx, docname: str) -> Path:
    """Return the file in which *docname* is kept."""
    return Path(app.doctreedir, TEXTS, f"{docname}.pickle")


def wanted(app: Sphinx) -> list[str]:
    """Return the documents that the search is to find."""
    said = app.env.metadata
    return [
        docname
        for docname in sorted(app.env.all_docs)
        if docname != app.config.root_doc and not said[docname].keys() & UNWANTED
    ]


def taken(app: Sphinx, docname: str, read: Callable[[Path], tuple[object, T]]) -> T:
    """Return what of a page is *read*; it is kept anew when what is kept is not fit."""
    said = about(app, docname)
    try:
        kept, found = read(place(app, docname))
    except Exception:
        kept = None
    if kept != said:
        keep(app, docname, app.env.get_doctree(docname))
        _said, found = read(place(app, docname))
    return found


def pages(app: Sphinx) -> list[Page]:
    """Return all pages that the search is to find."""
    files = listing(Path(app.doctreedir, TEXTS))
    return [
        Page(
            docname,
            (files.get(f"{docname}.pickle"), about(app, docname)),
            partial(taken, app, docname, head_of),
            partial(taken, app, docname, taken_up),
        )
        for docname in wanted(app)
    ]


def narrowing(found: Iterable[Page]) -> list[list[tuple[str, str]]]:
    """Return by what a reader may narrow the search to each page *found*."""
    said = [cast("About", page.stamp[1]) for page in found]
    return [filters_of(one.tags, one.date) for one in said]


def stamp(app: Sphinx) -> str:
    """Return a digest that is another when the index may be another."""
    config = app.config
    texts = sorted(listing(Path(app.doctreedir, TEXTS)).items())
    posts = sorted(PostDomain.of(app.env).data["digests"].items())
    language = (config.language, stemming(config.language))
    said = (FORMAT, version(), language, config.post_date_format, app.builder.name)
    return hashlib.sha256(repr((said, wanted(app), texts, posts)).encode()).hexdigest()
