"""A text with what must not be touched hidden; every character keeps its place."""

from __future__ import annotations

import re

FENCE = re.compile(r"^[ >\t]*(?:[-*+] +|\d+[.)] +)?(`{3,}|~{3,})(.*)$")
INLINE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def masked(text: str, start: int) -> str:
    """Return *text* with code, comments, and all before *start*, as spaces."""
    parts, closing = [], ""
    for line in text[start:].split("\n"):
        match = FENCE.match(line.rstrip("\r"))
        if closing:
            parts.append(" " * len(line))
            stripped = line.strip(" >\t\r")
            if stripped.startswith(closing) and not stripped.strip(closing[0]):
                closing = ""
        elif match is not None and not match[2].lstrip().startswith("{"):
            closing = match[1]
            parts.append(" " * len(line))
        else:
            parts.append(line)
    hidden = "\n".join(parts)
    hidden = INLINE.sub(blank, hidden)
    return blank_text(text[:start]) + COMMENT.sub(blank, hidden)


def blank(match: re.Match[str]) -> str:
    """Return as many spaces and newlines as *match* has characters."""
    return blank_text(match[0])


def blank_text(text: str) -> str:
    """Return *text* as spaces, with its newlines."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def edited(text: str, changes: list[tuple[int, int, str]]) -> str:
    """Return *text* with each change (from, to, new) made; the first of two that overlap wins."""
    parts, at = [], 0
    for start, end, new in sorted(changes, key=lambda change: (change[0], -change[1])):
        if start < at:
            continue
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])
