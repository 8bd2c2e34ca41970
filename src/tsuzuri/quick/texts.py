"""Text that has nothing to escape, and elements without attributes, handed on as they are.

docutils looks for backslash escapes in every text by splitting and joining it three times, and
escapes HTML by ``str.translate``, which asks a dictionary for every character that is not ASCII:
for most of a Japanese text (1 of 35 ms a post).
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from docutils.nodes import image, raw, term

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.nodes import Element, Text

ESCAPE = "\0"
"""docutils' mark before a character that was written after a backslash."""
SPECIAL = {"&": "&amp;", "<": "&lt;", '"': "&quot;", ">": "&gt;", "@": "&#64;"}
"""What docutils escapes in HTML; the ampersand, which stands in what it writes, is the first."""
SPECIAL_CODES = {ord(char): entity for char, entity in SPECIAL.items()}


def plain_text(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``Text.astext``."""

    def astext(self: Text) -> str:
        return str(own(self)) if ESCAPE in self else str(self)

    return astext


def replaced_text(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``HTMLTranslator.encode``."""

    @wraps(own)
    def encode(self: Any, text: object) -> str:
        if self.special_characters != SPECIAL_CODES:
            return str(own(self, text))
        escaped = str(text)
        for char, entity in SPECIAL.items():
            if char in escaped:
                escaped = escaped.replace(char, entity)
        return escaped

    return encode


def text_of_words(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``clean_astext``, which need not copy a title without images and HTML."""

    def clean_astext(node: Element) -> str:
        if any(isinstance(part, image | raw) for part in node.findall()):
            return str(own(node))
        return node.astext()

    return clean_astext


def sources_of_some(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``apply_source_workaround``, which has nothing to do for most nodes."""

    def apply_source_workaround(node: Element) -> None:
        if not (node.source and node.rawsource) or isinstance(node, term):
            own(node)

    return apply_source_workaround


def bare_tag(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``HTMLTranslator.starttag`` for an element without attributes."""

    def starttag(
        self: Any, node: Any, tagname: str, suffix: str = "\n", empty: bool = False, **given: Any
    ) -> str:
        if given or empty or node.get("classes") or node.get("ids"):
            return str(own(self, node, tagname, suffix, empty, **given))
        return f"<{tagname.lower()}>{suffix}"

    return starttag


SHORTCUTS = (
    Shortcut("docutils", ">=0.22,<0.23", "docutils.nodes", "Text.astext", plain_text),
    Shortcut("docutils", ">=0.22,<0.23", "docutils.writers._html_base", "HTMLTranslator.encode",
             replaced_text),
    Shortcut("myst-parser", ">=5.2,<5.3", "myst_parser.mdit_to_docutils.base", "clean_astext",
             text_of_words),
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.transforms", "apply_source_workaround",
             sources_of_some),
    Shortcut("docutils", ">=0.22,<0.23", "docutils.writers._html_base", "HTMLTranslator.starttag",
             bare_tag),
)  # fmt: skip
