"""Code and formulas out of a page's HTML, as plain as feed readers need them."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TEX_DELIMITERS = re.compile(r"\A\s*(?:\\\(|\\\[|\$\$)(.*?)(?:\\\)|\\\]|\$\$)\s*\Z", re.DOTALL)
LANGUAGE = re.compile(r"highlight-([\w+#.-]+)")
NUMBER = "*[contains(concat(' ', @class, ' '), ' linenos ')]"
NUMBERED = etree.XPath(f"boolean(descendant::{NUMBER} | ancestor-or-self::{NUMBER})")
"""Whether a block has line numbers, or stands among such."""
UNNUMBERED = etree.XPath(f".//text()[not(ancestor::{NUMBER})]")
TEXT = etree.XPath("string()")
NO_LANGUAGE = frozenset({"default", "none"})
"""What Sphinx calls a block whose language nobody named."""


def in_line(element: Element) -> bool:
    """Return whether *element* stands in a paragraph, where no block may."""
    return next(element.iterancestors("p", "h2", "h3", "h4", "h5", "h6"), None) is not None


def language_of(element: Element) -> str:
    """Return the language of a highlighted block as its page says it."""
    found = LANGUAGE.search(element.get("class") or "")
    return found.group(1) if found and found.group(1) not in NO_LANGUAGE else ""


def code(text: str, language: str) -> str:
    """Return a block of code."""
    attribute = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{attribute}>{escape(text, quote=False)}</code></pre>"


def plain_code(block: Element) -> str:
    """Return the text of a code block without its line numbers."""
    if not NUMBERED(block):
        return str(TEXT(block)).rstrip("\n")
    return "".join(UNNUMBERED(block)).rstrip("\n")


def tex_source(element: Element) -> str:
    """Return the TeX that *element* was made from, as far as the page still tells."""
    for annotation in element.iter("annotation"):
        if annotation.get("encoding") == "application/x-tex" and annotation.text:
            return annotation.text.strip()
    for image in element.iter("img"):
        if image.get("alt"):
            return str(image.get("alt"))
    text = "".join(element.itertext())
    found = TEX_DELIMITERS.match(text)
    return (found.group(1) if found else text).strip()
