"""An article's HTML as a feed reader can show it.

A feed reader has none of the site's styles and scripts, shows the article at another address,
and drops or mangles what it does not know.  So an allow-list of elements and attributes is
kept, addresses become absolute, highlighted code becomes plain ``<pre><code>``, formulas become
their TeX source, admonitions become quotations, and everything that only serves the page
(permalinks, buttons, line numbers, tab inputs) goes.

:func:`clean_fragment` is the door: HTML and the page's address in, HTML out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import etree

from tsuzuri.writing.fragment_parts import code, in_line, language_of, plain_code, tex_source
from tsuzuri.writing.site import writable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BARE = (
    "p h2 h3 h4 h5 h6 ul dl dt dd blockquote pre code em strong b i u s del ins mark sub sup "
    "small kbd samp var cite br hr wbr figure figcaption table thead tbody tfoot tr caption "
    "colgroup ruby rb rt rp details summary div picture"
)
KEPT: dict[str, frozenset[str]] = {
    **dict.fromkeys(BARE.split(), frozenset()),
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "audio": frozenset({"src", "controls"}),
    "col": frozenset({"span"}),
    "img": frozenset({"src", "alt", "title", "width", "height"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "q": frozenset({"cite"}),
    "source": frozenset({"src", "type"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "video": frozenset({"src", "controls", "poster", "width", "height"}),
}
"""Elements that are kept, with the attributes that are (``lang`` and ``dir`` everywhere)."""

SERVING_THE_PAGE = (
    "script style template noscript button input select textarea form nav h1 svg canvas link meta "
    "head title base map area dialog"
)
DROPPED = frozenset(SERVING_THE_PAGE.split())
"""Elements that go with all they contain; any other unknown element gives way to its content."""

DROPPED_CLASSES = frozenset(
    {"headerlink", "backrefs", "linenos", "lineno", "only-dark", "tsuzuri-not-in-feed", "copybtn"}
)
FORMULAS = frozenset({"math", "katex", "katex-display"})
VOID = frozenset({"br", "hr", "wbr", "img", "col", "source"})
ADDRESSES = frozenset({"href", "src", "poster", "cite"})
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
MEDIA_SCHEMES = frozenset({"http", "https"})
BY_CLASS = {
    "highlight": "code",
    "admonition": "quotation",
    **dict.fromkeys(("admonition-title", "sd-tab-label", "code-block-caption"), "title"),
}
"""Classes whose elements have a method of their own."""
SPECIAL = {
    "a": "link",
    "iframe": "embedded",
    "object": "embedded",
    "embed": "embedded",
    "img": "image",
    "math": "mathml",
    "picture": "picture",
    "pre": "code",
}
"""Elements that have a method of their own."""
CAPTIONS = etree.XPath(".//*[contains(@class, 'code-block-caption')]")
BLOCKS = etree.XPath(".//pre[not(ancestor::*[contains(@class, 'linenos')])]")
DATA_IMAGE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+\Z")


def clean_fragment(fragment: str, page_url: str) -> str:
    """Return *fragment*, HTML of the page at *page_url*, for readers elsewhere."""
    text = writable(fragment)
    if not text.strip():
        return ""
    # a plain parser: those of lxml.html ask Python for the class of every element
    parser = etree.HTMLParser(encoding="utf-8", collect_ids=False)
    root = etree.fromstring(f"<html><body>{text}</body></html>".encode(), parser)
    return "".join(map(_Cleaner(page_url).inside, root.iter("body"))).strip()


@lru_cache(maxsize=4096)
def rule_of(tag: str, names: str) -> str:
    """Return the name of the :class:`_Cleaner`'s method for an element of the classes *names*."""
    classes = frozenset(names.split())
    if tag in DROPPED or classes & DROPPED_CLASSES:
        return "nothing"
    if classes & FORMULAS and tag in {"div", "span"}:
        return "formula_apart" if tag == "div" or "katex-display" in classes else "formula"
    if any(name.startswith("highlight-") for name in classes):
        return "code_block"
    found = (rule for name, rule in BY_CLASS.items() if name in classes)
    return next(found, SPECIAL.get(tag, "plain"))


@lru_cache(maxsize=1024)
def absolute(address: str, page_url: str, *, media: bool) -> str | None:
    """Return an *address* on the page at *page_url* made absolute; None when none should follow it.

    A link's is asked for twice in a row.
    """
    try:
        found = urljoin(page_url, address)
        scheme = urlsplit(found).scheme.lower()
    except ValueError:  # such as "http://[": the page has it, a feed need not
        return None
    return found if scheme in (MEDIA_SCHEMES if media else LINK_SCHEMES) else None


class _Cleaner:
    """Writes the elements of one page out again; each method returns HTML."""

    def __init__(self, page_url: str) -> None:
        self.page_url = page_url

    def inside(self, element: Element) -> str:
        """Return what *element* contains."""
        text = element.text
        parts = [escape(text, quote=False)] if text else []
        for child in element:
            tag = child.tag
            if isinstance(tag, str):
                write = getattr(self, rule_of(tag.lower(), child.get("class") or ""))
                parts.append(write(child))
            text = child.tail
            if text:
                parts.append(escape(text, quote=False))
        return "".join(parts)

    def nothing(self, _element: Element) -> str:
        """Return nothing, for what only serves the page."""
        return ""

    def quotation(self, element: Element) -> str:
        """Return an admonition as a quotation."""
        return f"<blockquote>{self.inside(element)}</blockquote>"

    def title(self, element: Element) -> str:
        """Return the title of a block as a bold paragraph."""
        return f"<p><strong>{self.inside(element).strip()}</strong></p>"

    def code(self, element: Element) -> str:
        """Return code without its language."""
        return code(plain_code(element), "")

    def plain(self, element: Element) -> str:
        """Return an element that has no rule of its own: kept, or only its content."""
        tag = str(element.tag).lower()
        attributes = self.attributes(tag, element)
        if tag not in KEPT:
            if not attributes:
                return self.inside(element)
            tag = "span"  # it says the language or direction of its text
        if tag in VOID:
            return f"<{tag}{attributes}>"
        return f"<{tag}{attributes}>{self.inside(element)}</{tag}>"

    def attributes(self, tag: str, element: Element) -> str:
        """Return the attributes of *element* that are kept, as HTML."""
        items = element.items()
        if not items:
            return ""
        kept = KEPT.get(tag, frozenset())
        written = []
        for name, value in items:
            if name in ADDRESSES and name in kept:
                address = self.address(value, media=name != "href")
                if address is not None:
                    written.append(f' {name}="{escape(address)}"')
            elif name in kept or name in {"lang", "dir"}:
                written.append(f' {name}="{escape(value)}"')
        return "".join(written)

    def address(self, value: str, *, media: bool = False) -> str | None:
        """Return *value* made absolute, or None when no reader should follow it."""
        value = value.strip()
        if media and DATA_IMAGE.match(value):
            return value
        return absolute(value, self.page_url, media=media)

    def link(self, element: Element) -> str:
        """Return a link; only its text when it leads nowhere that a reader can follow."""
        inside = self.inside(element)
        if self.address(element.get("href") or "") is None:
            return inside
        return f"<a{self.attributes('a', element)}>{inside}</a>" if inside.strip() else ""

    def image(self, element: Element) -> str:
        """Return an image that has an address, always with an alternative text."""
        if self.address(element.get("src") or "", media=True) is None:
            return ""
        alt = "" if element.get("alt") is not None else ' alt=""'
        return f"<img{self.attributes('img', element)}{alt}>"

    def picture(self, element: Element) -> str:
        """Return the plain image of several offered ones."""
        return "".join(self.image(image) for image in element.iter("img"))

    def embedded(self, element: Element) -> str:
        """Return a link to what the page embeds."""
        address = self.address(element.get("src") or element.get("data") or "")
        if not address:
            return ""
        label = element.get("title") or element.get("aria-label") or address
        link = f'<a href="{escape(address)}">{escape(label, quote=False)}</a>'
        return link if in_line(element) else f"<p>{link}</p>"

    def formula(self, element: Element) -> str:
        """Return a formula as its source, the one form that every reader shows."""
        return f"<code>{escape(tex_source(element), quote=False)}</code>"

    def formula_apart(self, element: Element) -> str:
        """Return a formula that stands in a line of its own."""
        written = self.formula(element)
        return written if in_line(element) else f"<p>{written}</p>"

    def mathml(self, element: Element) -> str:
        """Return a formula that the page shows as MathML."""
        apart = element.get("display") == "block"
        return self.formula_apart(element) if apart else self.formula(element)

    def code_block(self, element: Element) -> str:
        """Return a code block with its language, and its caption before it."""
        captions = CAPTIONS(element)
        language = language_of(element)
        blocks = BLOCKS(element)
        parts = [self.title(caption) for caption in captions]
        parts += [code(plain_code(block), language) for block in blocks or [element]]
        return "".join(parts)
