"""The contents of a page: its headings as nested lists, marked as the theme marks them.

The theme parses the list with a library and writes it again, three times slower than the rest of
the page's frame is made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST_TAG = re.compile(r"(</?(?:ul|li)>)")
PLAIN = '<a class="reference internal"'
MARKED = '<a class="reference internal nav-link"'


def page_contents(toc: str, shown_level: int) -> Markup:
    """Return *toc*, Sphinx's list of a page's headings, with the theme's classes.

    When one heading is above all others, it is the page's title, and its own list is returned:
    nothing when it has none.  *shown_level* is the theme's ``show_toc_level``.
    """
    pieces = list(marked(toc, shown_level))
    tops = sum('class="toc-h1 ' in piece for _depth, piece in pieces)
    if tops == 1:
        inner = [piece for depth, piece in pieces if depth > 1]
        return Markup("".join(inner))  # noqa: S704 - Sphinx's own HTML
    return Markup("".join(piece for _depth, piece in pieces))  # noqa: S704 - Sphinx's own HTML


def marked(toc: str, shown_level: int) -> Iterator[tuple[int, str]]:
    """Yield each piece of *toc* with the number of lists that it is in."""
    depth = 0
    for piece in LIST_TAG.split(toc):
        if piece == "<ul>":
            depth += 1
            shown = "pst-show_toc_level " if depth <= shown_level + 1 else ""
            yield depth, f'<ul class="{shown}nav section-nav flex-column">'
        elif piece == "</ul>":
            yield depth, piece
            depth -= 1
        elif piece == "<li>":
            yield depth, f'<li class="toc-h{depth} nav-item toc-entry">'
        elif piece:
            yield depth, piece.replace(PLAIN, MARKED, 1)
