"""``@[youtube](id)`` on a line of its own: something of another site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

EMBED = re.compile(r"@\[(?P<name>[^\[\]\n]{0,64})\]\((?P<text>[^\n]*)\)\s*\Z")


def install(md: MarkdownIt) -> None:
    """Add the rule to *md*; an embed ends the paragraph before it."""
    ends = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("paragraph", "tsuzuri_embed", embed, {"alt": ends})


def embed(state: StateBlock, start: int, stop: int, silent: bool) -> bool:
    """Read a line that is one embed."""
    del stop
    begin, end = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if not state.src.startswith("@[", begin) or state.is_code_block(start):
        return False
    found = EMBED.match(state.src[begin:end])
    if found is None:
        return False
    if not silent:
        token = state.push("embed", "", 0)
        token.info, token.content = found["name"].strip(), found["text"].strip()
        token.map, token.markup = [start, start + 1], "@"
    state.line = start + 1
    return True
