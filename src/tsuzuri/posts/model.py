"""A post, as every list, feed, relation and page knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Post:
    """One published post: plain values only, cheap to pickle, compare and sort."""

    docname: str
    """Sphinx's name of the document: its path in the source folder without suffix."""
    slug: str
    title: str
    date: datetime
    """Time-zone aware, in the site's zone."""
    updated: datetime | None
    description: str
    """What the writer wrote of it, or an empty string."""
    summary: str
    """The first sentences of the text, plain, cut at a sentence end."""
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    language: str = ""
    """BCP 47 tag."""
    series: str | None = None
    series_order: int | None = None
    image: str | None = None
    """The image that stands for the post: a path in the source folder, or a URL."""
    image_alt: str = ""
    aliases: tuple[str, ...] = ()
    canonical: str | None = None
    external: str | None = None
    translations: tuple[tuple[str, str], ...] = ()
    comments: bool = True
    draft: bool = False
    """True only in a preview, where drafts are built too."""
    reading_minutes: int = 1
    terms: tuple[tuple[str, int], ...] = ()
    """The words it is about, each with how often it weighs in."""
    headings: tuple[tuple[int, str, str], ...] = ()
    """Level (2 to 6), id and text of each heading below the title."""
    extra: tuple[tuple[str, object], ...] = ()

    @property
    def order(self) -> tuple[datetime, str]:
        """The sort key of posts; ascending is oldest first. Total: docnames are unique."""
        return (self.date, self.docname)

    @property
    def lead(self) -> str:
        """The description, or else the summary."""
        return self.description or self.summary

    @property
    def changed(self) -> datetime:
        """When it was last worth reading again: its update, or else its publication."""
        return self.updated or self.date
