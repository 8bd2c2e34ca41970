"""``^[a note where it belongs]``: a footnote written in the middle of its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline


LONGEST = 2000
"""What is longer is a text of its own, or no note at all."""


def install(md: MarkdownIt) -> None:
    """Add the rule to *md*, after the one that stops hopeless brackets."""
    md.inline.ruler.after("tsuzuri_brackets", "tsuzuri_note", inline_note)


def inline_note(state: StateInline, silent: bool) -> bool:
    """Read ``^[…]`` as a pair of tokens around what is in it."""
    start, stop = state.pos, state.posMax
    if not state.src.startswith("^[", start) or state.src.find("]", start, start + LONGEST) < 0:
        return False
    end = state.md.helpers.parseLinkLabel(state, start + 1)
    if end < 0 or not state.src[start + 2 : end].strip():
        return False
    if not silent:
        state.push("inline_note_open", "", 1).markup = "^["
        state.pos, state.posMax = start + 2, end
        state.md.inline.tokenize(state)
        state.push("inline_note_close", "", -1).markup = "]"
    state.pos, state.posMax = end + 1, stop
    return True
