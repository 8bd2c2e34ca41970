"""The fetched files and their lists, written so that an interrupted fetch can go on."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tsuzuri.reading.cards import Card, format_cards, read_cards
from tsuzuri.reading.fetched import CARDS, IMAGES, MANIFEST, FetchedImage, read_manifest
from tsuzuri.workshop.fetching.content import TYPES
from tsuzuri.writing.files import write_if_changed

if TYPE_CHECKING:
    from pathlib import Path

UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
STEM_LENGTH = 40


class Store:
    """The folder of fetched files of one site."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.images = read_manifest(root)
        self.cards = read_cards(root)

    def has_image(self, url: str) -> bool:
        """Say whether the image of *url* is there, whole."""
        entry = self.images.get(url)
        if entry is None:
            return False
        try:
            data = (self.root / entry.path).read_bytes()
        except OSError:
            return False
        return hashlib.sha256(data).hexdigest() == entry.sha256

    def has_card(self, url: str) -> bool:
        """Say whether the card of *url* is there, with its image if it has one."""
        card = self.cards.get(url)
        return card is not None and (not card.image or (self.root / card.image).is_file())

    def keep_image(self, url: str, data: bytes, suffix: str, day: str) -> FetchedImage:
        """Write an image, then its entry."""
        entry = FetchedImage(
            path=f"{IMAGES}/{name_of(url)}{suffix}",
            sha256=hashlib.sha256(data).hexdigest(),
            type=TYPES[suffix],
            size=len(data),
            fetched=day,
        )
        before = self.images.get(url)
        write_if_changed(self.root / entry.path, data)
        if before and before.sha256 == entry.sha256 and before.path == entry.path:
            return before
        self.images[url] = entry
        self.save_images()
        if before and before.path != entry.path:
            (self.root / before.path).unlink(missing_ok=True)
        return entry

    def keep_card(self, url: str, card: Card) -> None:
        """Write a card; one that says the same as before keeps its day."""
        before = self.cards.get(url)
        if before and (before.title, before.description, before.site, before.image) == (
            card.title, card.description, card.site, card.image,
        ):  # fmt: skip
            return
        self.cards[url] = card
        self.save_cards()

    def prune(self, images: set[str], cards: set[str]) -> list[str]:
        """Drop what is neither among *images* nor *cards*; return the files removed."""
        self.cards = {url: card for url, card in self.cards.items() if url in cards}
        shown = {card.image for card in self.cards.values()}
        kept = {
            url: entry for url, entry in self.images.items() if url in images or entry.path in shown
        }
        gone = {item.path for item in self.images.values()} - {item.path for item in kept.values()}
        self.images = kept
        self.save_images()
        self.save_cards()
        for path in gone:
            (self.root / path).unlink(missing_ok=True)
        return sorted(gone)

    def save_images(self) -> None:
        """Write the manifest, an entry a paragraph, in the order of the addresses."""
        if self.images or (self.root / MANIFEST).exists():
            entries = {url: asdict(entry) for url, entry in sorted(self.images.items())}
            text = json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
            write_if_changed(self.root / MANIFEST, text)

    def save_cards(self) -> None:
        """Write the cards."""
        if self.cards or (self.root / CARDS).exists():
            write_if_changed(self.root / CARDS, format_cards(self.cards))


def name_of(url: str) -> str:
    """Return a file name for what is at *url*: readable, and no other address's."""
    stem = UNSAFE.sub("-", PurePosixPath(unquote(urlsplit(url).path)).stem).strip("-")
    digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{stem[:STEM_LENGTH].lower()}-{digest}" if stem else digest
