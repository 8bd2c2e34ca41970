"""How Pagefind files a word: studies as studi, getElementById also as get, element, by and id.

A query is cut in the browser by Pagefind itself, so the index must hold what Pagefind would put
there.  It is asked once for each new word, with all of them in one page, and what it answers is
kept beside the doctrees.  Where its answer is not of the form that we write, nothing is indexed
and the build says so: a search that silently finds less is worse than one of yesterday.
"""

from __future__ import annotations

import gzip
import json
import pickle
from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.search.cbor import Value, decoded
from tsuzuri.writing.search.pagefind import PagefindError, bundle_files, version
from tsuzuri.writing.search.postings import UNIT, Postings, Weighed, encoded
from tsuzuri.writing.search.words import BOUNDARY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAGIC = b"pagefind_dcd"
"""What all of Pagefind's files begin with, when they are unpacked."""
ENTRY = "pagefind-entry.json"
KEPT = ("pagefind.js", ENTRY)
"""Of the files without a hash in their names, those that are used; the rest are ready-made UIs."""
PLAIN = "wasm.unknown.pagefind"
"""For languages whose endings are not cut; always there, and not needed beside another."""
OWN_SIGNS = ("___PAGEFIND", "___END_PAGEFIND")
"""Words that begin so are orders to Pagefind, which would not be counted as words."""
ANY = "a"
"""Asked for when there is no word, since a page without one is not taken."""
VARIANT = "\0"
"""Parts a word without marks from the same with its marks."""

Forms = tuple[tuple[str, int], ...]
"""Under which words a word is filed, and what each then weighs."""


@dataclass
class Lexicon:
    """What is known of words in one language, and Pagefind's ready-made files."""

    language: str
    weights: tuple[int, ...]
    """What words may weigh in a page; a part of a compound weighs less than the whole."""
    made_by: str = ""
    forms: dict[str, tuple[Forms, ...]] = field(default_factory=dict)
    """By word, for each of the weights."""
    ready_made: dict[str, bytes] = field(default_factory=dict)

    def learn(self, words: Iterable[str]) -> bool:
        """Ask Pagefind for the *words* that are not known yet; return whether there were any.

        Raises:
            PagefindError: it can't be run, or its answer can't be read.
        """
        new = sorted({word for word in words if word not in self.forms})
        signs = [word for word in new if word.startswith(OWN_SIGNS)]
        for word in signs:
            self.forms[word] = tuple(((word.lower(), UNIT * weight),) for weight in self.weights)
        asked = [word for word in new if word not in self.forms]
        if asked or not self.ready_made:
            asked = asked or [ANY]
            files = bundle_files([("words", self.page(asked))])
            self.forms |= self.answered(asked, files)
            self.ready_made = needed(files)
        return bool(asked or signs)

    def page(self, words: list[str]) -> str:
        """Return *words* as a page for Pagefind: all of them, once for each weight."""
        text = escape(f"{' '.join(words)} {BOUNDARY}".strip())
        blocks = (f'<p data-pagefind-weight="{weight}">{text}</p>' for weight in self.weights)
        return (
            f'<html lang="{self.language}"><head></head><body data-pagefind-body>'
            '<meta data-pagefind-meta="title[content]" content="">'
            f"{''.join(blocks)}</body></html>"
        )

    def answered(self, words: list[str], files: dict[str, bytes]) -> dict[str, tuple[Forms, ...]]:
        """Return how Pagefind has filed *words*, told by the places in its index of the page."""
        try:
            (length,), found = length_and_places(files)
        except (ValueError, TypeError, KeyError) as error:
            said = f"Pagefind {version()} files words in a way that is not known: {error}"
            raise PagefindError(said) from error
        step = len(words) + 1
        if length != step * len(self.weights):
            raise PagefindError(f"Pagefind {version()} counts {length} words where others are")
        return {
            word: tuple(
                tuple(sorted(found.get(block * step + number, ())))
                for block in range(len(self.weights))
            )
            for number, word in enumerate(words)
        }

    def filed(self, page: Postings) -> dict[str, bytes]:
        """Return the encoded places of all words of a *page* whose words are known."""
        found: Weighed = defaultdict(lambda: defaultdict(list))
        for weight, table in page.rough.items():
            block = self.weights.index(weight // UNIT)
            for word, places in table.items():
                for form, its_weight in self.forms[word][block]:
                    found[its_weight][form] += places
        for table in found.values():
            for places in table.values():
                places.sort()
        return page.ready | encoded(found, page.length)

    def save(self, path: Path) -> None:
        """Keep what is known."""
        self.made_by = version()
        write_if_changed(path, pickle.dumps(self))


def kept_lexicon(path: Path, language: str, weights: tuple[int, ...]) -> Lexicon:
    """Return what is kept at *path*; an empty lexicon when it is of other words or unreadable."""
    try:
        kept = pickle.loads(path.read_bytes())  # noqa: S301 - our own, beside Sphinx's
        same = (kept.language, kept.weights, kept.made_by) == (language, weights, version())
    except Exception:
        same = False
    return kept if same else Lexicon(language, weights)


def needed(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return those of Pagefind's *files* that a search needs, whatever the pages are."""
    found = {
        name: content for name, content in files.items() if name in KEPT or name.startswith("wasm.")
    }
    if any(name.startswith("wasm.") and name != PLAIN for name in found):
        found.pop(PLAIN, None)
    return found


def length_and_places(
    files: dict[str, bytes],
) -> tuple[list[int], dict[int, list[tuple[str, int]]]]:
    """Return the length of the one page in *files*, and the words at each place with weights.

    Raises:
        ValueError: the files are not of the form that is known; so are TypeError and KeyError.
    """
    lengths: list[int] = []
    found: dict[int, list[tuple[str, int]]] = {}
    for name, content in files.items():
        if name.endswith(".pf_meta"):
            _version, pages, *_others = unpacked(content)
            lengths = [length for _name, length in pages]
        elif name.endswith(".pf_index"):
            (words,) = unpacked(content)
            for word, pages, variants in words:
                for variant, its_pages in [["", pages], *variants]:
                    form = f"{word}{VARIANT}{variant}" if variant else word
                    for place, weight in places_in(its_pages):
                        found.setdefault(place, []).append((form, weight))
    return lengths, found


def places_in(pages: Any) -> Iterable[tuple[int, int]]:
    """Yield the places that the entry of a word names, all in the first page, and their weights."""
    for page, numbers, fields in pages:
        if page or fields:
            raise ValueError("a place in another page, or in a field")
        place = weight = 0
        for step in numbers:
            if step < 0:
                place, weight = 0, -1 - step
            else:
                place += step
                yield place, weight


def unpacked(content: bytes) -> Any:
    """Return the value in one of Pagefind's files."""
    data = gzip.decompress(content)
    if not data.startswith(MAGIC):
        raise ValueError(f"a file begins with {data[: len(MAGIC)]!r}")
    value: Value = decoded(data, len(MAGIC))
    return value


def entry_of(lexicon: Lexicon, meta: str, pages: int) -> bytes:
    """Return the file that names the others: Pagefind's own, with our index in it."""
    entry = json.loads(lexicon.ready_made[ENTRY])
    (language,) = entry["languages"].values()
    language |= {"hash": meta, "page_count": pages}
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
