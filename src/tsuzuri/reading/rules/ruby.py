"""``{漢字|かんじ}``: a word with its reading above it, when the site's settings ask for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

RUBY = re.compile(r"\{([^{}|\s][^{}|\n]{0,63})\|([^{}\n]{1,128})\}")


def install(md: MarkdownIt) -> None:
    """Add the rule to *md*."""
    md.inline.ruler.before("emphasis", "tsuzuri_ruby", ruby)


def ruby(state: StateInline, silent: bool) -> bool:
    """Read a word and its reading; ``{漢字|かん|じ}`` has a reading for each character."""
    if state.src[state.pos] != "{":
        return False
    found = RUBY.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        for base, reading in pairs(found[1], found[2]):
            token = state.push("ruby", "ruby", 0)
            token.content, token.meta = base, {"reading": reading}
    state.pos = found.end()
    return True


def pairs(base: str, reading: str) -> list[tuple[str, str]]:
    """Return the characters of *base* with their readings, or all of it with the whole."""
    readings = reading.split("|")
    if len(readings) > 1 and len(readings) == len(base):
        return list(zip(base, readings, strict=True))
    return [(base, reading.replace("|", ""))]
