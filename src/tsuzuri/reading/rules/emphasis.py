"""``*emphasis*``, ``_emphasis_`` and ``~~strikethrough~~`` beside Japanese.

The CJK-friendly amendments to CommonMark
(https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md) change only which
delimiter runs open and close; matching them stays markdown-it's work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.rules_inline.state_inline import Delimiter

from tsuzuri.reading.japanese import delimiter_run

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

LONGEST_RUN = 64
"""A longer run of markers is decoration; as text it costs nothing."""
STRIKE = 2


def install(md: MarkdownIt) -> None:
    """Replace markdown-it's tokenisers of emphasis and strikethrough."""
    md.inline.ruler.at("emphasis", emphasis)
    md.inline.ruler.at("strikethrough", strikethrough)
    md.enable("strikethrough")


def emphasis(state: StateInline, silent: bool) -> bool:
    """Push each marker of a run as a text token and a delimiter."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    run = delimiter_run(state.src, state.pos, state.posMax)
    state.pos += run.length
    if run.length > LONGEST_RUN or not (run.can_open or run.can_close):
        state.append_pending(marker * run.length)
        return True
    for _ in range(run.length):
        _push(state, marker, run.length, run.can_open, run.can_close)
    return True


def strikethrough(state: StateInline, silent: bool) -> bool:
    """Push two tildes as a delimiter.

    One tilde is text, since Japanese writes ranges with it (``3~5日、10~20人``), and so are more
    than two, as on GitHub.
    """
    if silent or state.src[state.pos] != "~":
        return False
    run = delimiter_run(state.src, state.pos, state.posMax)
    state.pos += run.length
    if run.length != STRIKE or not (run.can_open or run.can_close):
        state.append_pending("~" * run.length)
        return True
    _push(state, "~~", 0, run.can_open, run.can_close)
    return True


def _push(state: StateInline, content: str, length: int, opens: bool, closes: bool) -> None:
    state.push("text", "", 0).content = content
    delimiter = Delimiter(ord(content[0]), length, len(state.tokens) - 1, -1, opens, closes)
    state.delimiters.append(delimiter)
