"""The code blocks of a Markdown file, as a test needs them."""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FENCE = re.compile(
    r"^(?P<mark>`{3,})(?P<head>[^\n`]*)\n(?P<body>.*?)^(?P=mark)[ \t]*$", re.MULTILINE | re.DOTALL
)
OPTION = re.compile(r":(?P<name>[\w-]+):[ \t]*(?P<value>.*)\n")


@dataclass(frozen=True)
class Block:
    """One fenced block."""

    kind: str
    """`python`, `text`, `{chart}` …: a `{code-block} python` is `python`."""
    code: str
    line: int
    options: dict[str, str] = field(default_factory=dict)


def blocks(path: Path) -> list[Block]:
    """Return the fenced blocks of *path* in order, directive options taken off."""
    text = path.read_text(encoding="utf-8")
    found = []
    for match in FENCE.finditer(text):
        kind, body = match["head"].strip(), match["body"]
        options = {}
        if kind.startswith("{"):
            while option := OPTION.match(body):
                options[option["name"]] = option["value"]
                body = body[option.end() :]
            body = body.removeprefix("\n") if options else body
            kind = kind.removeprefix("{code-block}").strip()
        line = text.count("\n", 0, match.start()) + 1
        found.append(Block(kind, body, line, options))
    return found


def run_blocks(path: Path) -> tuple[dict[str, Any], list[tuple[Block, str, str]]]:
    """Run all Python blocks of *path* in one namespace.

    Returns the names they leave and, for each ``text`` block that follows a Python block, the
    block, what it says was printed and what was.
    """
    names: dict[str, Any] = {"__name__": "__post__"}
    checked = []
    printed: str | None = None
    for block in blocks(path):
        if block.kind == "python":
            stream = io.StringIO()
            with contextlib.redirect_stdout(stream):
                exec(compile(block.code, f"{path}:{block.line}", "exec"), names)
            printed = stream.getvalue()
        elif block.kind == "text" and printed is not None:
            checked.append((block, block.code, printed))
            printed = None
    return names, checked
