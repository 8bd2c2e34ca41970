"""Drawn charts are kept in the source folder, under a name that tells what they were drawn from.

The writer commits them with the post.  As long as the code of a chart stays as it is, a build
only reads two files: no matplotlib, no drawing, the same bytes everywhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tsuzuri.reading.charts.draw import Drawing, Request

SCHEMES = ("light", "dark")
LOOK = 3
"""Goes up when the look of charts changes, so that all are drawn again."""
TIMEOUT_SECONDS = 300


class ChartError(Exception):
    """A chart could not be drawn; *line* is that of its code, from 1, when known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def key(request: Request) -> str:
    """Return the name of what *request* asks for: twelve digits of a hash."""
    text = json.dumps([LOOK, request["prelude"], request["code"]], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def chart_files(folder: Path, name: str, request: Request) -> dict[str, Path]:
    """Return where both drawings of the chart *name* are, after drawing what is missing."""
    digest = key(request)
    wanted = {scheme: folder / f"{name}-{digest}.{scheme}.svg" for scheme in SCHEMES}
    if not all(path.is_file() for path in wanted.values()):
        drawing = run(request)
        for scheme, path in wanted.items():
            write(path, drawing["light"] if scheme == "light" else drawing["dark"])
        for old in folder.glob(f"{name}-{'[0-9a-f]' * 12}.*.svg"):
            if old not in wanted.values():
                old.unlink(missing_ok=True)
    return wanted


def run(request: Request) -> Drawing:
    """Draw in another process, so that the build's own stays as it is."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tsuzuri.reading.charts.draw"],
            input=json.dumps(request),
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT_SECONDS,
            env={**os.environ, "PYTHONHASHSEED": "0", "MPLBACKEND": "svg"},
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise ChartError(f"drawing took longer than {TIMEOUT_SECONDS} seconds") from error
    except subprocess.CalledProcessError as error:
        last = error.stderr.strip().splitlines()[-1:] or [f"exit status {error.returncode}"]
        raise ChartError(f"the drawing process failed: {last[0]}") from error
    drawing: Drawing = json.loads(done.stdout)
    if "error" in drawing:
        raise ChartError(drawing["error"], drawing.get("line"))
    return drawing


def write(path: Path, text: str) -> None:
    """Write *text* to *path*, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)
