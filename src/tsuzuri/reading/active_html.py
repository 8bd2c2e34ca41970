"""HTML of a post without what would run in a reader's browser: handlers and code as addresses.

Tags are read as the HTML standard has browsers read them.  What a browser could read in two ways,
depending on what stands around it, is written in the one way that all of them read alike: within
``<style>``, in a drawing or in a comment a browser looks for other ends than elsewhere, so that
no ``<`` is left but where a tag or a comment begins.  Python's own parser takes time that grows
with the square of hostile input, and reads some tags otherwise.
"""

from __future__ import annotations

import re
from html import unescape

SPACE = r" \t\n\f\r"
"""What HTML takes for space; Python counts more, such as the Japanese one."""
ADDRESSES = frozenset(
    {"action", "background", "cite", "data", "formaction", "href", "poster", "src", "xlink:href"}
)
"""Attributes whose value is an address."""
STEPS = frozenset({"by", "from", "to", "values"})
"""Attributes with the values that an animation gives to another attribute, a link's perhaps."""
MARKUP = frozenset({"srcdoc"})
"""Attributes whose value is a page of its own."""
FRAMES = {"embed": "src", "iframe": "src", "object": "data"}
"""Elements that hold another page, and the attribute with its address."""
WHOLE_PAGE = {"base": frozenset({"href", "target"}), "meta": frozenset({"http-equiv"})}
"""Attributes with which an element changes the page around it: where its addresses lead."""
IGNORED = re.compile(r"[\x00-\x20]+")
"""What a browser drops from the beginning and the inside of a scheme."""
CODE = re.compile(r"javascript:|vbscript:|data:text/html|data:[^,]*(?:svg|xml)")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}")
OPENING = re.compile(rf"<(?:(!--)|(/?)([A-Za-z][^{SPACE}/><]*)|[/!?])")
ELEMENT = re.compile(r"[A-Za-z][A-Za-z0-9:_.-]*")
ATTRIBUTE = re.compile(rf"[{SPACE}/]*(=?[^{SPACE}/>=]*)([{SPACE}]*=[{SPACE}]*)?")
NAME = re.compile(rf"[^{SPACE}\"'<>/=\0]+")
VALUE = re.compile(rf"[^{SPACE}>]*")
PLAIN = re.compile(
    rf"</?[A-Za-z][A-Za-z0-9:_.-]*+(?:[{SPACE}]++[^\s\"'<>/=\0]++"
    rf"(?:=(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s\"'=<>`]++))?+)*+[{SPACE}]*+/?>"
)
"""A tag that every reader of HTML reads alike."""
EMPTY_COMMENT = re.compile(r"-?>")
COMMENT_END = re.compile(r"--!?>")

Attribute = tuple[str, str | None]


class UnclosedError(Exception):
    """A tag or a comment does not end."""


def is_code(address: str) -> bool:
    r"""Tell whether a browser that follows *address* runs what it says.

    >>> is_code(" Java\nScript:alert(1)"), is_code("data:image/png;base64,")
    (True, False)
    """
    return bool(CODE.match(IGNORED.sub("", address).lower()))


def runs(element: str, name: str, value: str) -> bool:
    """Tell whether an attribute of an *element* makes a browser run something."""
    if name.startswith("on") or name in MARKUP or name in WHOLE_PAGE.get(element, ()):
        return True
    if name in STEPS:
        return any(is_code(step) for step in value.split(";"))
    if FRAMES.get(element) == name and ELSEWHERE.match(IGNORED.sub("", value).lower()):
        return True
    return name in ADDRESSES and is_code(value)


def attributes(text: str, place: int) -> tuple[list[Attribute], int]:
    """Return the attributes of the tag whose name ends at *place*, as written, and its end."""
    found: list[Attribute] = []
    while True:
        match = ATTRIBUTE.match(text, place)
        assert match is not None  # noqa: S101 - matches anything
        place = match.end()
        name, value = match[1].lower(), None
        if match[2] and name:
            quote = text[place : place + 1]
            if quote in {'"', "'"}:
                end = text.find(quote, place + 1)
                if end < 0:
                    raise UnclosedError
                value, place = text[place + 1 : end], end + 1
            else:
                end = VALUE.match(text, place).end()  # type: ignore[union-attr] # matches anything
                value, place = text[place:end], end
        if name:
            found.append((name, value))
        if place >= len(text):
            raise UnclosedError
        if text[place] == ">":
            return found, place + 1
        if not match[0] and value is None:
            place += 1


def harmless(text: str) -> tuple[str, list[str]]:
    """Return *text* without attributes that run something, and the names of those.

    From a tag that does not end on, *text* is text: it would swallow what follows on the page.

    >>> harmless('<a href="/x" onclick="alert(1)">x</a>')
    ('<a href="/x">x</a>', ['onclick'])
    """
    parts, place, left_out = [], 0, []
    while opening := OPENING.search(text, place):
        parts.append(text[place : opening.start()])
        try:
            piece, place, bad = tag(text, opening) if opening[3] else remark(text, opening)
        except UnclosedError:
            piece, place, bad = shown(text[opening.start() :]), len(text), []
        parts.append(piece)
        left_out += bad
    return "".join([*parts, text[place:]]), left_out


def shown(text: str) -> str:
    """Return *text* with nothing that begins a tag."""
    return text.replace("<", "&lt;")


def tag(text: str, opening: re.Match[str]) -> tuple[str, int, list[str]]:
    """Return the tag that begins with *opening*, its end, and what was left out of it."""
    start = opening.start()
    if not ELEMENT.fullmatch(opening[3]) or text.startswith("<", opening.end()):
        return "&lt;", start + 1, []
    element = opening[3].lower()
    found, end = attributes(text, opening.end())
    bad = [name for name, value in found if runs(element, name, unescape(value or ""))]
    if not bad and PLAIN.fullmatch(text, start, end):
        return text[start:end], end, []
    kept = "".join(
        f" {name}" if value is None else f' {name}="{quoted(value)}"'
        for name, value in found
        if NAME.fullmatch(name) and not runs(element, name, unescape(value or ""))
    )
    if opening[2]:
        return f"</{opening[3]}>", end, bad
    return f"<{opening[3]}{kept}{' /' if text[end - 2] == '/' else ''}>", end, bad


def quoted(value: str) -> str:
    """Return an attribute's value, as it was written, for double quotes."""
    return shown(value).replace(">", "&gt;").replace('"', "&quot;")


def remark(text: str, opening: re.Match[str]) -> tuple[str, int, list[str]]:
    """Return a comment, or what browsers take for one, and its end."""
    start, place = opening.start(), opening.end()
    if text.startswith("<![CDATA[", start):  # text in a drawing, a comment elsewhere
        return "&lt;", start + 1, []
    if opening[1]:
        found = EMPTY_COMMENT.match(text, place) or COMMENT_END.search(text, place)
        end = found.end() if found else 0
    else:
        end = text.find(">", place) + 1
    if not end:
        raise UnclosedError
    return text[start:place] + shown(text[place:end]), end, []
