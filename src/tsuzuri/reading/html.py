"""Images that a writer put in HTML become real image nodes.

``<p align="center"><img src="a.png" width="50%"></p>`` and its kin (``div``, ``center``,
``figure``, a bare ``img``, links around them) are what writers use where Markdown has no size
or alignment.  As raw HTML a local file would never be copied and nothing would reach PDF or
EPUB.  A fragment that holds anything else is not ours: :func:`html_images` returns None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTAINERS = frozenset({"p", "div", "center", "figure", "a", "figcaption", "picture"})
VOID = frozenset({"img", "br", "source"})
ALIGNMENTS = frozenset({"left", "center", "right"})
LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(px|%|em|rem|vw|cm|mm|in|pt)?")
NAME = r"[^\s\"'<>/=]++"
VALUE = r"\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'=<>`]++)"
ATTRIBUTE = re.compile(rf"(?P<name>{NAME})(?:\s*+=\s*+(?:{VALUE}))?+")
PIECE = re.compile(
    r"<!--(?:[^-]|-(?!->))*+-->|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)"
    rf"(?P<attributes>(?:\s++{NAME}(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)*+)"
    r"\s*+/?>|(?P<text>[^<]++)"
)
"""A comment, a tag or a text; no part of it is ever tried twice."""

DEEPEST = 8
"""Elements around an image; deeper is no image that anyone wrote."""
SAFE_STYLE = re.compile(r"(background(?:-color)?|border(?:-radius)?)\s*:\s*([#\w\s.,%()-]+)")
REMOTE = re.compile(r"(?i)^(?:[a-z][a-z0-9+.-]*:|//)")
LINKABLE = re.compile(r"(?i)^(?:https?:|mailto:|[^:]*$)")


@dataclass
class Element:
    """One HTML element of a fragment."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()


def parse_fragment(text: str) -> Element | None:
    """Return the tree of an HTML fragment of images and what may surround them, or None.

    One pass, which ends at the first thing that is foreign to images: a parser of all HTML takes
    quadratic time on tags that never end.
    """
    root = Element("")
    opened, position = [root], 0
    while position < len(text):
        match = PIECE.match(text, position)
        if match is None or not _grow(opened, match):
            return None
        position = match.end()
    has_image = any(item.name == "img" for item in root.walk())
    return root if has_image and len(opened) == 1 else None


def _grow(opened: list[Element], piece: re.Match[str]) -> bool:
    """Add one *piece* of HTML to the tree, whose open elements are *opened*; False if foreign."""
    if piece["text"] is not None:
        if opened[-1].name == "figcaption":
            opened[-1].children.append(unescape(piece["text"]))
            return True
        return not piece["text"].strip()
    name = (piece["name"] or "").lower()
    if not name:
        return True  # a comment
    return _close(opened, name) if piece["end"] else _open(opened, name, piece["attributes"])


def _close(opened: list[Element], name: str) -> bool:
    return name in VOID or (len(opened) > 1 and opened.pop().name == name)


def _open(opened: list[Element], name: str, attributes: str) -> bool:
    if (name not in CONTAINERS and name not in VOID) or len(opened) > DEEPEST:
        return False
    element = Element(name, _attributes(attributes))
    opened[-1].children.append(element)
    if name not in VOID:
        opened.append(element)
    return True


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(text):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), unescape(value))
    return found


def html_images(text: str) -> list[nodes.Element] | None:
    """Return the nodes for an HTML fragment that holds images only, or None for any other.

    Block-level containers give block-level images or figures; a fragment without one gives
    inline images.
    """
    if "<img" not in text.lower():
        return None
    root = parse_fragment(text)
    if root is None or any(
        item.name == "img" and not item.attributes.get("src", "").strip() for item in root.walk()
    ):
        return None
    return list(_convert(root, align=None))


def _convert(element: Element, *, align: str | None) -> Iterator[nodes.Element]:
    for child in element.children:
        if not isinstance(child, Element):
            continue
        here = _alignment(child) or align
        if child.name == "img":
            yield _image(child, here)
        elif child.name == "a":
            yield from _link(child, here)
        elif child.name == "figure":
            yield _figure(child, here)
        elif child.name in {"p", "div", "center"}:
            yield from _block(list(_convert(child, align=here)), here)
        elif child.name == "picture":
            yield from _picture(child, here)


def _block(inner: list[nodes.Element], align: str | None) -> list[nodes.Element]:
    """Return a container's content: blocks as they are, several images in one paragraph."""
    inline = [node for node in inner if isinstance(node, (nodes.image, nodes.reference))]
    if len(inline) < 2 or len(inline) != len(inner):  # noqa: PLR2004 - one image stands alone
        return inner
    paragraph = nodes.paragraph("", "", *inner, classes=[f"align-{align}"] if align else [])
    for image in paragraph.findall(nodes.image):
        image.attributes.pop("align", None)
    return [paragraph]


def _image(element: Element, align: str | None) -> nodes.image:
    given = element.attributes
    source = given["src"].strip()
    image = nodes.image(
        str(element.attributes),
        uri=_address(source),
        alt=given.get("alt", ""),
    )
    for name in ("width", "height"):
        size = _size(_styles(given).get(name, "") or given.get(name, ""))
        if size:
            image[name] = size
    if align:
        image["align"] = align
    image["classes"] += given.get("class", "").split()
    if given.get("title"):
        image["title"] = given["title"]
    kept = [
        f"{name}: {value.strip()}" for name, value in SAFE_STYLE.findall(given.get("style", ""))
    ]
    if kept:
        image["style"] = "; ".join(kept)
    return image


def _link(element: Element, align: str | None) -> list[nodes.Element]:
    inner = list(_convert(element, align=align))
    target = element.attributes.get("href", "").strip()
    if not target or not LINKABLE.match(target):
        return inner
    return [nodes.reference("", "", *inner, refuri=target)]


def _picture(element: Element, align: str | None) -> Iterator[nodes.Element]:
    """Yield the image and, where a source is for dark pages, its other variant."""
    dark = next((item for item in element.walk() if _for_scheme(item, "dark")), None)
    light = next((item for item in element.walk() if _for_scheme(item, "light")), None)
    for image in _convert(Element("", {}, element.children), align=align):
        if not isinstance(image, nodes.image) or not (dark or light):
            yield image
            continue
        for scheme, source in (("light", light), ("dark", dark)):
            variant = image.deepcopy()
            if source:
                variant["uri"] = _address(source.attributes["srcset"].split()[0])
            variant["classes"].append(f"only-{scheme}")
            yield variant


def _for_scheme(element: Element, scheme: str) -> bool:
    """Say whether *element* is a source for pages of a colour scheme."""
    media = "".join(element.attributes.get("media", "").lower().split())
    return (
        element.name == "source"
        and f"prefers-color-scheme:{scheme}" in media
        and bool(element.attributes.get("srcset", "").strip())
    )


def _address(source: str) -> str:
    """Return an image's address as Sphinx wants it: a file's name without escapes."""
    return source if REMOTE.match(source) else unquote(source)


def _figure(element: Element, align: str | None) -> nodes.figure:
    figure = nodes.figure("", align=align or "default")
    for node in _convert(element, align=None):
        if isinstance(node, (nodes.image, nodes.reference)):
            figure += node
    for child in element.children:
        if isinstance(child, Element) and child.name == "figcaption":
            text = " ".join("".join(_texts(child)).split())
            if text:
                figure += nodes.caption(text, text)
    return figure


def _texts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _texts(child)


def _alignment(element: Element) -> str | None:
    """Return how *element* aligns what is in it: by tag, attribute or style."""
    if element.name == "center":
        return "center"
    styles = _styles(element.attributes)
    value = element.attributes.get("align") or styles.get("text-align") or styles.get("float", "")
    if element.name == "img" and styles.get("margin", "").endswith("auto"):
        value = value or "center"
    value = value.strip().lower()
    return value if value in ALIGNMENTS else None


def _styles(attributes: dict[str, str]) -> dict[str, str]:
    pairs = (item.partition(":") for item in attributes.get("style", "").split(";"))
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _size(text: str) -> str:
    """Return a CSS length as docutils wants it, or an empty string."""
    match = LENGTH.fullmatch(text.strip())
    return f"{match[1]}{match[2] or 'px'}" if match else ""
