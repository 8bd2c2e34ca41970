"""One page as the index holds it: what its result shows, and its words."""

from __future__ import annotations

import gzip
import hashlib
import json
import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tsuzuri.writing.search.lexicon import MAGIC
from tsuzuri.writing.search.postings import Postings, postings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tsuzuri.writing.search.record import Record

TITLE_WEIGHT = 10
TAG_WEIGHT = 5
HEADING_WEIGHT = 4
WEIGHTS = (1, HEADING_WEIGHT, TAG_WEIGHT, TITLE_WEIGHT)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the result of a page is shown from: one packed file."""

    digest: str
    """Of the file's bytes, in hexadecimal digits."""
    length: int
    """Of the page, in words."""
    file: bytes


@dataclass(frozen=True, slots=True)
class Filed:
    """One page of the index."""

    shown: Shown
    words: Postings


def filed(record: Record) -> Filed:
    """Return *record* as the index holds it."""
    filters = [filter_word(name, value) for name, value in filters_of(record.tags, record.date)]
    words = postings(blocks(record), filters)
    file = gzip.compress(MAGIC + dumped(shown(record, words.length)), compresslevel=6, mtime=0)
    return Filed(Shown(hashlib.sha256(file).hexdigest(), words.length, file), words)


def blocks(record: Record) -> Iterator[tuple[int, str]]:
    """Yield the texts of *record* with what they weigh."""
    yield TITLE_WEIGHT, record.title
    yield TAG_WEIGHT, " ".join(record.tags)
    for section in record.sections:
        yield HEADING_WEIGHT, section.heading
        for line in section.text.splitlines():
            yield 1, line


def shown(record: Record, length: int) -> dict[str, Any]:
    """Return what results show of *record*, in the form of Pagefind's fragments."""
    return {
        "url": record.url,
        "content": "",
        "word_count": length,
        "filters": {},
        "meta": {"title": record.title},
        "anchors": [],
        "date": record.date,
        "shownDate": record.shown_date,
        "tags": record.tags,
        "sections": [[part.anchor, part.heading, part.text] for part in record.sections],
    }


def filters_of(tags: tuple[str, ...], date: str) -> list[tuple[str, str]]:
    """Return by what a reader may narrow the search to a page with *tags* and an ISO *date*."""
    found = [("tag", tag) for tag in dict.fromkeys(tags)]
    return [*found, ("year", date[:4])] if date else found


def filter_word(name: str, value: str) -> str:
    """Return the word under which all pages are filed that have *value*.

    Pagefind has filters of its own; a reader would fetch them all at once.
    """
    digest = hashlib.sha256(f"{name}\0{value}".encode()).digest()
    return f"tz{int.from_bytes(digest[:5]):013}"


def dumped(value: Any) -> bytes:
    """Return *value* as JSON, the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def put_down(page: Filed, about: object) -> bytes:
    """Return *page* as it is kept in a file: what it is *about*, what is shown, and the words."""
    return pickle.dumps((about, page.shown)) + pickle.dumps(page.words)


def head_of(path: Path) -> tuple[object, Shown]:
    """Return what the page that is kept at *path* is about, and what is shown of it.

    Raises:
        OSError: there is no such file.
        Exception: of any kind, when it is damaged.
    """
    with path.open("rb") as file:
        about, shown = pickle.load(file)  # noqa: S301 - our own, beside Sphinx's
    return about, shown


def taken_up(path: Path) -> tuple[object, Filed]:
    """Return what the page that is kept at *path* is about, and the page; raises as the former."""
    with path.open("rb") as file:
        about, shown = pickle.load(file)  # noqa: S301 - our own, beside Sphinx's
        return about, Filed(shown, pickle.load(file))  # noqa: S301 - as above
