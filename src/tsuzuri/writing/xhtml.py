"""HTML as XML: what writers put into Markdown is seldom well-formed, and e-book readers insist."""

from __future__ import annotations

import re
from html import escape, unescape
from html.entities import html5
from html.parser import HTMLParser

from lxml import etree

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr"}
)  # fmt: skip
NAME = re.compile(r"</?([^\s/>]+)")
ATTRIBUTE = re.compile(r"""([^\s=/>"'<]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
XML_NAME = re.compile(r"[A-Za-z_][\w.-]*")
PREFIXED = re.compile(r"(?:(?:xml|xmlns|epub):)?[A-Za-z_][\w.-]*")
NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def well_formed(text: str) -> str:
    """Return *text*, a page, as XML; one that is XML already is returned as it is."""
    try:
        etree.fromstring(text.encode("utf-8", "replace"))
    except etree.XMLSyntaxError:
        writer = _Writer()
        writer.feed(NO_XML.sub("", text))
        writer.close()
        return writer.text()
    return text


class _Writer(HTMLParser):
    """Writes what it reads, with every element closed and every attribute quoted.

    Names keep their case, which SVG and MathML depend on; comments, which nobody reads in a
    book, are left out.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self.open: list[str] = []

    def text(self) -> str:
        """Return what was written."""
        return "".join([*self.parts, *(f"</{name}>" for name in reversed(self.open))])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        name, attributes = self.tag()
        if not XML_NAME.fullmatch(name):
            self.handle_data(self.get_starttag_text() or "")
        elif tag in VOID:
            self.parts.append(f"<{name}{attributes} />")
        else:
            self.parts.append(f"<{name}{attributes}>")
            self.open.append(name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs
        name, attributes = self.tag()
        if XML_NAME.fullmatch(name):
            self.parts.append(f"<{name}{attributes} />")
        else:
            self.handle_data(self.get_starttag_text() or "")

    def tag(self) -> tuple[str, str]:
        """Return name and attributes of the tag just read."""
        raw = self.get_starttag_text() or ""
        found = NAME.match(raw)
        name = found[1] if found else "span"
        seen: dict[str, str] = {}
        for match in ATTRIBUTE.finditer(raw, found.end() if found else 0):
            # SVG 2 has the same attributes without the prefix, which may not be declared
            key = match[1].removeprefix("xlink:")
            if PREFIXED.fullmatch(key) and key not in seen:
                value = key if match[2] is None else match[2].strip("\"'")
                seen[key] = escape(NO_XML.sub("", unescape(value)))
        return name, "".join(f' {key}="{value}"' for key, value in seen.items())

    def handle_endtag(self, tag: str) -> None:
        lower = [name.lower() for name in self.open]
        if tag not in lower:
            return  # it closes nothing
        while self.open:
            name = self.open.pop()
            self.parts.append(f"</{name}>")
            if name.lower() == tag:
                return

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        if name in XML_ENTITIES:
            self.parts.append(f"&{name};")
        else:
            self.parts.append(html5.get(f"{name};", f"&amp;{name};"))

    def handle_charref(self, name: str) -> None:
        self.parts.append(escape(NO_XML.sub("", unescape(f"&#{name};")), quote=False))

    def handle_decl(self, decl: str) -> None:
        if not self.open and decl.lower().startswith("doctype"):
            self.parts.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        if not self.open and data.startswith("xml ") and data.endswith("?"):
            self.parts.append(f"<?{data}>")
