"""``sitemap.xml`` and ``robots.txt``: https://www.sitemaps.org/protocol.html."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from tsuzuri.writing.site import writable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LIMIT = 50_000
"""Addresses that one file may hold."""
FILE = "sitemap.xml"


@dataclass(frozen=True, slots=True)
class Address:
    """A page that search engines should know."""

    url: str
    changed: datetime | None = None
    """When its text last changed, where that is known."""


def sitemap(addresses: Iterable[Address], base: str, limit: int = LIMIT) -> dict[str, bytes]:
    """Return file name to content: one file, or an index and its parts when there are many."""
    ordered = sorted(addresses, key=lambda address: address.url)
    if len(ordered) <= limit:
        return {FILE: document("urlset", "url", ordered)}
    parts = list(split(ordered, limit))
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    whole = [Address(base + name, newest(part)) for name, part in zip(names, parts, strict=True)]
    files = {name: document("urlset", "url", part) for name, part in zip(names, parts, strict=True)}
    return files | {FILE: document("sitemapindex", "sitemap", whole)}


def split(addresses: Sequence[Address], size: int) -> Iterator[Sequence[Address]]:
    """Yield *addresses* in parts of at most *size*."""
    for start in range(0, len(addresses), size):
        yield addresses[start : start + size]


def newest(addresses: Iterable[Address]) -> datetime | None:
    """Return when the newest of *addresses* changed, if any says."""
    return max((item.changed for item in addresses if item.changed), default=None)


def document(root_tag: str, tag: str, addresses: Iterable[Address]) -> bytes:
    """Return one file."""
    root = etree.Element(root_tag, nsmap={None: NAMESPACE})
    for address in addresses:
        element = etree.SubElement(root, tag)
        etree.SubElement(element, "loc").text = writable(address.url)
        if address.changed:
            etree.SubElement(element, "lastmod").text = address.changed.isoformat()
    etree.indent(root, " ")
    return etree.tostring(root, xml_declaration=True, encoding="utf-8") + b"\n"


def robots(base: str) -> str:
    """Return ``robots.txt``: everything may be read, and here is what there is."""
    return f"User-agent: *\nDisallow:\n\nSitemap: {base}{FILE}\n"
