"""The search index of a site: pages in, files a browser can search out.

The files are Pagefind's in all but who writes them: :mod:`.shelves` joins the words of the pages,
:mod:`.inverted` cuts them into files, and Pagefind tells how it files a word (:mod:`.lexicon`) and
gives the program that searches.  Its own indexer starts over for each change, which is two thirds
of a build with one changed post among a thousand, and holds a megabyte of memory for each page.

Files are published one by one, the one that names the others last, so that a reader or a killed
build never meets half of it.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import SEEK_END
from itertools import accumulate
from typing import TYPE_CHECKING
from zlib import ZLIB_RUNTIME_VERSION, crc32

from tsuzuri.writing.files import listing, remove_if_exists, write_if_changed
from tsuzuri.writing.search.filed import WEIGHTS, dumped, filed, filter_word, filters_of
from tsuzuri.writing.search.inverted import bounds, chunks, joined, table_of_contents
from tsuzuri.writing.search.lexicon import ENTRY, entry_of, kept_lexicon
from tsuzuri.writing.search.pagefind import version
from tsuzuri.writing.search.shelves import Page, arranged, shelves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tsuzuri.writing.search.filed import Filed
    from tsuzuri.writing.search.record import Record
    from tsuzuri.writing.search.shelves import Shelf

FORMAT = 4
"""Goes up when the same pages are to give other files, or are kept in another form."""
FACETS = "tsuzuri-facets.json"
UNSPACED_LANGUAGES = frozenset({"ja", "zh", "th", "ko"})
PACKERS = 2
"""Threads that compress; it is done outside of Python's lock."""
NAME_LENGTH = 10
"""Digits of a file's digest in its name; more when two would be alike."""
PACKING = 5
"""The level of compression; 6 takes two thirds longer for one byte in a hundred."""


def stemming(language: str) -> str:
    """Return whose word endings are cut: those of *language*, or else of English.

    A text without spaces is filed in pairs, which have no endings; the Latin words in it are
    English more often than not.
    """
    primary = language.lower().replace("_", "-").split("-")[0]
    return "en" if primary in UNSPACED_LANGUAGES or not primary else primary


@dataclass(frozen=True, slots=True)
class Subject:
    """What an index is made of."""

    pages: Sequence[Page]
    facets: object
    """By what a search may be narrowed: see :func:`facets`."""
    language: str


def subject_of(records: Iterable[Record], language: str) -> Subject:
    """Return *records* as the subject of an index."""
    records = list(records)
    filters = [filters_of(record.tags, record.date) for record in records]
    pages = [page_of(record.docname, filed(record)) for record in records]
    return Subject(pages, facets(filters), language)


def page_of(name: str, page: Filed) -> Page:
    """Return a *page* that is at hand."""
    return Page(name, page.shown.digest, lambda: page.shown, lambda: page)


def make_index(
    subject: Subject,
    folder: Path,
    memory: Path,
    done: Callable[[int], object] = lambda _count: None,
) -> None:
    """Make *folder* hold the index of a *subject*, and nothing else.

    *memory* is a folder for what the next time need not be made again; *done* is told how many
    pages have been seen to.

    Raises:
        PagefindError: Pagefind can't be run, or answers in a way that is not known.
        OSError: a file can't be read or written.
    """
    lexicon = kept_lexicon(memory / "lexicon.pickle", stemming(subject.language), WEIGHTS)
    order = arranged(subject.pages)
    found = list(shelves(order, memory, lexicon, done))
    contents = whole_index(found, lexicon.language)
    files = {
        **{name: one for name, one in lexicon.ready_made.items() if name != ENTRY},
        FACETS: dumped(subject.facets),
        contents.name: packed(contents.table),
    }
    present = listing(folder) if folder.exists() else {}
    for page, name in zip((page for shelf in order for page in shelf), contents.pages, strict=True):
        if name not in present:
            files[name] = page.shown().file
    new = {n: one for n, one in contents.chunks.items() if not is_packed(folder / n, one)}
    with ThreadPoolExecutor(PACKERS) as pool:
        files |= zip(new, pool.map(packed, new.values()), strict=True)
    for name, content in sorted(files.items()):
        write_if_changed(folder / name, content)
    meta = contents.name.removeprefix("pagefind.").removesuffix(".pf_meta")
    write_if_changed(folder / ENTRY, entry_of(lexicon, meta, len(contents.pages)))
    keep = {*files, *contents.pages, *contents.chunks, ENTRY}
    for name in present.keys() - keep:
        remove_if_exists(folder / name)


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of an index that depend on its pages."""

    name: str
    table: bytes
    """The file that is fetched first, and its content, unpacked."""
    pages: list[str]
    """The files that results are shown from, page by page."""
    chunks: dict[str, bytes]
    """The files of words, unpacked."""


def whole_index(found: Sequence[Shelf], language: str) -> Contents:
    """Return the index of the pages on the shelves that were *found*."""
    starts = accumulate((len(shelf.digests) for shelf in found), initial=0)
    runs = list(chunks(joined(zip(starts, (shelf.rows for shelf in found), strict=False))))
    pages = [one for shelf in found for one in shelf.digests]
    page_names = named(language, [digest for digest, _length in pages])
    chunk_names = named(language, [digest_of(run.content) for run in runs])
    table = table_of_contents(
        version(),
        zip(page_names, (length for _digest, length in pages), strict=True),
        ((*reach, name) for reach, name in zip(bounds(runs), chunk_names, strict=True)),
    )
    (name,) = named(language, [digest_of(table)])
    return Contents(
        f"pagefind.{name}.pf_meta",
        table,
        [f"fragment/{name}.pf_fragment" for name in page_names],
        {
            f"index/{name}.pf_index": run.content
            for name, run in zip(chunk_names, runs, strict=True)
        },
    )


def named(language: str, digests: Iterable[str]) -> list[str]:
    """Return a name for each of the *digests*: its begin, longer when another has that one."""
    names: dict[str, None] = {}
    for digest in digests:
        length = NAME_LENGTH
        while (name := f"{language}_{digest[:length]}") in names:
            length += 1
        names[name] = None
    return list(names)


def digest_of(content: bytes) -> str:
    """Return a digest of what *content* is when it is packed."""
    return hashlib.sha256(f"{PACKING} {ZLIB_RUNTIME_VERSION} ".encode() + content).hexdigest()


def packed(content: bytes) -> bytes:
    """Return *content* compressed, the same bytes at any time."""
    return gzip.compress(content, compresslevel=PACKING, mtime=0)


def is_packed(path: Path, content: bytes) -> bool:
    """Return whether the file at *path* is *content*, compressed.

    Its name has a part of a digest; its last eight bytes are checksum and size (RFC 1952).
    """
    try:
        with path.open("rb") as file:
            file.seek(-8, SEEK_END)
            end = file.read()
    except OSError:
        return False
    return end == crc32(content).to_bytes(4, "little") + len(content).to_bytes(4, "little")


def facets(filters: Iterable[Iterable[tuple[str, str]]]) -> dict[str, list[tuple[str, int, str]]]:
    """Return the values of each filter with the number of their pages and their word."""
    counts = Counter(pair for pairs in filters for pair in pairs)
    table: dict[str, list[tuple[str, int, str]]] = {"tag": [], "year": []}
    for (name, value), count in sorted(counts.items()):
        table[name].append((value, count, filter_word(name, value)))
    return table
