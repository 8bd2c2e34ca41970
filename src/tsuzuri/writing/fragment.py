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
from functools import partial
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import html

from tsuzuri.writing.fragment_parts import code, in_line, language_of, plain_code, tex_source
from tsuzuri.writing.site import writable

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

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
DATA_IMAGE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+\Z")


def clean_fragment(fragment: str, page_url: str) -> str:
    """Return *fragment*, HTML of the page at *page_url*, for readers elsewhere."""
    text = writable(fragment)
    if not text.strip():
        return ""
    root = html.fragment_fromstring(text, create_parent="div")
    return _Cleaner(page_url).inside(root).strip()


class _Cleaner:
    """Writes the elements of one page out again; each method returns HTML."""

    def __init__(self, page_url: str) -> None:
        self.page_url = page_url
        self.special: dict[str, Callable[[HtmlElement], str]] = {
            "a": self.link,
            "iframe": self.embedded,
            "object": self.embedded,
            "embed": self.embedded,
            "img": self.image,
            "math": self.mathml,
            "picture": self.picture,
            "pre": self.code,
        }

    def inside(self, element: HtmlElement) -> str:
        """Return what *element* contains."""
        parts = [escape(element.text, quote=False)] if element.text else []
        for child in element:
            if isinstance(child.tag, str):
                parts.append(self.element(child))
            if child.tail:
                parts.append(escape(child.tail, quote=False))
        return "".join(parts)

    def element(self, element: HtmlElement) -> str:
        """Return *element* as a feed reader should see it."""
        tag = str(element.tag).lower()
        classes = frozenset((element.get("class") or "").split())
        if tag in DROPPED or classes & DROPPED_CLASSES:
            return ""
        write = (self.by_class(tag, classes) if classes else None) or self.special.get(tag)
        return write(element) if write else self.plain(tag, element)

    def by_class(self, tag: str, classes: frozenset[str]) -> Callable[[HtmlElement], str] | None:
        """Return what writes an element that is known by its *classes*."""
        if classes & FORMULAS and tag in {"div", "span"}:
            return partial(self.formula, block=tag == "div" or "katex-display" in classes)
        if any(name.startswith("highlight-") for name in classes):
            return self.code_block
        if "highlight" in classes:
            return self.code
        if "admonition" in classes:
            return lambda element: f"<blockquote>{self.inside(element)}</blockquote>"
        if classes & {"admonition-title", "sd-tab-label", "code-block-caption"}:
            return self.title
        return None

    def title(self, element: HtmlElement) -> str:
        """Return the title of a block as a bold paragraph."""
        return f"<p><strong>{self.inside(element).strip()}</strong></p>"

    def code(self, element: HtmlElement) -> str:
        """Return code without its language."""
        return code(plain_code(element), "")

    def plain(self, tag: str, element: HtmlElement) -> str:
        """Return an element that has no rule of its own: kept, or only its content."""
        attributes = self.attributes(tag, element)
        if tag not in KEPT:
            if not attributes:
                return self.inside(element)
            tag = "span"  # it says the language or direction of its text
        if tag in VOID:
            return f"<{tag}{attributes}>"
        return f"<{tag}{attributes}>{self.inside(element)}</{tag}>"

    def attributes(self, tag: str, element: HtmlElement) -> str:
        """Return the attributes of *element* that are kept, as HTML."""
        kept = KEPT.get(tag, frozenset())
        written = []
        for name, value in element.items():
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
        try:
            absolute = urljoin(self.page_url, value)
            scheme = urlsplit(absolute).scheme.lower()
        except ValueError:  # such as "http://[": the page has it, a feed need not
            return None
        return absolute if scheme in (MEDIA_SCHEMES if media else LINK_SCHEMES) else None

    def link(self, element: HtmlElement) -> str:
        """Return a link; only its text when it leads nowhere that a reader can follow."""
        inside = self.inside(element)
        if self.address(element.get("href") or "") is None:
            return inside
        return f"<a{self.attributes('a', element)}>{inside}</a>" if inside.strip() else ""

    def image(self, element: HtmlElement) -> str:
        """Return an image that has an address, always with an alternative text."""
        if self.address(element.get("src") or "", media=True) is None:
            return ""
        alt = "" if element.get("alt") is not None else ' alt=""'
        return f"<img{self.attributes('img', element)}{alt}>"

    def picture(self, element: HtmlElement) -> str:
        """Return the plain image of several offered ones."""
        return "".join(self.image(image) for image in element.iter("img"))

    def embedded(self, element: HtmlElement) -> str:
        """Return a link to what the page embeds."""
        address = self.address(element.get("src") or element.get("data") or "")
        if not address:
            return ""
        label = element.get("title") or element.get("aria-label") or address
        link = f'<a href="{escape(address)}">{escape(label, quote=False)}</a>'
        return link if in_line(element) else f"<p>{link}</p>"

    def formula(self, element: HtmlElement, *, block: bool) -> str:
        """Return a formula as its source, the one form that every reader shows."""
        source = tex_source(element)
        written = f"<code>{escape(source, quote=False)}</code>"
        return f"<p>{written}</p>" if block and not in_line(element) else written

    def mathml(self, element: HtmlElement) -> str:
        """Return a formula that the page shows as MathML."""
        return self.formula(element, block=element.get("display") == "block")

    def code_block(self, element: HtmlElement) -> str:
        """Return a code block with its language, and its caption before it."""
        captions = element.xpath(".//*[contains(@class, 'code-block-caption')]")
        language = language_of(element)
        blocks = element.xpath(".//pre[not(ancestor::*[contains(@class, 'linenos')])]")
        parts = [self.title(caption) for caption in captions]
        parts += [code(plain_code(block), language) for block in blocks or [element]]
        return "".join(parts)
