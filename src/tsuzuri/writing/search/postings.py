"""Where the words of one page are: what an inverted index is joined from.

The places of a word are encoded as Pagefind reads them: an array of numbers, each the distance to
the place before; a negative number says what the places after it weigh, and they count from
nought again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from operator import sub
from typing import TYPE_CHECKING

from tsuzuri.writing.search.cbor import ARRAY, NEGATIVE, head, number
from tsuzuri.writing.search.words import as_filed, index_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

UNIT = 24
"""What Pagefind's files hold for a weight of one."""
AS_IT_IS = re.compile(
    "[\u3005-\u3007\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua0ff\U00020000-\U0003ffff]{1,2}"
)
"""Words that Pagefind leaves as they are: kanji, kana, and the letters that stand in for some.
Of hangul it takes the syllables apart."""
NO_FIELDS = head(ARRAY, 0)
"""No place in a field of its own, such as a title; ours are words of the text."""
NO_RUN = (0, b"")

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
        words = as_filed(index_words(text)).split()
        table = tables[weight]
        for place, word in enumerate(words, start):
            table[word].append(place)
        start += len(words) + 1 if words else 0
    runs = {word: run(UNIT, [start + place]) for place, word in enumerate(last, 1)}
    rough: dict[str, Places] = {}
    for weight in sorted(tables):
        for word, places in tables[weight].items():
            if AS_IT_IS.fullmatch(word):
                size, content = run(UNIT * weight, places)
                before, begin = runs.get(word, NO_RUN)
                runs[word] = before + size, begin + content
            else:
                rough.setdefault(word, {})[UNIT * weight] = places
    ready = {
        word: head(ARRAY, size) + content + NO_FIELDS for word, (size, content) in runs.items()
    }
    return Postings(start + 1 + len(last), ready, rough)


def run(weight: int, places: Sequence[int]) -> tuple[int, bytes]:
    """Return *places* of one weight, encoded, and how many numbers they take."""
    content = head(NEGATIVE, weight) + number(places[0])
    if len(places) > 1:
        content += b"".join(map(number, map(sub, places[1:], places)))
    return len(places) + 1, content


def encoded(places: Mapping[int, Sequence[int]]) -> bytes:
    """Return *places* as they are in an index."""
    runs = [run(weight, places[weight]) for weight in sorted(places)]
    size = sum(size for size, _content in runs)
    return head(ARRAY, size) + b"".join(content for _size, content in runs) + NO_FIELDS
