"""What is known of the pages that posts link to: the committed file behind link cards.

``_fetched/cards.json``, in the source folder, is kept by ``tsuzuri fetch`` and read by builds,
which open no connection themselves.  It maps a URL, exactly as a post has it, to what its page
says of itself::

    {
      "https://example.com/a": {
        "title": "題", "description": "…", "site": "Example",
        "image": "_fetched/3f2a.webp", "fetched": "2024-09-12T00:00:00+00:00"
      }
    }
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CARDS_FILE = "_fetched/cards.json"
"""Relative to the source folder."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a page says of itself."""

    title: str = ""
    description: str = ""
    site: str = ""
    """The name of the site that the page is part of."""
    image: str | None = None
    """Path of the committed image, relative to the source folder."""
    fetched: str = ""
    """When, as ISO 8601 with the zone."""


def parse_cards(text: str) -> dict[str, Card]:
    """Return the cards that *text*, the file's, holds; what is no card is passed over."""
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(data, dict):
        return {}
    return {url: _card(entry) for url, entry in data.items() if isinstance(entry, dict)}


def _card(entry: Mapping[str, object]) -> Card:
    texts = {
        name: value
        for name in ("title", "description", "site", "fetched", "image")
        if isinstance(value := entry.get(name), str)
    }
    return Card(**texts)


def format_cards(cards: Mapping[str, Card]) -> str:
    """Return the file's text for *cards*: sorted, a line a value, so that changes read well."""
    entries = {url: asdict(card) for url, card in sorted(cards.items())}
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def read_cards(srcdir: Path) -> dict[str, Card]:
    """Return the cards of the site in *srcdir*; none when nothing was fetched."""
    try:
        return parse_cards((srcdir / CARDS_FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return {}
