"""More markup than anyone writes is text as it stands.

What is read becomes nodes, each of which docutils and Sphinx visit some sixty times, and look for
among its neighbours: a megabyte of ``*a`` in a paragraph takes most of a minute, one of ``[^a]``
hours, one of tiny paragraphs half a minute.  No text that a person wrote has thousands of marks in
one paragraph, or tens of thousands of blocks; pasted data has.  The bounds lie far above a post of
300 kB with 3,000 paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence
    from typing import Any

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

MARK = re.compile(r"[*_`~\[\]!<&\\$@{}^:\n]")
"""What markup of any rule has in it; a line break is some too."""
MOST = 10_000
"""Marks of a paragraph."""
MOST_BLOCKS = 50_000
"""What the blocks of a document may cost; a paragraph is 3, a row of a table 2 and 3 a cell."""
MOST_OF_ALL = 60_000
"""What the blocks, those within directives too, and the marks of a document may cost together."""
WITHIN = 5_000
"""What a block may cost beyond the bound."""
COSTS = {
    "amsmath": 5,
    "colon_fence": 10,
    "fence": 10,
    "heading_open": 3,
    "hr": 5,
    "html_block": 3,
    "myst_target": 20,
}
"""What a token costs; most cost 1."""
DEAREST = max(COSTS.values())
COUNT = "tsuzuri_count"
CROWD, REST = "tsuzuri_crowd", "tsuzuri_rest"
"""Types of the tokens that stand for all of such a paragraph, and of the rest of a document."""


@dataclass(slots=True)
class Count:
    """What has been read of a document, directives and included texts with it."""

    blocks: int = 0
    characters: int = 0
    marks: int = 0
    seen: int = 0
    """Tokens of the text at hand that *blocks* has."""
    most: int = MOST_BLOCKS
    """What *blocks* may be while the text at hand is read."""

    def add(self, tokens: Sequence[Token]) -> None:
        """Count *tokens* that are not counted yet."""
        costs = (COSTS.get(tokens[at].type, 1) for at in range(self.seen, len(tokens)))
        self.blocks += sum(costs)
        self.seen = len(tokens)

    def is_full(self, tokens: Sequence[Token], more: int) -> bool:
        """Tell whether *tokens* are as many as a document may have, and so many *more*."""
        if self.blocks + (len(tokens) - self.seen) * DEAREST <= self.most:
            return False
        self.add(tokens)
        return self.blocks > self.most + more

    def is_crowded(self, text: str) -> bool:
        """Count the marks of a paragraph; tell whether they are more than are read.

        Those of a short document are no more than its characters, and need no counting.
        """
        self.characters += len(text)
        if self.characters <= MOST:
            return False
        marks = sum(1 for _mark in MARK.finditer(text))
        if marks > min(MOST, MOST_OF_ALL - self.blocks - self.marks):
            return True
        self.marks += marks
        return False


def count_of(env: MutableMapping[str, Any]) -> Count:
    """Return the count of the document whose parsing has this *env*."""
    count: Count = env.setdefault(COUNT, Count())
    return count


def install(md: MarkdownIt) -> None:
    """Read the blocks and paragraphs of *md* by their markup unless there is too much of it."""
    md.core.ruler.at("inline", inline)
    first = md.block.ruler.get_all_rules()[0]
    md.block.ruler.before(first, REST, rest, {"alt": ["blockquote", "list"]})
    md.block.ruler.before("reference", "tsuzuri_long", long_paragraph)


def rest(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take all that comes after too many blocks for text; lists and tables end there.

    What is within a block ends with it, rather, unless there is too much of it: what is in a note
    that repeats another one's name is not shown.
    """
    if not count_of(state.env).is_full(state.tokens, WITHIN if state.level and not silent else 0):
        return False
    if not silent:
        token = state.push(REST, "", 0)
        token.content, token.map = state.getLines(start, end, 0, True), [start, end]
        state.line = end
    return True


def long_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take more lines than anyone writes without a blank one for a paragraph; its text is crowded.

    Each line of a paragraph is otherwise asked, by four rules in turn, what it could begin.
    """
    far = start + MOST + 1
    if silent or far >= end or ends(state, far) or state.is_code_block(start):
        return False
    if state.src.startswith(("#", "<"), state.bMarks[start] + state.tShift[start]):
        return False  # a heading, or a block of HTML
    stop = next((line for line in range(start, end) if ends(state, line)), end)
    if stop <= far:
        return False
    opening = state.push("paragraph_open", "p", 1)
    text = state.push("inline", "", 0)
    text.content = state.getLines(start, stop, state.blkIndent, False).strip()
    text.children = []
    opening.map = text.map = [start, stop]
    state.push("paragraph_close", "p", -1)
    state.line = stop
    return True


def ends(state: StateBlock, line: int) -> bool:
    """Tell whether a paragraph can't go on at *line*, whatever stands there."""
    return state.isEmpty(line) or state.sCount[line] < state.blkIndent


def inline(state: StateCore) -> None:
    """Read the text of every block."""
    count = count_of(state.env)
    count.add(state.tokens)
    count.seen, count.most = 0, MOST_OF_ALL
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = token.children or []
        if count.is_crowded(token.content):
            token.children.append(Token(CROWD, "", 0, content=token.content, map=token.map))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
