"""``<details>`` in HTML becomes a pair of tokens, so that it has a meaning outside HTML too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

PART = re.compile(
    r"(?P<open><details\b[^<>]*>)|(?P<close></details\s*>)"
    r"|<summary\b[^<>]*>(?P<summary>(?:(?!</?summary).)*)</summary\s*>",
    re.IGNORECASE | re.DOTALL,
)
OPEN = re.compile(r"\sopen\b", re.IGNORECASE)


def install(md: MarkdownIt) -> None:
    """Add the rule to *md*, before the text of blocks is read."""
    md.core.ruler.after("block", "tsuzuri_folds", folds)


def folds(state: StateCore) -> None:
    """Put pairs in the place of ``<details>`` and ``</details>`` where each has its other half."""
    if any(_speaks_of_details(token) for token in state.tokens):
        state.tokens = folded(state.tokens)


def folded(tokens: list[Token]) -> list[Token]:
    """Return *tokens* with what belongs together in pairs; what lacks its half stays HTML."""
    left: frozenset[int] = frozenset()
    while alone := _alone(tokens, left):
        left |= alone
    result: list[Token] = []
    for index, token in enumerate(tokens):
        if index in left or not _speaks_of_details(token):
            result.append(token)
        else:
            result.extend(_parts(token))
    return result


def _alone(tokens: list[Token], left: frozenset[int]) -> frozenset[int]:
    """Return where *tokens*, but those *left* as they are, have half a pair."""
    alone: set[int] = set()
    stack: list[tuple[int, int]] = []
    for index, token in enumerate(tokens):
        while stack and token.nesting < 0 and token.level < stack[-1][1]:
            alone.add(stack.pop()[0])
        if index in left or not _speaks_of_details(token):
            continue
        for part in _parts(token):
            if part.type == "details_open":
                stack.append((index, token.level))
            elif part.type == "details_close" and stack and stack[-1][1] == token.level:
                stack.pop()
            elif part.type == "details_close" or (part.type == "summary_open" and not stack):
                alone.add(index)
    return frozenset(alone | {index for index, _level in stack})


def _speaks_of_details(token: Token) -> bool:
    return token.type == "html_block" and PART.search(token.content) is not None


def _parts(token: Token) -> Iterator[Token]:
    """Yield *token*, a block of HTML, cut at what belongs to ``<details>``."""
    done = 0
    for found in PART.finditer(token.content):
        yield from _rest(token, token.content[done : found.start()])
        done = found.end()
        if found["open"]:
            meta = {"open": bool(OPEN.search(found["open"]))}
            yield Token("details_open", "details", 1, map=token.map, meta=meta, block=True)
        elif found["close"]:
            yield Token("details_close", "details", -1, block=True)
        else:
            yield Token("summary_open", "summary", 1, map=token.map, block=True)
            text = " ".join(found["summary"].split())
            yield Token("inline", "", 0, content=text, map=token.map, children=[], block=True)
            yield Token("summary_close", "summary", -1, block=True)
    yield from _rest(token, token.content[done:])


def _rest(token: Token, text: str) -> Iterator[Token]:
    if text.strip():
        yield Token("html_block", "", 0, content=text, map=token.map, level=token.level, block=True)
