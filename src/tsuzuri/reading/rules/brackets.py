"""Square brackets that can't be links are text at once.

markdown-it looks for a link behind each ``[`` up to twenty levels deep, so a megabyte of them
takes a quarter of a minute.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

RUN = re.compile(r"(?:[!^]?\[)+")
DEEPEST = 32
"""More brackets in a row than this are no nested links that anyone wrote."""


def install(md: MarkdownIt) -> None:
    """Add the rule to *md*, before the one for links."""
    md.inline.ruler.before("link", "tsuzuri_brackets", hopeless_brackets)


def hopeless_brackets(state: StateInline, silent: bool) -> bool:
    """Read opening brackets as text where no closing one follows, or far too many stand."""
    run = RUN.match(state.src, state.pos, state.posMax)
    if run is None:
        return False
    hopeless = state.html_terminator_last("]") < state.pos
    if not hopeless and run.end() - run.start() <= DEEPEST:
        return False
    if not silent:
        state.append_pending(run[0])
    state.pos = run.end()
    return True
