"""HTML of a post without what would run in a reader's browser: handlers and code as addresses.

Tags are read as the HTML standard has browsers read them.  Python's own parser takes time that
grows with the square of hostile input, and reads some tags otherwise.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESSES = frozenset(
    {"action", "background", "cite", "data", "formaction", "href", "poster", "src", "xlink:href"}
)
"""Attributes whose value is an address."""
MARKUP = frozenset({"srcdoc"})
"""Attributes whose value is a page of its own."""
IGNORED = re.compile(r"[\x00-\x20]+")
"""What a browser drops from the beginning and the inside of a scheme."""
CODE = re.compile(r"javascript:|vbscript:|data:text/html|data:[^,]*(?:svg|xml)")
OPENING = re.compile(r"<(?:(!--)|([A-Za-z][^\s/>]*)|[/!?])")
ATTRIBUTE = re.compile(r"[\s/]*(=?[^\s/>=]*)(?:\s*=\s*)?")
VALUE = re.compile(r"[^\s>]*")

Attribute = tuple[str, str | None]


class UnclosedError(Exception):
    """The tag that begins at *start* does not end."""

    def __init__(self, start: int) -> None:
        super().__init__(start)
        self.start = start


def is_code(address: str) -> bool:
    r"""Tell whether a browser that follows *address* runs what it says.

    >>> is_code(" Java\nScript:alert(1)"), is_code("data:image/png;base64,")
    (True, False)
    """
    return bool(CODE.match(IGNORED.sub("", address).lower()))


def runs(name: str, value: str | None) -> bool:
    """Tell whether an attribute makes a browser run something."""
    if name.startswith("on") or name in MARKUP:
        return True
    return name in ADDRESSES and is_code(value or "")


def attributes(text: str, start: int, place: int) -> tuple[list[Attribute], int]:
    """Return the attributes of the tag from *start* whose name ends at *place*, and its end."""
    found: list[Attribute] = []
    while True:
        match = ATTRIBUTE.match(text, place)
        assert match is not None  # noqa: S101 - matches anything
        place = match.end()
        name, value = match[1].lower(), None
        if match[0].rstrip().endswith("=") and name:
            quote = text[place : place + 1]
            if quote in {'"', "'"}:
                end = text.find(quote, place + 1)
                if end < 0:
                    raise UnclosedError(start)
                value, place = text[place + 1 : end], end + 1
            else:
                end = VALUE.match(text, place).end()  # type: ignore[union-attr] # matches anything
                value, place = text[place:end], end
        if name:
            found.append((name, None if value is None else unescape(value)))
        if place >= len(text):
            raise UnclosedError(start)
        if text[place] == ">":
            return found, place
        if not match[0] and value is None:
            place += 1


def tags(text: str) -> Iterator[tuple[int, int, str, list[Attribute]]]:
    """Yield start, end, name and attributes of each start tag of *text*."""
    place = 0
    while match := OPENING.search(text, place):
        if match[2]:
            found, end = attributes(text, match.start(), match.end())
            yield match.start(), end + 1, match[2], found
        else:
            end = text.find("-->" if match[1] else ">", match.end())
            if end < 0:
                return
        place = end + 1


def harmless(text: str) -> tuple[str, list[str]]:
    """Return *text* without attributes that run something, and the names of those.

    From a tag that does not end on, *text* is text: it would swallow what follows on the page.

    >>> harmless('<a href="/x" onclick="alert(1)">x</a>')
    ('<a href="/x">x</a>', ['onclick'])
    """
    parts, place, left_out = [], 0, []
    try:
        for start, end, name, found in tags(text):
            if bad := [key for key, value in found if runs(key, value)]:
                left_out += bad
                parts += [text[place:start], rebuilt(name, found, closed=text[end - 2] == "/")]
                place = end
    except UnclosedError as unclosed:
        start = unclosed.start
        return "".join([*parts, text[place:start], escape(text[start:], quote=False)]), left_out
    return "".join([*parts, text[place:]]), left_out


def rebuilt(name: str, found: list[Attribute], *, closed: bool) -> str:
    """Return the tag with those of its attributes that run nothing."""
    kept = "".join(
        f" {key}" if value is None else f' {key}="{escape(value)}"'
        for key, value in found
        if not runs(key, value)
    )
    return f"<{name}{kept}{' /' if closed else ''}>"
