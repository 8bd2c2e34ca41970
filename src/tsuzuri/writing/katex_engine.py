"""LaTeX to HTML and MathML by KaTeX, in batches."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tsuzuri.writing.formulas import Prepared

FOLDER = Path(__file__).parent / "katex"
VERSION = "0.19.1"
BATCH = 200
NOT_READY = 3
"""The worker's exit status when it could not even begin."""
GAVE_UP = "the formula takes too much time or memory"


@dataclass(frozen=True, slots=True)
class Rendered:
    """What KaTeX made of a formula, or why it made nothing."""

    html: str = ""
    error: str = ""
    position: int | None = None
    """Of the error, in characters of what KaTeX was given."""

    @property
    def mathml(self) -> str:
        """Only the ``<math>`` element, for readers without KaTeX's style."""
        start, end = self.html.find("<math"), self.html.find("</math>")
        return self.html[start : end + len("</math>")] if start >= 0 else ""


def render(formulas: Sequence[Prepared], macros: Mapping[str, str]) -> list[Rendered]:
    """Return what KaTeX makes of each of *formulas*, in their order.

    A formula at which the engine dies is found by going on one at a time, and is given up.
    """
    done: list[Rendered] = []
    batch = BATCH
    while len(done) < len(formulas):
        done += run(formulas[len(done) :], macros, batch)
        if len(done) < len(formulas) and batch == 1:
            done.append(Rendered(error=GAVE_UP))
            batch = BATCH
        else:
            batch = 1
    return done


def run(formulas: Sequence[Prepared], macros: Mapping[str, str], batch: int) -> list[Rendered]:
    """Return the results of one run of the engine; it may end before the last formula."""
    task = {
        "items": [(item.tex, item.display) for item in formulas],
        "macros": dict(macros),
        "batch": batch,
    }
    # -P: no folder of the writer's is searched for the modules that the worker imports
    command = [sys.executable, "-P", str(FOLDER / "worker.py")]
    process = subprocess.run(  # noqa: S603 - our own interpreter and file
        command, input=json.dumps(task), capture_output=True, encoding="utf-8", check=False
    )
    lines = process.stdout.splitlines()
    if process.returncode == NOT_READY:
        raise ExtensionError(f"KaTeX can't be run: {process.stderr.strip()}")
    return [
        result_of(json.loads(line), item)
        for line, item in zip(lines, formulas, strict=False)
        if line.endswith("]")
    ]


def result_of(answer: Sequence[str | int | None], formula: Prepared) -> Rendered:
    """Return the worker's *answer* for *formula*, its position counted in characters."""
    html, error, position = answer
    if isinstance(position, int):
        units = formula.tex.encode("utf-16-le", "surrogatepass")[: 2 * position]
        position = len(units.decode("utf-16-le", "ignore"))
    else:
        position = None
    return Rendered(html=str(html or ""), error=str(error or ""), position=position)
