"""What the posts of a site show of other sites."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tsuzuri.reading.embeds import embed_of, embed_of_url
from tsuzuri.reading.fetched import SCHEMES, address_of
from tsuzuri.workshop.checking.scan import COMMENT, Marks, blank, without_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tsuzuri.workshop.checking.pages import Page

ALONE = re.compile(r"[ \t]*(?:<(https?://[^\s<>]+)>|(https?://[^\s<>]+))[ \t]*", re.IGNORECASE)
EMBED = re.compile(r"[ \t]*@\[(\w+)\]\(([^)\n]+)\)[ \t]*")


@dataclass(slots=True)
class Wanted:
    """Addresses, in the order of the posts, each with the files that name it."""

    images: dict[str, list[str]] = field(default_factory=dict)
    cards: dict[str, list[str]] = field(default_factory=dict)


def wanted(pages: Iterable[tuple[Page, str]]) -> Wanted:
    """Return what *pages*, each with its text, show of other sites."""
    result = Wanted()
    for page, text in pages:
        for address, _line in images_of(page):
            result.images.setdefault(address, []).append(page.path)
        for address in cards_of(text):
            result.cards.setdefault(address, []).append(page.path)
    return result


def images_of(page: Page) -> Iterable[tuple[str, int]]:
    """Yield the remote images of *page* with their lines, front matter's included."""
    written = [(picture.address, picture.line) for picture in page.marks.pictures]
    written.append((page.front_matter.image or "", page.line("image")))
    for text, line in written:
        uri, _, end = text.partition("#")
        if address := address_of(uri if end in SCHEMES else text):
            yield address, line


def cards_of(text: str) -> Iterable[str]:
    """Yield the addresses that stand alone in a paragraph of *text*, and those of embeds."""
    lines = COMMENT.sub(blank, without_blocks(text, Marks())).split("\n")
    for number, line in enumerate(lines):
        embed = EMBED.fullmatch(line)
        if embed:
            address = embed[2].strip()
            shown = embed_of(embed[1], address)
            if shown or address.startswith(("http://", "https://")):
                yield shown.url if shown else address
            continue
        alone = ALONE.fullmatch(line)
        around = (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
        if alone and not any(other.strip() and not ALONE.fullmatch(other) for other in around):
            address = alone[1] or alone[2]
            shown = embed_of_url(address, alone=True)
            yield shown.url if shown else address
