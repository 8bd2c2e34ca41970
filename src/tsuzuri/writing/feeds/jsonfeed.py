"""JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tsuzuri.posts.authors import Author
    from tsuzuri.writing.feeds.model import Entry, Feed

FILE = "feed.json"
MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """Return *feed* as a JSON Feed document."""
    site = feed.site
    data = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url(FILE),
        "description": feed.subtitle,
        "icon": site.file(site.icon) if site.icon else "",
        "language": site.language,
        "authors": people(site.authors_of(())),
        "items": [item(entry) for entry in feed.entries],
    }
    return (json.dumps(without_empty(data), ensure_ascii=False, indent=1) + "\n").encode()


def item(entry: Entry) -> dict[str, Any]:
    """Return one item; every item has a text, since the format asks for one."""
    data = {
        "id": entry.id,
        "url": entry.id,
        "external_url": entry.url if entry.url != entry.id else "",
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        "image": entry.image,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": people(entry.authors),
        "tags": list(entry.tags),
        "language": entry.language,
    }
    if not entry.content:
        data["content_text"] = entry.summary or entry.title
    return without_empty(data)


def people(authors: Iterable[Author]) -> list[dict[str, str]]:
    """Return *authors* as the format has them."""
    return [
        without_empty(
            {
                "name": author.name,
                "url": author.url,
                "avatar": author.avatar if "://" in author.avatar else "",
            }
        )
        for author in authors
    ]


def without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """Return *data* without what says nothing."""
    return {key: value for key, value in data.items() if value not in ("", [], None)}
