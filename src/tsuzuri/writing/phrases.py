"""Break Japanese headings where a reader would take a breath.

BudouX, a small model, finds the phrases; a ``<wbr>`` goes between them and the style sheet
forbids other breaks (``word-break: keep-all``).  Done while building, so that every browser
breaks the same way and no script runs.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from html import escape
from typing import TYPE_CHECKING

import budoux
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable

HEADING = re.compile(r"(<h([1-6])\b[^>]*>)(.*?)(</h\2>)", re.DOTALL)
PIECE = re.compile(r"<[^>]*>|[^<]+")
HIDDEN = re.compile(r"<(svg|math|code)\b.*?</\1>|<a class=\"headerlink\".*?</a>", re.DOTALL)
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


class Phrases:
    """The model, loaded when the first Japanese heading needs it."""

    @cached_property
    def _parser(self) -> budoux.Parser:
        return budoux.load_default_japanese_parser()

    @cached_property
    def split(self) -> Callable[[str], list[str]]:
        """Splits plain text into phrases; text without Japanese is one.

        A title stands on many pages, so that what was split is remembered.
        """
        return lru_cache(maxsize=4096)(
            lambda text: self._parser.parse(text) if JAPANESE.search(text) else [text]
        )

    def text(self, text: str) -> Markup:
        """Return plain *text* as HTML with a chance to break after each phrase."""
        return Markup("<wbr>".join(escape(part) for part in self.split(text)))  # noqa: S704 - each part is escaped

    def heading(self, html: str) -> str:
        """Return a heading's inner HTML with chances to break in its text."""
        kept: list[str] = []

        def hide(match: re.Match[str]) -> str:
            kept.append(match[0])
            return f"<\0{len(kept) - 1}>"

        parts = [
            piece if piece.startswith("<") else "<wbr>".join(self.split(piece))
            for piece in PIECE.findall(HIDDEN.sub(hide, html))
        ]
        return re.sub(r"<\0(\d+)>", lambda match: kept[int(match[1])], "".join(parts))

    def headings(self, html: str) -> str:
        """Return a page's *html* with chances to break in all its headings."""
        return HEADING.sub(lambda match: match[1] + self.heading(match[3]) + match[4], html)
