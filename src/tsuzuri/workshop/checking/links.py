"""Links and images that lead nowhere."""

from __future__ import annotations

import posixpath
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tsuzuri.posts.dead_links import finding_of
from tsuzuri.posts.model import Post
from tsuzuri.posts.references import (
    Addresses,
    Directory,
    Found,
    Reference,
    Unknown,
    lists_of,
    without_suffix,
)
from tsuzuri.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tsuzuri.posts.references import Answer, Kind
    from tsuzuri.problems import Finding
    from tsuzuri.workshop.checking.pages import Page, Pages
    from tsuzuri.workshop.checking.scan import Target
    from tsuzuri.workshop.site import Site

LARGEST_BYTES = 1_000_000
LARGEST_PIXELS = 4096
PAGE_SUFFIXES = ("", ".html", ".htm", ".md", ".mdx", ".markdown", ".rst")
ROLES: dict[str, Kind] = {
    "post": "name", "wiki": "name", "doc": "document", "tag": "tag", "category": "category",
    "author": "author", "series": "series",
}  # fmt: skip


def directory_of(pages: Pages, site: Site, now: datetime) -> Directory:
    """Return everything in *pages* that can be pointed at."""
    posts, drafts = {}, {}
    for page in pages.posts:
        front_matter, opens = page.front_matter, page.front_matter.visible_from
        hidden = opens is None or opens > now
        if page.reading.held_back or front_matter.draft or hidden:
            drafts[page.docname] = (page.slug, page.title)
            continue
        posts[page.docname] = Post(
            docname=page.docname, slug=page.slug, title=page.title, date=opens or now,
            updated=None, description="", summary="", tags=front_matter.tags,
            categories=front_matter.categories, authors=front_matter.authors,
            series=front_matter.series, aliases=front_matter.aliases,
        )  # fmt: skip
    base = str(site.conf.get("blog_baseurl", "") or "")
    return Directory(
        posts=posts,
        documents={page.docname: page.title for page in pages.pages if page.docname not in drafts},
        anchors={page.docname: dict.fromkeys(page.anchors(), "") for page in pages.pages},
        drafts=drafts,
        lists=lists_of(posts.values(), str(site.conf.get("blog_path", "blog"))),
        addresses=Addresses(
            f"{base.rstrip('/')}/" if base else "", tuple(site.settings.former_urls)
        ),
    )


def check_links(page: Page, pages: Pages, directory: Directory) -> Iterator[Finding]:
    """Yield the links of *page* that lead nowhere, quoted as they are written."""
    for link in page.marks.links:
        reference = reference_of(link, page, pages.root, directory.addresses)
        if reference is None:
            continue
        written = replace(reference, target=link.address.partition("#")[0])
        if is_page(reference.target) or link.role:
            answer = answer_to(reference, page, pages, directory)
            if not isinstance(answer, Found):
                yield finding_of(written, answer, page.path)
        else:
            message = f"the link {written.target!r} is dead: there is no such file"
            yield page.finding(Problem.DEAD_LINK, message, "correct the link", link.line)


def answer_to(reference: Reference, page: Page, pages: Pages, directory: Directory) -> Answer:
    """Return what *reference*, made on *page*, means; a name of any place of the site counts."""
    anchor = unicodedata.normalize("NFC", reference.anchor)
    if reference.target:
        answer = directory.answer(replace(reference, anchor=anchor), page.docname)
        named = isinstance(answer, Unknown) and answer.anchor.lower() in pages.targets
        return Found(page.docname) if named else answer
    known = directory.anchors.get(page.docname, {})
    if anchor in known or anchor.lower() in pages.targets:
        return Found(page.docname)
    named_post = directory.by_name(anchor)
    if isinstance(named_post, Unknown):
        return Unknown(directory.nearest(anchor, known), anchor=anchor)
    return named_post


def reference_of(link: Target, page: Page, root: Path, addresses: Addresses) -> Reference | None:
    """Return what *link* refers to; None for what is not ours to check, or is a file."""
    address = link.address.strip()
    path, _, anchor = address.partition("#")
    if link.role in ROLES:
        return Reference(ROLES[link.role], path, unquote(anchor), line=link.line)
    scheme = urlsplit(address).scheme if ":" in address else ""
    if scheme in {"path", "project"}:
        path, scheme = path.removeprefix(f"{scheme}:"), ""
    own = addresses.own_path(address) is not None or addresses.former_slug(address) is not None
    if own and (scheme or path.startswith("/")):
        if not is_page(path) or (root / unquote(path).lstrip("/")).is_file():
            return None
        return Reference("address", path, unquote(anchor), line=link.line)
    if scheme or address.startswith("//") or not address:
        return None
    return relative_reference(path, unquote(anchor), link.line, page, root)


def relative_reference(
    path: str, anchor: str, line: int, page: Page, root: Path
) -> Reference | None:
    """Return what a *path* without a host refers to from *page*."""
    if not path:
        return Reference("document", "", anchor, line=line)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path)))
    if "/" not in path and not path.endswith(PAGE_SUFFIXES[1:]):
        # MyST takes a bare name for the name of a place, or a file
        return None
    if is_page(path):
        return Reference("document", without_suffix(joined), anchor, line=line)
    return None if (root / joined).is_file() else Reference("document", joined, line=line)


def is_page(path: str) -> bool:
    """Say whether *path* may be that of a page."""
    return posixpath.splitext(urlsplit(path).path)[1].lower() in PAGE_SUFFIXES


def check_pictures(page: Page, root: Path, seen: dict[Path, str]) -> Iterator[Finding]:
    """Yield what is wrong with the images of *page*; *seen* keeps what is known of each file."""
    front_matter = page.front_matter
    for picture in page.marks.pictures:
        if picture.alt is None or (not picture.alt and not picture.address.startswith("data:")):
            yield page.finding(
                Problem.MISSING_ALT,
                f"the image {shortened(picture.address)} has no text for those who can't see it",
                "say what it shows between the brackets of ![…], or in alt=",
                picture.line,
            )
        yield from check_file(page, picture.address, picture.line, root, seen)
    if front_matter.image:
        yield from check_file(page, front_matter.image, page.line("image"), root, seen)


def check_file(
    page: Page, address: str, line: int, root: Path, seen: dict[Path, str]
) -> Iterator[Finding]:
    """Yield what is wrong with the file of one image."""
    path = file_of(page, address, root)
    if path is None:
        return
    if path not in seen:
        seen[path] = trouble_with(path)
    if seen[path] == "missing":
        message = f"the image {shortened(address)} is not there"
        mend = f"put it at {posixpath.relpath(path, root)}, or correct the path"
        yield page.finding(Problem.MISSING_IMAGE, message, mend, line)
    elif seen[path]:
        message = f"the image {shortened(address)} has {seen[path]}"
        yield page.finding(Problem.LARGE_IMAGE, message, "scale or compress it", line)


def file_of(page: Page, address: str, root: Path) -> Path | None:
    """Return the file of an image; None when it is on the web, or a pattern."""
    if (
        ":" in address.split("/", maxsplit=1)[0]
        or address.startswith("//")
        or "*" in address
        or not address
    ):
        return None
    path = unquote(urlsplit(address).path)
    if path.startswith("/"):
        return root / path.lstrip("/")
    return root / posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))


def trouble_with(path: Path) -> str:
    """Return what is wrong with an image file: ``missing``, its size, or nothing."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return "missing"
    if size > LARGEST_BYTES:
        return f"{size / 1_000_000:.1f} MB"
    import imagesize  # noqa: PLC0415 - only sites with images need it

    width, height = imagesize.get(path)
    return f"{width} × {height} pixels" if max(width, height) > LARGEST_PIXELS else ""


def shortened(address: str) -> str:
    """Return *address* as a message quotes it."""
    return address if len(address) <= 60 else f"{address[:30]}…{address[-28:]}"  # noqa: PLR2004
