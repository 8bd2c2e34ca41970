"""The formats of feeds, by the names that ``tsuzuri_feed_formats`` has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsuzuri.writing.feeds import atom, jsonfeed, rss

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = {"atom": atom, "json": jsonfeed, "rss": rss}


def feed_path(folder: str, formats: Sequence[str]) -> str:
    """Return the path of the feed of *folder* that a page links to; nothing without formats.

    >>> feed_path("blog", ["rss", "json"])
    'blog/rss.xml'
    """
    return f"{folder}/{FORMATS[formats[0]].FILE}" if formats else ""
