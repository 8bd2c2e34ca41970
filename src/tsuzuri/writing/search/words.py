"""The words under which Pagefind files a text: pairs of letters where nothing parts words.

Pagefind's own Japanese splitter and the browser's, which splits the query, disagree about
compounds (新幹線 is filed as 新 and 幹線, and asked for as 新幹線), so pages are missed.  Here
every run of kanji and kana is filed as its overlapping pairs (情報, 報理, 理論), each at its
place, and its last letter; a query is split in the same way, and a phrase of pairs is the
very text.  Words of other scripts stay whole.
"""

from __future__ import annotations

import re
import unicodedata

from tsuzuri.writing.search.folding import fold

UNSPACED = (
    "\u3005-\u3007\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
)
"""Kanji, kana and hangul, as the inside of a character class; ``words.js`` has the same."""
WHOLE = rf"(?:[A-Za-z0-9_+#]++|(?![{UNSPACED}])[\w+#])++"
"""A word of other letters, as a pattern."""
SPOKEN = rf"(?=[_+#]*+(?![{UNSPACED}])[^\W_])"
"""Begins those that have a letter or a digit."""
WORD = re.compile(rf"(?=([{UNSPACED}]{{1,2}}|{SPOKEN}{WHOLE}))(?:[{UNSPACED}]|{WHOLE})")
"""Looks at two letters and goes on by one, so that pairs overlap."""
BOUNDARY = "."
"""Fills a place without being a word, so that no phrase goes across it."""

KANA = range(0x3041, 0x3100)
STAND_INS = {
    chr(letter): chr(letter + 0xA000 - 0x3040)
    for letter in KANA
    if len(unicodedata.normalize("NFD", chr(letter))) > 1
}
"""Kana with a voicing mark to letters without one, of a script (Yi) that is not taken apart."""
VOICED = re.compile(f"[{''.join(STAND_INS)}]")


def words_in(text: str) -> list[str]:
    """Return the words of *text* in order, each as it is read."""
    return WORD.findall(fold(text))


def given(words: str) -> str:
    """Return *words*, however they are parted, as Pagefind is given them.

    It drops all marks to find café for cafe, and would find かき for がき.  Its own cure, exact
    marks, keeps it from finding studies for study.
    """
    return VOICED.sub(lambda match: STAND_INS[match[0]], words)
