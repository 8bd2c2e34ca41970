"""SVG images that can do nothing but be looked at.

In an ``<img>`` a browser runs no script of an SVG, but opened by its own address it is a page
of the site.  So scripts, handlers and whatever loads from elsewhere are taken out, by a parser.
"""

from __future__ import annotations

import gzip
import io
import re

from lxml import etree

MAX_BYTES = 20_000_000
FORBIDDEN = frozenset(
    {
        "script", "handler", "listener", "iframe", "object", "embed", "applet", "base", "link",
        "meta", "form", "input", "button", "textarea", "select", "audio", "video", "source",
    }
)  # fmt: skip
"""Elements that are left out with all they hold."""
ANIMATIONS = frozenset({"set", "animate", "animatetransform", "animatemotion"})
LOADING = frozenset({"background", "data", "href", "poster", "src", "srcset"})
SAFE_LINK = re.compile(r"(?i)\s*(https?:|mailto:|#)")
INSIDE = re.compile(r"(?i)\s*(#|data:image/(png|jpe?g|gif|webp|avif)[;,])")
REMOTE_STYLE = re.compile(
    r"(?i)@import[^;]*;?|url\(\s*['\"]?\s*(?!['\"]?\s*(?:#|data:image/))[^)]*\)|expression\s*\("
    r"|(?:image-set|src)\([^)]*\)"
)
XML_CHARACTERS = (range(0x20, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000))
ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6}\s?|.)", re.DOTALL)
MAX_LENGTH = 1e6
"""In pixels; what is longer has none that a browser could show, as ``inf`` and ``nan``."""
LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|pt|pc|in|cm|mm)?\s*")
PIXELS = {"pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}


class SvgError(ValueError):
    """The file is no SVG that a browser could show."""


def clean(data: bytes) -> tuple[bytes, tuple[int, int] | None]:
    """Return the SVG *data* without anything that acts, and its size in pixels if it has one."""
    if data[:2] == b"\x1f\x8b":
        with gzip.open(io.BytesIO(data)) as file:
            data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SvgError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True,
        remove_comments=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SvgError(str(error)) from error
    if local(root) != "svg":
        raise SvgError(f"its root is <{local(root)}>")
    for element in list(root.iter()):
        if any(str(name).count("}") > 1 for name in (element.tag, *element.attrib)):
            raise SvgError("a namespace of it has a bracket")  # which lxml can't find again
        if not isinstance(element.tag, str):
            drop(element)  # an entity, which the parser did not resolve
        elif local(element) in FORBIDDEN or animates_link(element) or is_unexplained(element.tag):
            drop(element)
        else:
            clean_attributes(element)
            if local(element) == "path" and element.get("d") is None:
                element.set("d", "M0 0")  # a letter without a line, which books insist on
            if local(element) == "style":
                style = "".join([element.text or "", *(child.tail or "" for child in element)])
                del element[:]
                element.text = clean_style(style)
    return etree.tostring(root, encoding="utf-8"), size_of(root)


def local(element: etree._Element) -> str:
    """Return an element's name without namespace, in lower case."""
    return local_name(str(element.tag))


def local_name(name: str) -> str:
    """Return a name without namespace; lxml leaves a prefix in it that the file does not explain.

    >>> local_name("{http://www.w3.org/1999/xlink}href"), local_name("xlink:HREF")
    ('href', 'href')
    """
    return name.rpartition("}")[2].rpartition(":")[2].lower()


def is_unexplained(name: str) -> bool:
    """Tell whether *name* has a prefix that the file does not explain: browsers refuse the file."""
    return not name.startswith("{") and ":" in name


def drop(element: etree._Element) -> None:
    """Take *element* out and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def animates_link(element: etree._Element) -> bool:
    """Say whether *element* would turn a link or a handler into another."""
    if local(element) not in ANIMATIONS:
        return False
    name = (element.get("attributeName") or "").split(":")[-1].lower()
    return name in LOADING or name.startswith("on")


def clean_attributes(element: etree._Element) -> None:
    """Take handlers, and addresses that load or run something, from *element*."""
    safe = SAFE_LINK if local(element) == "a" else INSIDE
    for key, value in list(element.attrib.items()):
        name = local_name(key)
        if (
            is_unexplained(key)
            or name.startswith("on")
            or name in {"srcdoc", "action", "formaction", "ping"}
            or (name in LOADING and not safe.match(value))
        ):
            del element.attrib[key]
        elif REMOTE_STYLE.search(unescaped(value)):
            element.attrib[key] = clean_style(value)


def clean_style(text: str) -> str:
    """Return CSS without what it would load from elsewhere."""
    return REMOTE_STYLE.sub("", unescaped(text))


def unescaped(css: str) -> str:
    r"""Return *css* with its escapes (``\75 rl(``) read, which could hide a loading function."""
    if "\\" not in css:
        return css

    def character(match: re.Match[str]) -> str:
        try:
            code = int(match[1], 16)
        except ValueError:
            return match[1]
        return chr(code) if any(code in span for span in XML_CHARACTERS) else ""

    return ESCAPE.sub(character, css)


def size_of(root: etree._Element) -> tuple[int, int] | None:
    """Return width and height in pixels, from the attributes or else the view box."""
    width, height = (pixels(root.get(name, "")) for name in ("width", "height"))
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        _left, _top, box_width, box_height = map(float, box)
    except ValueError:
        return (round(width), round(height)) if width and height else None
    if not (0 < box_width < MAX_LENGTH and 0 < box_height < MAX_LENGTH):
        return None
    if width and not height:
        height = width * box_height / box_width
    elif height and not width:
        width = height * box_width / box_height
    return round(width or box_width), round(height or box_height)


def pixels(length: str) -> float:
    """Return a CSS *length* in pixels; 0 when it depends on its surroundings."""
    match = LENGTH.fullmatch(length)
    found = float(match[1]) * PIXELS.get(match[2] or "", 1) if match else 0
    return found if found < MAX_LENGTH else 0
