"""A paragraph with more marks than anyone writes is text as it stands.

What is read within a paragraph becomes nodes, each of which docutils visits a dozen times, and
looks for among its neighbours: a megabyte of ``*a`` takes most of a minute, one of ``[^a]`` hours.
No text that a person wrote has thousands of marks in one paragraph; pasted data has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

MARK = re.compile(r"[*_`~\[\]!<&\\$@{}^:\n]")
"""What markup of any rule has in it; a line break is some too."""
MOST = 10_000
CROWD = "tsuzuri_crowd"
"""The type of the token that stands for all of such a paragraph."""


def install(md: MarkdownIt) -> None:
    """Read paragraphs in *md* by their markup unless there is too much of it."""
    md.core.ruler.at("inline", inline)


def inline(state: StateCore) -> None:
    """Read the text of every block."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = token.children or []
        if is_crowded(token.content):
            token.children.append(Token(CROWD, "", 0, content=token.content, map=token.map))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def is_crowded(text: str) -> bool:
    """Tell whether *text* has more marks than are read.

    >>> is_crowded("**a** " * 100), is_crowded("data:image/png;base64," + "A/+=" * 100_000)
    (False, False)
    """
    return len(text) > MOST and sum(1 for _mark in MARK.finditer(text)) > MOST
