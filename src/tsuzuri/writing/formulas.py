r"""A formula as KaTeX takes it, and the way back to what the writer wrote.

Sphinx and MyST hand over LaTeX as for MathJax: labels inside, numbered environments whose
number Sphinx sets itself, blank lines between equations.  :func:`prepare` turns that into what
KaTeX reads and remembers every change, so that a mistake is shown where the writer made it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True)
class Formula:
    """One formula of a document, as written."""

    text: str
    display: bool = False
    """On a line of its own."""
    nowrap: bool = False
    """The text brings its environment along."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters from *start* to *end* of the text became *new*."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """What KaTeX is given for a formula."""

    tex: str
    display: bool
    edits: tuple[Edit, ...] = ()

    def written_at(self, position: int) -> int:
        """Return where in the writer's text stands what is at *position* of ``tex``."""
        shift = 0
        for edit in self.edits:
            begins = edit.start + shift
            if position < begins:
                break
            if position < begins + len(edit.new):
                return edit.start
            shift += len(edit.new) - (edit.end - edit.start)
        return position - shift


ENVIRONMENT = re.compile(r"\\(?:begin|end)\{(\w+\*?)\}")
LABEL = re.compile(r"\\label\{[^{}]*\}")
BLANK_LINES = re.compile(r"(?<=\S)[ \t]*\n[ \t]*\n\s*(?=\S)")
STEP = re.compile(r"\\begin\{|\\end\{|\\\\|\\.|[{}&]", re.DOTALL)

UNNUMBERED = {
    "equation": "equation*",
    "align": "align*",
    "alignat": "alignat*",
    "gather": "gather*",
    "multline": "gather*",
    "multline*": "gather*",
    "flalign": "align*",
    "flalign*": "align*",
}
"""Sphinx counts a block once and writes its number beside it; KaTeX would count every row."""

INNER = {
    "equation": "gathered",
    "equation*": "gathered",
    "align": "aligned",
    "align*": "aligned",
    "gather": "gathered",
    "gather*": "gathered",
    "multline": "gathered",
    "multline*": "gathered",
}
"""The same inside another environment."""


def prepare(formula: Formula) -> Prepared:
    """Return what KaTeX is to be given for *formula*."""
    if not formula.display:
        return Prepared(formula.text, display=False)
    text = formula.text
    edits = [Edit(match.start(), match.end(), "") for match in LABEL.finditer(text)]
    breaks = [] if formula.nowrap else list(BLANK_LINES.finditer(text))
    edits += renamed(text, INNER if breaks else UNNUMBERED)
    edits += [Edit(match.start(), match.end(), r"\\ ") for match in breaks]
    wrapper = ""
    if breaks:
        wrapper = "aligned" if "&" in text else "gathered"
    elif not formula.nowrap and has_rows(text):
        wrapper = "split"
    if wrapper:
        edits.append(Edit(0, 0, rf"\begin{{{wrapper}}}"))
        edits.append(Edit(len(text), len(text), rf"\end{{{wrapper}}}"))
    edits.sort(key=lambda edit: (edit.start, edit.end))
    return Prepared(edited(text, edits), display=True, edits=tuple(edits))


def inner(text: str) -> str:
    """Return *text*, a numbered environment, for use inside another, which has the number."""
    edits = [Edit(match.start(), match.end(), "") for match in LABEL.finditer(text)]
    edits += renamed(text, INNER)
    return edited(text, sorted(edits, key=lambda edit: edit.start))


def renamed(text: str, names: dict[str, str]) -> Iterator[Edit]:
    """Yield the edits that rename the environments in *text* by *names*."""
    for match in ENVIRONMENT.finditer(text):
        if new := names.get(match[1]):
            yield Edit(match.start(1), match.end(1), new)


def has_rows(text: str) -> bool:
    r"""Say whether ``\\`` or ``&`` stands outside all braces and environments."""
    depth = 0
    for match in STEP.finditer(text):
        # `\begin{` opens two, and the brace after its name closes one; `\end{` is its mirror
        depth += {r"\begin{": 2, "{": 1, "}": -1}.get(match[0], 0)
        if depth <= 0 and match[0] in {r"\\", "&"}:
            return True
    return False


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return *text* after *edits*, which are in order and apart."""
    parts, end = [], 0
    for edit in edits:
        parts += [text[end : edit.start], edit.new]
        end = edit.end
    return "".join([*parts, text[end:]])


def excerpt(text: str, position: int, width: int = 20) -> str:
    """Return what stands around *position* of *text*, on one line, ``⟨here⟩`` marked."""
    before = text[max(0, position - width) : position]
    after = text[position : position + width]
    return " ".join(f"{before}⟨here⟩{after}".split())
