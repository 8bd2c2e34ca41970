"""What a newline inside a paragraph becomes: nothing, a space or a line break."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from tsuzuri.reading.japanese import joins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

ROLE_TARGET = re.compile(r"\s*<[^<>]*>$")
NO_TEXT = {"html_inline", "footnote_ref", "footnote_anchor", "text_special"}


def install(md: MarkdownIt, line_breaks: Literal["join", "space", "br"]) -> None:
    """Add the rule for the setting *line_breaks* to *md*."""
    if line_breaks == "join":
        md.core.ruler.push("tsuzuri_breaks", join_lines)
    elif line_breaks == "br":
        md.core.ruler.push("tsuzuri_breaks", break_lines)


def break_lines(state: StateCore) -> None:
    """Make each newline a line break."""
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "softbreak":
                child.type = "hardbreak"


def join_lines(state: StateCore) -> None:
    """Take away each newline that would be a space in the middle of Japanese."""
    for token in state.tokens:
        if token.type == "inline" and "\n" in token.content and token.children:
            token.children = joined(token.children)


def joined(children: list[Token]) -> list[Token]:
    """Return *children* without the soft breaks that leave no space, texts around them as one."""
    kept: list[Token] = []
    texts: list[str] = []
    for index, token in enumerate(children):
        if token.type == "image" and token.children:
            token.children = joined(token.children)
        if token.type == "softbreak" and joins(
            _nearest(children[max(0, index - 8) : index][::-1], tail=True),
            _nearest(children[index + 1 : index + 9]),
        ):
            continue
        if token.type != "text" or not kept or kept[-1].type != "text":
            _settle(kept, texts)
            kept.append(token)
        if token.type == "text":
            texts.append(token.content)
    _settle(kept, texts)
    return kept


def _settle(kept: list[Token], texts: list[str]) -> None:
    """Give the last of *kept*, when it is a text, all the *texts* read since it began."""
    if texts:
        kept[-1].content = "".join(texts)
        texts.clear()


def _nearest(tokens: Sequence[Token], *, tail: bool = False) -> str:
    """Return the text that is seen nearest to a break among *tokens*, which lead away from it."""
    for token in tokens:
        if token.type == "myst_role":
            return ROLE_TARGET.sub("", token.content)
        if token.type in {"image", "softbreak", "hardbreak"}:
            return ""
        if token.type not in NO_TEXT and token.content:
            return token.content[-16:] if tail else token.content[:16]
    return ""
