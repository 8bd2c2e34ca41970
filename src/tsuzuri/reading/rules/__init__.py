"""Our Markdown rules; :func:`install` adds them to a markdown-it parser.

One construct a module: each has its own ``install``.  What their tokens become in docutils is in
:mod:`tsuzuri.reading.rules.renderer`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsuzuri.reading.rules import (
    autolinks,
    brackets,
    breaks,
    crowds,
    dollars,
    embeds,
    emphasis,
    firsts,
    folds,
    notes,
    ruby,
    sizes,
    unsafe,
    wikilinks,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from tsuzuri.config import Settings


def install(md: MarkdownIt, settings: Settings) -> None:
    """Add every rule to *md*, a parser that MyST has set up."""
    crowds.install(md)
    unsafe.install(md)
    emphasis.install(md)
    autolinks.install(md)
    brackets.install(md)
    wikilinks.install(md)
    dollars.install(md)
    notes.install(md)
    sizes.install(md)
    if settings.ruby:
        ruby.install(md)
    embeds.install(md)
    folds.install(md)
    breaks.install(md, settings.line_breaks)
    if settings.shortcuts:
        firsts.install(md)
