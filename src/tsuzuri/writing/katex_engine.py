"""LaTeX to HTML and MathML by KaTeX, in batches."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
    """Return what KaTeX makes of each of *formulas*, in their order."""
    return begun(formulas, macros)()


def begun(formulas: Sequence[Prepared], macros: Mapping[str, str]) -> Callable[[], list[Rendered]]:
    """Begin to render *formulas*; return what waits for the results.

    A formula at which the engine dies is found by going on one at a time, and is given up.
    """
    first = run(formulas, macros, BATCH)

    def results() -> list[Rendered]:
        done, batch = first(), 1
        while len(done) < len(formulas):
            done += run(formulas[len(done) :], macros, batch)()
            if len(done) < len(formulas) and batch == 1:
                done.append(Rendered(error=GAVE_UP))
                batch = BATCH
            else:
                batch = 1
        return done

    return results


def run(
    formulas: Sequence[Prepared], macros: Mapping[str, str], batch: int
) -> Callable[[], list[Rendered]]:
    """Start the engine; return what waits for its results: it may end before the last formula.

    It reads and writes files: a full pipe would hold it up until someone waits.
    """
    task = {
        "items": [(item.tex, item.display) for item in formulas],
        "macros": dict(macros),
        "batch": batch,
    }
    given, made, said = (TemporaryFile("w+", encoding="utf-8") for _ in range(3))  # noqa: SIM115 - closed when they were read
    json.dump(task, given)
    given.seek(0)
    # -P: no folder of the writer's is searched for the modules that the worker imports
    command = [sys.executable, "-P", str(FOLDER / "worker.py")]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
        command, stdin=given, stdout=made, stderr=said
    )
    given.close()

    def results() -> list[Rendered]:
        status = process.wait()
        with made, said:
            made.seek(0)
            said.seek(0)
            if status == NOT_READY:
                raise ExtensionError(f"KaTeX can't be run: {said.read().strip()}")
            lines = made.read().splitlines()
        return [
            result_of(json.loads(line), item)
            for line, item in zip(lines, formulas, strict=False)
            if line.endswith("]")
        ]

    return results


def result_of(answer: Sequence[str | int | None], formula: Prepared) -> Rendered:
    """Return the worker's *answer* for *formula*, its position counted in characters."""
    html, error, position = answer
    if isinstance(position, int):
        units = formula.tex.encode("utf-16-le", "surrogatepass")[: 2 * position]
        position = len(units.decode("utf-16-le", "ignore"))
    else:
        position = None
    return Rendered(html=str(html or ""), error=str(error or ""), position=position)
