"""What the theme computes anew for each page.

The book theme looks its own folder up with all symbolic links on the way, and joins the whole text
of a page to keep 160 characters of it; Sphinx resolves the path of each script and style sheet
to find the checksum that it keeps (1.2 of 35 ms a post).
"""

from __future__ import annotations

import os
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

from docutils import nodes

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DESCRIPTION_LENGTH = 160


def beginning(node: nodes.Node, length: int) -> str:
    """Return at least the first *length* characters of the text of *node*, if there are so many."""
    if not isinstance(node, nodes.Element) or type(node).astext is not nodes.Element.astext:
        return node.astext()
    text = ""
    for number, child in enumerate(node.children):
        if number:
            text += node.child_text_separator
        if len(text) >= length:
            break
        text += beginning(child, length - len(text))
    return text


def description(doctree: nodes.document) -> str:
    """Return what the theme calls the description of a page."""
    text = ""
    for section in doctree.findall(nodes.section):
        text += beginning(section, DESCRIPTION_LENGTH).replace("\n", " ")
        if len(text) >= DESCRIPTION_LENGTH:
            break
    return text[:DESCRIPTION_LENGTH]


def short_description(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``add_metadata_to_page``."""

    @wraps(own)
    def add_metadata_to_page(
        app: Any, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
    ) -> None:
        own(app, pagename, templatename, context, None)
        if doctree:
            context["page_description"] = description(doctree)

    return add_metadata_to_page


def one_folder(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``get_html_theme_path``: a package stays where it is."""
    return cache(own)


def checksum_of(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``_file_checksum``, which remembers where a file is, not what is in it."""
    inner = own.__globals__["_file_checksum_inner"]

    @cache
    def resolved(outdir: Path, name: str) -> Path:
        return outdir.joinpath(name).resolve()

    @wraps(own)
    def _file_checksum(outdir: Path, filename: str | os.PathLike[str]) -> str:
        name = os.fspath(filename)
        if "://" in name or "?" in name:
            return str(own(outdir, filename))
        return str(inner(resolved(outdir, name)))

    return _file_checksum


def no_style_sheets(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``StandaloneHTMLBuilder.prepare_writing``.

    Sphinx' pages name none of docutils' own style sheets, for which each page looks in its folders.
    """

    @wraps(own)
    def prepare_writing(self: Any, docnames: Any) -> None:
        own(self, docnames)
        for settings in (self.docsettings, self._settings):
            settings.stylesheet = settings.stylesheet_path = None

    return prepare_writing


SHORTCUTS = (
    Shortcut("sphinx-book-theme", ">=1.4,<1.5", "sphinx_book_theme", "add_metadata_to_page",
             short_description),
    Shortcut("sphinx-book-theme", ">=1.4,<1.5", "sphinx_book_theme", "get_html_theme_path",
             one_folder),
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.builders.html", "_file_checksum", checksum_of),
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.builders.html",
             "StandaloneHTMLBuilder.prepare_writing", no_style_sheets),
)  # fmt: skip
