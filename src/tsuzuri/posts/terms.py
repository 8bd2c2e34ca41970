"""The words that a text is about, without a dictionary.

Japanese writes its concepts in runs of one script: 強化学習, データ, GitHub.  Such runs, kanji of
two and more, katakana of three and more, Latin words of three and more, are taken as words; that
is enough to tell which posts are about the same thing, and costs a fraction of a word splitter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORD = re.compile(r"[一-鿿㐀-䶿々]{2,}|[ァ-ヴー]{3,}|[A-Za-z][A-Za-z0-9+#]{2,}")
KEPT = 32
"""Words kept of each text, the most frequent."""
TITLE_WEIGHT = 3
NO_TEXT = (nodes.literal_block, nodes.math, nodes.math_block, nodes.raw, nodes.comment)


def terms_of(texts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Return the words of *texts*, each with its weight, and how often each weighs in.

    >>> terms_of([("強化学習とデータ", 3), ("強化学習は学習です。", 1)])
    (('強化学習', 4), ('データ', 3), ('学習', 1))
    """
    by_weight: defaultdict[int, list[str]] = defaultdict(list)
    for text, weight in texts:
        by_weight[weight].append(text)
    counts: Counter[str] = Counter()
    for weight, alike in by_weight.items():
        for word, number in Counter(WORD.findall("\n".join(alike))).items():
            counts[word.lower()] += weight * number
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(ranked[:KEPT])


def texts_of(document: nodes.document) -> Iterator[tuple[str, int]]:
    """Yield the texts of *document* with their weights: titles count three times."""
    for node in document.findall(nodes.Text):
        parent: nodes.Node | None = node.parent
        weight = TITLE_WEIGHT if isinstance(parent, nodes.title) else 1
        if not isinstance(parent, NO_TEXT):
            yield node.astext(), weight
