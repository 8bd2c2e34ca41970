"""``[[slug]]``, ``[[slug|text]]`` and ``[[slug#heading]]``: a post by its name.

``[[1]](https://example.com)`` stays the Markdown link that it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

WIKILINK = re.compile(
    r"\[\[(?P<slug>[^\[\]|#\n]{1,200})(?:#(?P<anchor>[^\[\]|\n]{1,200}))?"
    r"(?:\|(?P<text>[^\[\]\n]{1,500}))?\]\](?![(\[])"
)


def install(md: MarkdownIt) -> None:
    """Add the rule to *md*, before the ones that read brackets otherwise."""
    md.inline.ruler.before("tsuzuri_brackets", "tsuzuri_wikilink", wikilink)


def wikilink(state: StateInline, silent: bool) -> bool:
    """Read one wiki link at the current position."""
    match = WIKILINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("wikilink", "", 0)
        token.content = match[0]
        token.meta = {name: (match[name] or "").strip() for name in ("slug", "anchor", "text")}
    state.pos = match.end()
    return True
