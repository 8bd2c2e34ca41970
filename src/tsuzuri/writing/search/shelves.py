"""The pages of an index by shelves, so that a change costs the shelf it is on.

A page's shelf is told by its name alone, so that the same pages give the same index whatever was
there before.
"""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.search.inverted import Row, shelved
from tsuzuri.writing.search.postings import rough_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tsuzuri.writing.search.filed import Filed, Shown
    from tsuzuri.writing.search.lexicon import Lexicon

SHELVES = 64
TOGETHER = 1_000
"""So many pages at most are held in memory with all their words."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is to be in the index."""

    name: str
    stamp: Any
    """Another when the page may be another."""
    shown: Callable[[], Shown]
    filed: Callable[[], Filed]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The joined words of some pages."""

    stamps: list[tuple[str, Any]]
    """The names of the pages, in order, with their stamps."""
    digests: list[tuple[str, int]]
    """What each page is shown from, and its length in words."""
    rows: dict[str, Row]


def shelf_of(name: str) -> int:
    """Return the shelf of the page *name*."""
    return hashlib.blake2b(name.encode(), digest_size=1).digest()[0] % SHELVES


def arranged(pages: Sequence[Page]) -> list[list[Page]]:
    """Return *pages* by shelf, and in order."""
    found: list[list[Page]] = [[] for _number in range(SHELVES)]
    for page in sorted(pages, key=lambda page: page.name):
        found[shelf_of(page.name)].append(page)
    return found


def shelves(
    pages: Sequence[list[Page]], folder: Path, lexicon: Lexicon, done: Callable[[int], object]
) -> Iterator[Shelf]:
    """Yield the shelves of *pages*, from *folder* where they are as they were.

    *done* is told how many pages have been seen to.

    Raises:
        PagefindError: words can't be looked up.
    """
    count = 0
    batch: list[tuple[int, Shelf | None]] = []
    waiting = 0
    for number, wanted in enumerate(pages):
        kept = kept_shelf(folder / f"{number}.pickle", wanted)
        batch.append((number, kept))
        waiting += len(wanted) if kept is None else 0
        if waiting >= TOGETHER or number == len(pages) - 1:
            for shelf in filled(batch, pages, folder, lexicon):
                count += len(shelf.stamps)
                done(count)
                yield shelf
            batch, waiting = [], 0


def filled(
    batch: list[tuple[int, Shelf | None]],
    pages: Sequence[list[Page]],
    folder: Path,
    lexicon: Lexicon,
) -> Iterator[Shelf]:
    """Yield the shelves of a *batch*, made and kept where there is none yet."""
    new = {n: [page.filed() for page in pages[n]] for n, shelf in batch if shelf is None}
    words = (page.words for found in new.values() for page in found)
    if lexicon.learn(chain.from_iterable(map(rough_words, words))):
        lexicon.save(folder / "lexicon.pickle")
    for number, kept in batch:
        shelf = kept or made(pages[number], new.pop(number), lexicon)
        if kept is None:
            write_if_changed(folder / f"{number}.pickle", pickle.dumps(shelf))
        yield shelf


def made(pages: Sequence[Page], found: Sequence[Filed], lexicon: Lexicon) -> Shelf:
    """Join the words of *pages*, which were *found*."""
    return Shelf(
        [(page.name, page.stamp) for page in pages],
        [(page.shown.digest, page.shown.length) for page in found],
        shelved([lexicon.filed(page.words) for page in found]),
    )


def kept_shelf(path: Path, pages: Sequence[Page]) -> Shelf | None:
    """Return the shelf that is kept at *path*, when it is that of *pages*."""
    try:
        shelf: Shelf = pickle.loads(path.read_bytes())  # noqa: S301 - our own, beside Sphinx's
        same = shelf.stamps == [(page.name, page.stamp) for page in pages]
    except Exception:
        return None
    return shelf if same else None
