"""Where the front matter of a text begins and ends.

Three shapes are known: YAML between ``---`` lines, TOML between ``+++`` lines, and header
lines ``Key: value`` up to the first empty line (Pelican, MultiMarkdown).  Whatever is found
here, the text below keeps its line numbers: the lines above it are empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_CHARACTERS = 64 * 1024
"""More than this is no front matter that a person wrote; it is refused before it is parsed."""

FENCE = re.compile(r"(?:[ \t]*\n)*(?P<mark>-{3}|\+{3})[ \t]*(?:\n|\Z)")
CLOSING = {
    "---": re.compile(r"^(?:-{3}|\.{3})[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+{3}[ \t]*$", re.MULTILINE),
}
KEY_LINE = re.compile(r"\s*[\w\"'.-]+[ \t]*[:=](?:\s|$)")
HEADER = re.compile(r"(?P<key>[A-Za-z][\w-]*):(?:[ \t]|$)")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd]")


@dataclass(frozen=True, slots=True)
class Block:
    """A text cut in two."""

    kind: Literal["yaml", "toml", "headers", "none"]
    head: str
    """The metadata without its fences."""
    first_line: int
    """The line, from 1, on which *head* begins."""
    body: str
    """The rest, below as many empty lines as were taken away."""
    trouble: tuple[str, str, int] | None = None
    """What makes *head* unreadable: message, mend and line."""
    end_line: int = 0
    """Index of the line that ends it: the closing fence, or the first line below headers."""


def split(text: str, is_header: Callable[[str], bool]) -> Block:
    """Cut *text* into front matter and body.

    *is_header* says whether a name can begin a block of header lines; without such a block a
    paragraph that happens to begin with ``Note:`` stays a paragraph.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    opening = FENCE.match(text)
    if opening is None:
        return split_headers(text, is_header)
    start, mark = opening.end(), opening["mark"]
    closing = CLOSING[mark].search(text, start)
    first_line = text.count("\n", 0, start) + 1
    kind: Literal["yaml", "toml"] = "yaml" if mark == "---" else "toml"
    if closing is None:
        return unclosed(text, start, kind, mark)
    head = text[start : closing.start()]
    above = blank(text, closing.end())
    body = above + text[closing.end() :]
    return Block(kind, head, first_line, body, unreadable(head, first_line), len(above))


def unclosed(text: str, start: int, kind: Literal["yaml", "toml"], mark: str) -> Block:
    """Return a text whose fence has no partner: a forgotten one, or only a ruler."""
    first_line = text.count("\n", 0, start) + 1
    if kind == "yaml" and not KEY_LINE.match(text, start):
        return Block("none", "", 1, text)
    message = f"the front matter is opened by {mark} but never closed"
    trouble = (message, f"add a line {mark} below its last key", first_line - 1)
    return Block(kind, "", first_line, text, trouble)


def split_headers(text: str, is_header: Callable[[str], bool]) -> Block:
    """Cut a text that begins with ``Key: value`` lines."""
    first = HEADER.match(text)
    if first is None or not is_header(first["key"]):
        return Block("none", "", 1, text)
    end = text.find("\n\n")
    head = text if end < 0 else text[: end + 1]
    for line in head.splitlines():
        if not HEADER.match(line) and not line.startswith(("    ", "\t")):
            return Block("none", "", 1, text)
    above = blank(text, len(head))
    return Block("headers", head, 1, above + text[len(head) :], unreadable(head, 1), len(above))


def blank(text: str, end: int) -> str:
    """Return as many newlines as *text* has before *end*."""
    return "\n" * text.count("\n", 0, end)


def unreadable(head: str, first_line: int) -> tuple[str, str, int] | None:
    """Return what forbids to parse *head* at all."""
    if len(head) > MAX_CHARACTERS:
        message = f"the front matter has {len(head):,} characters, more than {MAX_CHARACTERS:,}"
        return (message, "move what is text below the closing fence", first_line)
    bad = FORBIDDEN.search(head)
    if bad is None:
        return None
    line = first_line + head.count("\n", 0, bad.start())
    if bad[0] == "\ufffd" or "\ud800" <= bad[0] <= "\udfff":
        return ("the file is not valid UTF-8 here", "save it as UTF-8", line)
    message = f"the front matter has the control character U+{ord(bad[0]):04X}"
    return (message, "delete it", line)
