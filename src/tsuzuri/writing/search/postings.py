"""Where the words of one page are: what an inverted index is joined from.

The places of a word are encoded as Pagefind reads them: an array of numbers, each the distance to
the place before; a negative number says what the places after it weigh, and they count from
nought again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from tsuzuri.writing.search.cbor import ARRAY, NEGATIVE, head, numbers
from tsuzuri.writing.search.words import given, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

UNIT = 24
"""What Pagefind's files hold for a weight of one."""
ROUGH = re.compile(
    "^(?![\u3005-\u3007\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua0ff\U00020000-\U0003ffff]{1,2}$).+",
    re.MULTILINE,
)
"""Of words, a line each, those that Pagefind may not leave as they are, as it leaves kanji, kana,
and the letters that stand in for some.  Of hangul it takes the syllables apart."""
NO_FIELDS = head(ARRAY, 0)
"""No place in a field of its own, such as a title; ours are words of the text."""
WEIGHT = head(NEGATIVE, UNIT)
"""Says that the places after it have a weight of one."""
ONCE = head(ARRAY, 2) + WEIGHT
"""Begins the places of a word that is in the text once."""

Places = dict[str, list[int]]
"""The places of words in a page, in order."""
Weighed = dict[int, Places]
"""The same, by what the words weigh there, in units of Pagefind's files."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The words of one page."""

    length: int
    """In words, with the boundaries between blocks."""
    ready: dict[str, bytes]
    """The encoded places of words that are filed as they are."""
    rough: Weighed
    """The places of words whose form in the index Pagefind has to tell."""


def postings(blocks: Iterable[tuple[int, str]], last: Sequence[str]) -> Postings:
    """Return the words of a page: of its *blocks*, each a weight and a text, and its *last*.

    A place without a word is left after each block, so that no phrase goes across.
    """
    tables: dict[int, Places] = defaultdict(lambda: defaultdict(list))
    start = 0
    for weight, text in blocks:
        words = words_in(text)
        table = tables[weight]
        for place, word in enumerate(words, start):
            table[word].append(place)
        start += len(words) + 1 if words else 0
    weighed = {UNIT * weight: as_given(table) for weight, table in tables.items()}
    rough = {
        weight: {word: table.pop(word) for word in ROUGH.findall("\n".join(table))}
        for weight, table in weighed.items()
    }
    lasts = {word: [start + place] for place, word in enumerate(last, 1)}
    weighed[UNIT] = weighed.get(UNIT, {}) | lasts
    length = start + 1 + len(last)
    return Postings(length, encoded(weighed, length), rough)


def rough_words(page: Postings) -> Iterator[str]:
    """Return the words of *page* whose form Pagefind has to tell."""
    return chain.from_iterable(page.rough.values())


def as_given(table: Places) -> Places:
    """Return the places in a *table* by the words as Pagefind is given them."""
    words = given("\n".join(table)).split("\n")
    found = dict(zip(words, table.values(), strict=False))
    if len(found) < len(table):
        # a kana, and the letter that stands in for it
        found = {word: [] for word in found}
        for word, places in zip(words, table.values(), strict=True):
            found[word] = sorted([*found[word], *places])
    return found


def encoded(weighed: Weighed, length: int) -> dict[str, bytes]:
    """Return the places of each word of a page as they are in an index.

    None of them reaches as far as the page's *length*.
    """
    known = numbers(length.bit_length())
    soft = weighed.get(UNIT, {})
    others: dict[str, dict[int, list[int]]] = defaultdict(dict)
    for weight in weighed.keys() - {UNIT}:
        for word, places in weighed[weight].items():
            others[word][weight] = places
    found = {
        # nearly half of the words of a page are there once
        word: ONCE + known[places[0]] + NO_FIELDS if len(places) == 1 else plain(places, known)
        for word, places in soft.items()
        if word not in others
    }
    for word, by_weight in others.items():
        if word in soft:
            by_weight[UNIT] = soft[word]
        found[word] = mixed(by_weight, known)
    return found


def plain(places: list[int], known: Sequence[bytes]) -> bytes:
    """Return *places* in the text alone, as most words of a page have them."""
    items = [head(ARRAY, len(places) + 1), WEIGHT]
    before = 0
    for place in places:
        items.append(known[place - before])
        before = place
    items.append(NO_FIELDS)
    return b"".join(items)


def mixed(places: Mapping[int, list[int]], known: Sequence[bytes]) -> bytes:
    """Return *places* of one word that weighs more than one does in some."""
    items: list[bytes] = []
    for weight in sorted(places):
        items.append(head(NEGATIVE, weight))
        before = 0
        for place in places[weight]:
            items.append(known[place - before])
            before = place
    return b"".join([head(ARRAY, len(items)), *items, NO_FIELDS])
