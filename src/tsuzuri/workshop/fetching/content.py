"""What came: an image, told from its bytes, or a page that says what it is about."""

from __future__ import annotations

import codecs
import io
import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from PIL import Image, UnidentifiedImageError

from tsuzuri.workshop.fetching.address import CONTROL, RefusedError
from tsuzuri.writing.pictures import FORMATS, MAX_PIXELS
from tsuzuri.writing.svg import SvgError, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tsuzuri.workshop.fetching.download import Download

SUFFIXES = {
    "PNG": ".png", "JPEG": ".jpg", "MPO": ".jpg", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif",
    "BMP": ".bmp", "ICO": ".ico",
}  # fmt: skip
TYPES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
    ".avif": "image/avif", ".bmp": "image/bmp", ".ico": "image/x-icon", ".svg": "image/svg+xml",
}  # fmt: skip
MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE|svg)", re.IGNORECASE)
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
PAGES = ("text/html", "application/xhtml+xml")
HEAD_BYTES = 4096
TITLE_LENGTH, DESCRIPTION_LENGTH = 200, 300


def image_of(data: bytes) -> tuple[bytes, str]:
    """Return the image that *data* is, made harmless, and its suffix; raise for anything else."""
    if MARKUP.match(data):
        try:
            return clean(data)[0], ".svg"
        except (SvgError, OSError, EOFError) as error:
            raise RefusedError(f"it is no image: {error}") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise RefusedError(f"{image.width} × {image.height} pixels are too many")
        image.load()
    except UnidentifiedImageError as error:
        raise RefusedError("it is no image of a format that browsers show") from error
    except Image.DecompressionBombError as error:
        raise RefusedError("it has too many pixels") from error
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        ArithmeticError,
        LookupError,
        TypeError,
    ) as error:
        raise RefusedError(f"the image is broken: {error}") from error
    return data, SUFFIXES[image.format or ""]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself."""

    title: str = ""
    description: str = ""
    site: str = ""
    image: str = ""
    """Absolute URL."""


def page_facts(page: Download) -> PageFacts:
    """Return what the HTML *page* says of itself; raise when it is none, or says nothing."""
    kind = page.content_type.partition(";")[0].strip().lower()
    if kind and kind not in PAGES:
        raise RefusedError(f"it is {kind}, not a page")
    root = parsed(page)
    said = dict(reversed(list(metas(root))))
    title = first(said, "og:title", "twitter:title") or plain(root.findtext(".//title") or "")
    if not title:
        raise RefusedError("the page has no title")
    image = first(said, "og:image:secure_url", "og:image", "og:image:url", "twitter:image")
    return PageFacts(
        title[:TITLE_LENGTH],
        first(said, "og:description", "twitter:description", "description")[:DESCRIPTION_LENGTH],
        first(said, "og:site_name")[:TITLE_LENGTH],
        absolute(image, page.url),
    )


def parsed(page: Download) -> html.HtmlElement:
    """Return the tree of *page*, decoded as its server, or else it itself, says."""
    text = decoded(page).replace("\0", "")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise RefusedError("the page is empty") from error


def decoded(page: Download) -> str:
    """Return the text of *page* in the encoding that is said; in UTF-8 when it is none of text."""
    head = page.data[:HEAD_BYTES].decode("ascii", "replace")
    for said in (CHARSET.search(page.content_type), CHARSET.search(head)):
        if said:
            try:
                name = codecs.lookup(said[1]).name
                # Windows writes its own characters into what it calls Shift_JIS
                return page.data.decode("cp932" if name == "shift_jis" else name, "replace")
            except (LookupError, UnicodeError):  # as zlib and idna
                continue
    return page.data.decode("utf-8", "replace")


def metas(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield name and content of each ``<meta>``."""
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        content = plain(meta.get("content") or "")
        if name and content:
            yield name, content


def first(said: dict[str, str], *names: str) -> str:
    """Return what is said under the first of *names* that says anything."""
    return next((said[name] for name in names if said.get(name)), "")


def plain(text: str) -> str:
    """Return *text* on one line, without control characters."""
    return " ".join(CONTROL.sub(" ", text).split())


def absolute(address: str, base: str) -> str:
    """Return *address*, found on the page at *base*, in full; nothing when it is no web address."""
    try:
        url = urljoin(base, address) if address else ""
        return url if urlsplit(url).scheme in {"http", "https"} else ""
    except ValueError:
        return ""
