"""Text that has nothing to escape, handed on as it is.

docutils looks for backslash escapes in every text by splitting and joining it three times, and
escapes HTML by ``str.translate``, which asks a dictionary for every character that is not ASCII:
for most of a Japanese text (1 of 35 ms a post).
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.nodes import Text

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


SHORTCUTS = (
    Shortcut("docutils", ">=0.22,<0.23", "docutils.nodes", "Text.astext", plain_text),
    Shortcut("docutils", ">=0.22,<0.23", "docutils.writers._html_base", "HTMLTranslator.encode",
             replaced_text),
)  # fmt: skip
