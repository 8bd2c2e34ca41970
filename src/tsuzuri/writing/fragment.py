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
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import html

from tsuzuri.writing.fragment_parts import code, in_line, language_of, plain_code, tex_source
from tsuzuri.writing.site import writable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    return "".join(_Cleaner(page_url).inside(root)).strip()


class _Cleaner:
    """Writes the elements of one page out again; each method yields pieces of HTML."""

    def __init__(self, page_url: str) -> None:
        self.page_url = page_url
        self.special: dict[str, Callable[[HtmlElement], Iterator[str]]] = {
            "a": self.link,
            "iframe": self.embedded,
            "object": self.embedded,
            "embed": self.embedded,
            "img": self.image,
            "math": self.mathml,
            "picture": self.picture,
        }

    def inside(self, element: HtmlElement) -> Iterator[str]:
        """Yield what *element* contains."""
        if element.text:
            yield escape(element.text, quote=False)
        for child in element:
            if isinstance(child.tag, str):
                yield from self.element(child)
            if child.tail:
                yield escape(child.tail, quote=False)

    def element(self, element: HtmlElement) -> Iterator[str]:
        """Yield *element* as a feed reader should see it."""
        tag = str(element.tag).lower()
        classes = set((element.get("class") or "").split())
        if tag in DROPPED or classes & DROPPED_CLASSES:
            return
        if classes & FORMULAS and tag in {"div", "span"}:
            yield from self.formula(element, block=tag == "div" or "katex-display" in classes)
        elif any(name.startswith("highlight-") for name in classes):
            yield from self.code_block(element)
        elif "highlight" in classes or tag == "pre":
            yield from code(plain_code(element), "")
        elif "admonition" in classes:
            yield from self.wrapped("blockquote", element)
        elif classes & {"admonition-title", "sd-tab-label", "code-block-caption"}:
            yield f"<p><strong>{''.join(self.inside(element)).strip()}</strong></p>"
        elif tag in self.special:
            yield from self.special[tag](element)
        else:
            yield from self.plain(tag, element)

    def plain(self, tag: str, element: HtmlElement) -> Iterator[str]:
        """Yield an element that has no rule of its own: kept, or only its content."""
        attributes = self.attributes(tag, element)
        if tag not in KEPT:
            if not attributes:
                yield from self.inside(element)
                return
            tag = "span"  # it says the language or direction of its text
        if tag in VOID:
            yield f"<{tag}{attributes}>"
        else:
            yield f"<{tag}{attributes}>"
            yield from self.inside(element)
            yield f"</{tag}>"

    def wrapped(self, tag: str, element: HtmlElement) -> Iterator[str]:
        """Yield the content of *element* as a *tag*."""
        yield f"<{tag}>"
        yield from self.inside(element)
        yield f"</{tag}>"

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

    def link(self, element: HtmlElement) -> Iterator[str]:
        """Yield a link; only its text when it leads nowhere that a reader can follow."""
        inside = "".join(self.inside(element))
        if self.address(element.get("href") or "") is None:
            yield inside
        elif inside.strip():
            yield f"<a{self.attributes('a', element)}>{inside}</a>"

    def image(self, element: HtmlElement) -> Iterator[str]:
        """Yield an image that has an address, always with an alternative text."""
        if self.address(element.get("src") or "", media=True) is not None:
            alt = "" if element.get("alt") is not None else ' alt=""'
            yield f"<img{self.attributes('img', element)}{alt}>"

    def picture(self, element: HtmlElement) -> Iterator[str]:
        """Yield the plain image of several offered ones."""
        for image in element.iter("img"):
            yield from self.image(image)

    def embedded(self, element: HtmlElement) -> Iterator[str]:
        """Yield a link to what the page embeds."""
        address = self.address(element.get("src") or element.get("data") or "")
        if address:
            label = element.get("title") or element.get("aria-label") or address
            link = f'<a href="{escape(address)}">{escape(label, quote=False)}</a>'
            yield link if in_line(element) else f"<p>{link}</p>"

    def formula(self, element: HtmlElement, *, block: bool) -> Iterator[str]:
        """Yield a formula as its source, the one form that every reader shows."""
        source = tex_source(element)
        written = f"<code>{escape(source, quote=False)}</code>"
        yield f"<p>{written}</p>" if block and not in_line(element) else written

    def mathml(self, element: HtmlElement) -> Iterator[str]:
        """Yield a formula that the page shows as MathML."""
        yield from self.formula(element, block=element.get("display") == "block")

    def code_block(self, element: HtmlElement) -> Iterator[str]:
        """Yield a code block with its language, and its caption before it."""
        for caption in element.xpath(".//*[contains(@class, 'code-block-caption')]"):
            text = "".join(self.inside(caption)).strip()
            yield f"<p><strong>{text}</strong></p>"
        language = language_of(element)
        blocks = element.xpath(".//pre[not(ancestor::*[contains(@class, 'linenos')])]")
        for block in blocks or [element]:
            yield from code(plain_code(block), language)
