"""What there is to tell machines of one page: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tsuzuri.posts.authors import Author


@dataclass(frozen=True, slots=True)
class Image:
    """The image of a page: an address, and what is known about it."""

    url: str
    alt: str = ""
    width_px: int = 0
    height_px: int = 0


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What there is to tell of one page."""

    title: str
    url: str
    """The canonical address; empty when the site does not know its own."""
    description: str = ""
    kind: str = "page"
    """``post``, ``home``, ``list`` or ``page``."""
    language: str = "ja"
    image: Image | None = None
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[Author, ...] = ()
    tags: tuple[str, ...] = ()
    section: str = ""
    minutes: int = 0
    trail: tuple[tuple[str, str], ...] = ()
    """Name and address of each page on the way here from the start page, this one included."""
    alternates: tuple[tuple[str, str], ...] = ()
    """Language and address of each translation, this page included."""
    feeds: tuple[tuple[str, str, str], ...] = ()
    """Media type, title and address."""
    relations: tuple[tuple[str, str], ...] = ()
    """``rel`` and address of neighbouring pages of a list."""
    markdown: str = ""
    """Address of the page's Markdown."""
    hidden: bool = False
    """Whether search engines are to leave the page out."""
    search: str = ""
    """Address of the search page, with ``{search_term_string}`` in it; on the start page."""


def iso(moment: datetime | None) -> str:
    """Return *moment* as ISO 8601 has it, with its zone."""
    return moment.isoformat() if moment else ""
