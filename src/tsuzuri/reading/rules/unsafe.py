"""Links to code are read as links, for :mod:`tsuzuri.reading.unsafe_links` to refuse aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsuzuri.reading.active_html import is_code

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def install(md: MarkdownIt) -> None:
    """Have *md* read them; it would leave them as text without a word."""
    accepts = md.validateLink

    def reads(url: str) -> bool:
        return is_code(url) or accepts(url)

    md.validateLink = reads  # type: ignore[method-assign] # markdown-it documents this as the way
