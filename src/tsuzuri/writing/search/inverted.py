"""An inverted index: the pages' postings joined word by word, and cut into Pagefind's files.

Pages are numbered one after the other; a word has an entry for each page it is in, with the
distance to the page before.  So that a change of one page does not mean going through the words
of all, pages are joined in shelves, whose numbers count from their first page, and the shelves
are joined to the whole.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from tsuzuri.writing.search.cbor import ARRAY, array, head, number, text
from tsuzuri.writing.search.lexicon import MAGIC, VARIANT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

CHUNK_BYTES = 40_000
MOST_BYTES = 64_000
"""A chunk is closed when it is larger, unpacked, and the next word begins otherwise, for a browser
fetches one chunk a word and finds the words that go on from it there alone; or when it is this
large anyway.  Half as much comes over the wire."""
ENTRY = head(ARRAY, 3)
"""Page, places, places in fields; and a word, its pages, its variants."""


Row = tuple[int, int, int, bytes]
"""A word's entries in one shelf: in which page the first is and the last, how many there are, and
the entries without the number of the first page.  No class: there are as many as words in all
shelves, and reading them from a file is half of what an edit costs."""


class Chunk(NamedTuple):
    """A run of words that a browser fetches at once."""

    first: str
    last: str
    content: bytes


def shelved(pages: Sequence[Mapping[str, bytes]]) -> dict[str, Row]:
    """Join the encoded places of *pages*, word by word."""
    rows: dict[str, list[Any]] = {}
    steps = [ENTRY + number(distance) for distance in range(len(pages))]
    for here, words in enumerate(pages):
        for word, places in words.items():
            row = rows.get(word)
            if row is None:
                rows[word] = [here, here, places]
            else:
                row.append(steps[here - row[1]])
                row.append(places)
                row[1] = here
    return {
        word: (first, last, (len(parts) + 1) // 2, b"".join(parts))
        for word, (first, last, *parts) in rows.items()
    }


def joined(shelves: Iterable[tuple[int, Mapping[str, Row]]]) -> dict[str, bytes]:
    """Join *shelves*, each with the number of its first page; return each word's pages, encoded."""
    sizes: dict[str, int] = {}
    lasts: dict[str, int] = {}
    entries: dict[str, list[bytes]] = {}
    for base, rows in shelves:
        for word, (first, last, size, rest) in rows.items():
            if word in sizes:
                sizes[word] += size
                entries[word] += (ENTRY, number(base + first - lasts[word]), rest)
            else:
                sizes[word] = size
                entries[word] = [ENTRY, number(base + first), rest]
            lasts[word] = base + last
    return {word: head(ARRAY, sizes[word]) + b"".join(parts) for word, parts in entries.items()}


def chunks(words: Mapping[str, bytes]) -> Iterator[Chunk]:
    """Yield the files that hold *words*, in order."""
    run: list[bytes] = []
    names: list[str] = []
    size = 0
    for word, content in whole_words(words):
        if size >= CHUNK_BYTES and (size >= MOST_BYTES or begin(word) != begin(names[-1])):
            yield Chunk(names[0], names[-1], MAGIC + array([array(run)]))
            run, names, size = [], [], 0
        run.append(content)
        names.append(word)
        size += len(content)
    if run:
        yield Chunk(names[0], names[-1], MAGIC + array([array(run)]))


def begin(word: str) -> str:
    """Return by what words are looked for that go on in any way: 情 in 情報, da in data."""
    return word[:2] if word.isascii() else word[:1]


def whole_words(words: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield each word with its pages and its variants, encoded."""
    variants: dict[str, list[bytes]] = {}
    for word in sorted(word for word in words if VARIANT in word):
        name, _, variant = word.partition(VARIANT)
        variants.setdefault(name, []).append(array([text(variant), words[word]]))
    nowhere = array([])
    for word in sorted({*(word for word in words if VARIANT not in word), *variants}):
        others = array(variants[word]) if word in variants else nowhere
        yield word, b"".join((ENTRY, text(word), words.get(word, nowhere), others))


def bounds(found: Sequence[Chunk]) -> list[tuple[str, str]]:
    """Return from where to where each chunk reaches: as many letters as part it from the next."""
    firsts, lasts = [chunk.first for chunk in found], [chunk.last for chunk in found]
    for place, (one, other) in enumerate(pairwise(found)):
        alike = 0
        while one.last[alike : alike + 1] == other.first[alike : alike + 1]:
            alike += 1
        lasts[place], firsts[place + 1] = one.last[: alike + 1], other.first[: alike + 1]
    return list(zip(firsts, lasts, strict=True))


def table_of_contents(
    version: str, pages: Iterable[tuple[str, int]], found: Iterable[tuple[str, str, str]]
) -> bytes:
    """Return the file that is fetched first: names and lengths of *pages*, reach of the chunks."""
    parts = [
        text(version),
        array([array([text(name), number(length)]) for name, length in pages]),
        array([array([text(piece) for piece in chunk]) for chunk in found]),
        array([]),
        array([]),
        array([text("title")]),
    ]
    return MAGIC + array(parts)
