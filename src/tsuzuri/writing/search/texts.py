"""The text of each page, kept beside the doctrees from the time the page was last written.

What is written in several processes is thus at hand in the first one, with the words already
made, which take a third of all indexing.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.i18n import format_date

from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.files import listing, write_if_changed
from tsuzuri.writing.search.bundle import FORMAT, filed
from tsuzuri.writing.search.pagefind import version
from tsuzuri.writing.search.record import Record, Section, read_sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

TEXTS = "tsuzuri-search"
"""The folder beside the doctrees in which each page's text is kept."""
UNWANTED = frozenset({"nosearch", "no-search"})
"""Sphinx's own words in a page's metadata for what no search is to find."""


def keep(app: Sphinx, docname: str, doctree: nodes.document) -> str:
    """Write the text of a page beside the doctrees and return it."""
    title, sections = read_sections(doctree)
    rows = [[section.anchor, section.heading, section.text] for section in sections]
    kept = [FORMAT, title, rows, filed(sections)]
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    write_if_changed(place(app, docname), text)
    return text


def place(app: Sphinx, docname: str) -> Path:
    """Return the file in which the text of *docname* is kept."""
    return Path(app.doctreedir, TEXTS, f"{docname}.json")


def recall(app: Sphinx, docname: str) -> tuple[str, tuple[Section, ...], str]:
    """Return title, sections and filed words of a page; taken anew when nothing fit is kept."""
    try:
        number, title, rows, words = json.loads(place(app, docname).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        number = None
    if number != FORMAT:
        text = keep(app, docname, app.env.get_doctree(docname))
        _number, title, rows, words = json.loads(text)
    return title, tuple(Section(*row) for row in rows), words


def wanted(app: Sphinx) -> list[str]:
    """Return the documents that the search is to find."""
    said = app.env.metadata
    return [
        docname
        for docname in sorted(app.env.all_docs)
        if docname != app.config.root_doc and not said[docname].keys() & UNWANTED
    ]


def stamp(app: Sphinx) -> str:
    """Return a digest that is another when :func:`records` may give something else."""
    config = app.config
    texts = sorted(listing(Path(app.doctreedir, TEXTS)).items())
    posts = sorted(PostDomain.of(app.env).data["digests"].items())
    said = (FORMAT, version(), config.language, config.post_date_format, app.builder.name)
    return hashlib.sha256(repr((said, wanted(app), texts, posts)).encode()).hexdigest()


def records(app: Sphinx) -> Iterator[Record]:
    """Yield what the search knows of each article."""
    posts = PostDomain.of(app.env).posts
    for docname in wanted(app):
        title, sections, words = recall(app, docname)
        url = app.builder.get_target_uri(docname)
        post = posts.get(docname)
        if post is None:
            yield Record(docname, url, title or docname, sections, filed=words)
            continue
        day = post.date.replace(tzinfo=None)
        shown = format_date(app.config.post_date_format, date=day, language=app.config.language)
        date = post.date.date().isoformat()
        yield Record(docname, url, post.title, sections, date, shown, post.tags, words)
