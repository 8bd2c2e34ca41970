"""Images that a writer put in HTML become real image nodes.

``<p align="center"><img src="a.png" width="50%"></p>`` and its kin (``div``, ``center``,
``figure``, a bare ``img``, links around them) are what writers use where Markdown has no size
or alignment.  As raw HTML a local file would never be copied and nothing would reach PDF or
EPUB.  A fragment that holds anything else is not ours: :func:`html_images` returns None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTAINERS = frozenset({"p", "div", "center", "figure", "a", "figcaption", "picture"})
VOID = frozenset({"img", "br", "source"})
ALIGNMENTS = frozenset({"left", "center", "right"})
LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(px|%|em|rem|vw|cm|mm|in|pt)?")
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


class _Tree(HTMLParser):
    """Builds the tree of a fragment; gives up at what can't be an image's surroundings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]
        self.foreign = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (tag not in CONTAINERS and tag not in VOID) or len(self.open) > 8:  # noqa: PLR2004 - deeper is no image
            self.foreign = True
            return
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open[-1].name == tag and len(self.open) > 1:
            self.open.pop()
        else:
            self.foreign = True

    def handle_data(self, data: str) -> None:
        in_caption = self.open[-1].name == "figcaption"
        if in_caption:
            self.open[-1].children.append(data)
        elif data.strip():
            self.foreign = True

    def handle_decl(self, decl: str) -> None:
        self.foreign = bool(decl) or self.foreign

    def handle_pi(self, data: str) -> None:
        self.foreign = bool(data) or self.foreign


def parse_fragment(text: str) -> Element | None:
    """Return the tree of an HTML fragment of images and what may surround them, or None."""
    tree = _Tree()
    tree.feed(text)
    tree.close()
    if tree.foreign or tree.open != [tree.root]:
        return None
    return tree.root if any(item.name == "img" for item in tree.root.walk()) else None


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
