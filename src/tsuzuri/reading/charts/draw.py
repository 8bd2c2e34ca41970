"""Run a chart's code and draw it, in a process of its own.

``python -m tsuzuri.reading.charts.draw`` reads a :class:`Request` as JSON from standard input
and writes a :class:`Drawing` as JSON to standard output.  What the code prints goes to
standard error.  Only this process imports matplotlib, so that a build whose charts are all
drawn needs none.
"""

from __future__ import annotations

import contextlib
import json
import sys
import traceback
from typing import Any, TypedDict

CODE = "<chart>"
PRELUDE = "<chart's earlier code>"


class Request(TypedDict):
    """What to draw."""

    prelude: str
    """Code that runs once, before."""
    code: str
    """Code that runs once for each colour scheme and leaves a current figure."""


class Drawing(TypedDict, total=False):
    """What became of it: two SVG texts, or else an error."""

    light: str
    dark: str
    error: str
    line: int
    """Line of *code* (from 1) on which the error arose, when it arose there."""


def draw(request: Request) -> Drawing:
    """Draw the figure that the code of *request* leaves, in both colour schemes."""
    import matplotlib as mpl  # noqa: PLC0415 - an optional part; its absence is reported

    mpl.use("svg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    from tsuzuri.reading.charts.style import chart_style, svg  # noqa: PLC0415

    names: dict[str, Any] = {"__name__": "__chart__"}
    drawn: dict[str, str] = {}
    exec(compile(request["prelude"], PRELUDE, "exec"), names)  # noqa: S102 - the writer's own code
    for scheme in ("light", "dark"):
        with chart_style("dark" if scheme == "dark" else "light"):
            exec(compile(request["code"], CODE, "exec"), dict(names))  # noqa: S102
            if not plt.get_fignums():
                return {"error": "the code leaves no figure"}
            drawn[scheme] = svg(plt.gcf()).decode()
            plt.close("all")
    return {"light": drawn["light"], "dark": drawn["dark"]}


def attempt(request: Request) -> Drawing:
    """Draw, and turn whatever the code raises into an error with its line."""
    try:
        return draw(request)
    except (Exception, SystemExit) as error:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == CODE and frame.lineno]
        if isinstance(error, SyntaxError) and error.filename == CODE and error.lineno:
            lines.append(error.lineno)
        result: Drawing = {"error": f"{type(error).__name__}: {error}"}
        if lines:
            result["line"] = lines[-1]
        return result


def main() -> None:
    """Answer one request."""
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a TextIO in annotations only
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    request: Request = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        drawing = attempt(request)
    json.dump(drawing, sys.stdout)


if __name__ == "__main__":
    main()
