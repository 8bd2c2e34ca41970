"""``$x$`` in running text, told from amounts of money.

Replaces the inline rule of the dollarmath plugin; ``$$`` on lines of its own stays the plugin's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tsuzuri.reading.characters import is_space

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

AFTER_CLOSING = re.compile(r"(?![0-9a-z_])|(?:th|st|nd|rd|s)(?![0-9a-z_])", re.IGNORECASE)
"""No letter or digit follows a formula, except in *the $n$th of the $x$s*."""
PROSE = re.compile("[ぁ-ゖ、。，．「」『』！？；…]|`")
"""What never stands in a formula, except in the braces of ``\\text{…}``."""
SIGNS = re.compile(rf"[{{}}]|{PROSE.pattern}")


def install(md: MarkdownIt) -> None:
    """Replace the inline rule of dollarmath where *md* has it."""
    if "math_inline" in md.inline.ruler.get_all_rules():
        md.inline.ruler.at("math_inline", inline_formula)


def inline_formula(state: StateInline, silent: bool) -> bool:
    r"""Read ``$x$``, ``$$x$$`` or GitHub's ``$`x`$``."""
    source, start, stop = state.src, state.pos, state.posMax
    if source[start] != "$" or not _may_open(source, start):
        return False
    if source.startswith("$$", start):
        opening, end = "$$", _closing(source, "$$", start + 2, stop)
    elif source.startswith("$`", start):
        end = source.find("`$", start, stop) if state.html_terminator_last("`$") > start else -1
        opening = "$`"
    else:
        opening, end = "$", _closing(source, "$", start + 1, stop)
    content = source[start + len(opening) : end]
    if end < 0 or not content.strip() or not _is_formula(source, opening, content, end):
        return False
    if not silent:
        kind = "math_inline_double" if opening == "$$" else "math_inline"
        token = state.push(kind, "math", 0)
        token.content, token.markup = content, opening[:1] if opening == "$`" else opening
    state.pos = end + len(opening)
    return True


def _may_open(source: str, start: int) -> bool:
    """Tell whether the dollar at *start* is neither escaped nor the end of ``US$`` or ``100$``."""
    before = source[start - 1] if start else " "
    return before not in {"\\", "$"} and not (before.isascii() and before.isalnum())


def _closing(source: str, marker: str, position: int, stop: int) -> int:
    """Return where the first *marker* from *position* on stands that is not escaped, or -1."""
    while (end := source.find(marker, position, stop)) >= 0:
        if not _is_escaped(source, end):
            return end
        position = end + 1
    return -1


def _is_escaped(source: str, position: int) -> bool:
    """Tell whether an odd number of backslashes stands before *position*."""
    first = position
    while first > 0 and source[first - 1] == "\\":
        first -= 1
    return (position - first) % 2 == 1


def _is_formula(source: str, opening: str, content: str, end: int) -> bool:
    """Tell whether *content*, closed at *end*, is a formula and no prose between two amounts."""
    if opening != "$":
        return True
    if is_space(content[0]) or is_space(content[-1]) or "\n\n" in content:
        return False
    if not AFTER_CLOSING.match(source, end + 1):
        return False
    return not _has_prose(content)


def _has_prose(content: str) -> bool:
    """Tell whether *content* has prose outside of braces."""
    depth = 0
    for sign in SIGNS.findall(content):
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            return True
    return False
