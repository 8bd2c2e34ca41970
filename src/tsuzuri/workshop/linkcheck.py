"""Check a built site: every address on every page leads to a file, and to an id that is there.

``python -m tsuzuri.workshop.linkcheck _build/html`` looks at what readers get, after everything
that makes it, and opens no socket: addresses of other sites are left alone.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Iterator

ATTRIBUTES = ("href", "src", "poster")
SITE = "https://site.invalid/"
"""Stands for the address of a site that does not say it."""


@dataclass(slots=True)
class Page:
    """What one page has and points at."""

    ids: set[str] = field(default_factory=set)
    links: dict[str, int] = field(default_factory=dict)
    """Address to the line on which it stands first."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One address that leads nowhere."""

    page: str
    line: int
    address: str
    reason: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.address}: {self.reason}"


def read_page(text: bytes) -> Page:
    """Return the ids and the addresses of a page."""
    page = Page()
    for element in parsed(text).iter(etree.Element):
        page.ids.update(
            value for name in ("id", "name") if (value := element.get(name)) is not None
        )
        for address in addresses(element):
            page.links.setdefault(address.strip(), element.sourceline or 0)
    return page


def parsed(text: bytes) -> html.HtmlElement:
    """Return a page as a tree."""
    return html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8"))


def own_address(root: Path) -> str:
    """Return the site's address, which its front page says, or a stand-in."""
    front = root / "index.html"
    said = parsed(front.read_bytes()).xpath("//link[@rel='canonical']/@href")
    return f"{said[0].removesuffix('index.html').rstrip('/')}/" if said else SITE


def addresses(element: html.HtmlElement) -> Iterator[str]:
    """Yield what *element* points at, the candidates of a ``srcset`` too."""
    for name in ATTRIBUTES:
        if (address := element.get(name)) is not None:
            yield address
    for candidate in (element.get("srcset") or "").split(","):
        if candidate.strip():
            yield candidate.split()[0]


def read_site(root: Path) -> dict[str, Page]:
    """Return all pages below *root* by their paths."""
    return {
        path.relative_to(root).as_posix(): read_page(path.read_bytes())
        for path in sorted(root.rglob("*.html"))
        if path.stat().st_size and "_static" not in path.parts  # templates of the theme
    }


def target_of(page: str, address: str, base: str = SITE) -> tuple[str, str] | None:
    """Return path and id that *address*, on *page*, means on the site at *base*, or None elsewhere.

    >>> target_of("posts/a.html", "../b.html#%E8%A6%8B")
    ('b.html', '見')
    >>> target_of("posts/a.html", "https://blog.example/c/", "https://blog.example/")
    ('c/index.html', '')
    >>> target_of("404.html", "/ja/a.html", "https://blog.example/ja/")
    ('a.html', '')
    >>> target_of("a.html", "https://other.example/") is None
    True
    """
    url = urljoin(base + page, address)
    if not url.startswith(base):
        return None
    parts = urlsplit(url[len(base) :])
    path = unquote(parts.path)
    file = f"{path}index.html" if not path or path.endswith("/") else path
    return (file, unquote(parts.fragment))


def broken_links(root: Path, base: str = SITE) -> Iterator[Broken]:
    """Yield each address of the site at *root* that leads nowhere; *base* is the site's own."""
    pages = read_site(root)
    for name, page in pages.items():
        for address, line in page.links.items():
            target = target_of(name, address, base)
            if target is None:
                continue
            path, anchor = target
            if not (root / path).is_file():
                yield Broken(name, line, address, "there is no such file")
            elif anchor and path in pages and anchor not in pages[path].ids:
                yield Broken(name, line, address, f"the page has no id {anchor!r}")


def main() -> None:
    """Check the site in the folder that the first argument names."""
    root = Path(sys.argv[1])
    found = list(broken_links(root, own_address(root)))
    for item in found:
        print(item)  # noqa: T201 - its output
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
