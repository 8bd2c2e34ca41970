"""Where the words of one page are: what an inverted index is joined from.

The places of a word are encoded as Pagefind reads them: an array of numbers, each the distance to
the place before; a negative number says what the places after it weigh, and they count from
nought again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from operator import sub
from typing import TYPE_CHECKING

from tsuzuri.writing.search.cbor import ARRAY, NEGATIVE, head, number
from tsuzuri.writing.search.words import filed_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

UNIT = 24
"""What Pagefind's files hold for a weight of one."""
AS_IT_IS = re.compile(
    "^[\u3005-\u3007\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua0ff\U00020000-\U0003ffff]{1,2}$",
    re.MULTILINE,
)
"""Of words, a line each, those that Pagefind leaves as they are: kanji, kana, and the letters that
stand in for some.  Of hangul it takes the syllables apart."""
NO_FIELDS = head(ARRAY, 0)
"""No place in a field of its own, such as a title; ours are words of the text."""

Places = dict[int, list[int]]
"""The places of a word in a page, in order, by what they weigh."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The words of one page."""

    length: int
    """In words, with the boundaries between blocks."""
    ready: dict[str, bytes]
    """The encoded places of words that are filed as they are."""
    rough: dict[str, Places]
    """The places of words whose form in the index Pagefind has to tell."""


def postings(blocks: Iterable[tuple[int, str]], last: Sequence[str]) -> Postings:
    """Return the words of a page: of its *blocks*, each a weight and a text, and its *last*.

    A place without a word is left after each block, so that no phrase goes across.
    """
    tables: dict[int, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    start = 0
    for weight, text in blocks:
        words = filed_words(text)
        table = tables[weight]
        for place, word in enumerate(words, start):
            table[word].append(place)
        start += len(words) + 1 if words else 0
    soft = tables.pop(1, defaultdict(list))
    loud: dict[str, Places] = {}
    for weight in sorted(tables):
        for word, places in tables[weight].items():
            if word not in loud:
                loud[word] = {UNIT: soft.pop(word)} if word in soft else {}
            loud[word][UNIT * weight] = places
    ready = {word: plain(soft.pop(word)) for word in AS_IT_IS.findall("\n".join(soft))}
    ready |= {word: encoded(loud.pop(word)) for word in AS_IT_IS.findall("\n".join(loud))}
    ready |= {word: plain([start + place]) for place, word in enumerate(last, 1)}
    rough = loud | {word: {UNIT: places} for word, places in soft.items()}
    return Postings(start + 1 + len(last), ready, rough)


def plain(places: Sequence[int]) -> bytes:
    """Return *places* in the text alone, as most words of a page have them."""
    if len(places) == 1:
        return once(places[0])
    steps = map(number, map(sub, places[1:], places))
    return b"".join((begin(len(places) + 1), number(places[0]), *steps, NO_FIELDS))


def encoded(places: Mapping[int, Sequence[int]]) -> bytes:
    """Return *places* as they are in an index."""
    if len(places) == 1 and UNIT in places:
        return plain(places[UNIT])
    items: list[bytes] = []
    for weight in sorted(places):
        where = places[weight]
        items += (head(NEGATIVE, weight), number(where[0]))
        items += map(number, map(sub, where[1:], where))
    return b"".join((head(ARRAY, len(items)), *items, NO_FIELDS))


@cache
def begin(size: int) -> bytes:
    """Return the beginning of a list of *size* numbers, the first of them the weight of text."""
    return head(ARRAY, size) + head(NEGATIVE, UNIT)


@cache
def once(place: int) -> bytes:
    """Return the one *place* of a word in the text; nearly half of the words of a page have one."""
    return begin(2) + number(place) + NO_FIELDS
