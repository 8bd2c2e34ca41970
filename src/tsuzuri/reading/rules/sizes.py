"""``![alt](a.png =250x)``: an image with its width, its height or both, as Zenn has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import unescapeAll

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

TARGET = re.compile(
    r"""\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*))
    \s+=(?P<width>[0-9]{0,5}%?)x(?P<height>[0-9]{0,5}%?)
    (?:\s+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'))?\s*\)""",
    re.VERBOSE,
)


def install(md: MarkdownIt) -> None:
    """Add the rule to *md*, before the one for images without a size."""
    md.inline.ruler.before("image", "tsuzuri_sized_image", sized_image)


def sized_image(state: StateInline, silent: bool) -> bool:
    """Read an image whose address is followed by a size."""
    start = state.pos
    if not state.src.startswith("![", start):
        return False
    end = state.md.helpers.parseLinkLabel(state, start + 1, False)
    found = TARGET.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if found is None or not (found["width"] or found["height"]):
        return False
    source = state.md.normalizeLink(unescapeAll(found["angled"] or found["plain"] or ""))
    if not state.md.validateLink(source):
        return False
    if not silent:
        alt = state.src[start + 2 : end]
        children: list[Token] = []
        state.md.inline.parse(alt, state.md, state.env, children)
        token = state.push("image", "img", 0)
        token.attrs = {"src": source, "alt": "", **_size(found)}
        token.children, token.content = children, alt
        if title := found["double"] or found["single"]:
            token.attrSet("title", unescapeAll(title))
    state.pos = found.end()
    return True


def _size(found: re.Match[str]) -> dict[str, str | int | float]:
    sizes = {name: found[name] for name in ("width", "height") if found[name].strip("%")}
    return {name: size if size.endswith("%") else f"{size}px" for name, size in sizes.items()}
