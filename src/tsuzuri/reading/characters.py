"""What kind of character stands where: the classes that Japanese text rules are made of.

The table follows Unicode 17 and is written out, not taken from :mod:`unicodedata`, so that the
same post gives the same page on every Python.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, east_asian_width

CJK_RANGES = (
    "\u1100-\u11ff\u20a9\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u2e99\u2e9b-\u2ef3"
    "\u2f00-\u2fd5\u2ff0-\u303e\u3041-\u3096\u3099-\u30ff\u3105-\u312f\u3131-\u318e\u3190-\u31e5"
    "\u31ef-\u321e\u3220-\u3247\u3250-\ua48c\ua490-\ua4c6\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7c6"
    "\ud7cb-\ud7fb\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe52\ufe54-\ufe66\ufe68-\ufe6b\uff01-\uffbe"
    "\uffc2-\uffc7\uffca-\uffcf\uffd2-\uffd7\uffda-\uffdc\uffe0-\uffe6\uffe8-\uffee"
    "\U00016fe0-\U00016fe4\U00016ff0-\U00016ff6\U00017000-\U00018cd5\U00018cff-\U00018d1e"
    "\U00018d80-\U00018df2\U0001aff0-\U0001aff3\U0001aff5-\U0001affb\U0001affd\U0001affe"
    "\U0001b000-\U0001b122\U0001b132\U0001b150-\U0001b152\U0001b155\U0001b164-\U0001b167"
    "\U0001b170-\U0001b2fb\U0001d300-\U0001d356\U0001d360-\U0001d376\U0001f200\U0001f202"
    "\U0001f210-\U0001f219\U0001f21b-\U0001f22e\U0001f230\U0001f231\U0001f237\U0001f23b"
    "\U0001f240-\U0001f248\U0001f260-\U0001f265\U00020000-\U0003fffd"
)
"""East Asian Width W, F or H without what is an emoji by default, and all of Hangul."""

HANGUL_RANGES = (
    "\u1100-\u11ff\u302e\u302f\u3131-\u318e\u3200-\u321e\u3260-\u327e\ua960-\ua97c"
    "\uac00-\ud7a3\ud7b0-\ud7c6\ud7cb-\ud7fb\uffa0-\uffdc"
)
KANA_KANJI_RANGES = (
    "\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u303c\u3041-\u3096\u3099-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U0001aff0-\U0001b167\U00020000-\U0003fffd"
)
"""What Japanese words are written with; without punctuation, symbols, full-width Latin."""

CJK = re.compile(f"[{CJK_RANGES}]")
HANGUL = re.compile(f"[{HANGUL_RANGES}]")
IDEOGRAPHIC_SELECTOR = re.compile("[\U000e0100-\U000e01ef]")
TEXT_SELECTOR = re.compile("[\ufe00-\ufe0e]")
"""Variation selectors that do not ask for an emoji."""
EXTENDS = re.compile("[\u0300-\u036f\u200d\u20e3\u3099\u309a\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
"""What belongs to the character before it: accents, selectors, joiners, skin tones."""
WIDTH_AMBIGUOUS_QUOTES = frozenset("‘’“”")


def is_cjk(char: str) -> bool:
    """Tell whether *char* is a CJK character, as emphasis beside it needs to know."""
    return char >= "\u1100" and CJK.match(char) is not None


@lru_cache(maxsize=4096)
def is_punctuation(char: str) -> bool:
    """Tell whether *char* is punctuation or a symbol, as CommonMark 0.31 defines it."""
    return category(char)[0] in "PS"


def is_space(char: str) -> bool:
    """Tell whether *char* is Unicode whitespace, as CommonMark defines it."""
    return char in " \t\n\f\r" or category(char) == "Zs"


@lru_cache(maxsize=8192)
def is_japanese(char: str) -> bool:
    """Tell whether *char* is written without spaces around it: CJK, but not Hangul."""
    return is_cjk(char) and not HANGUL.match(char) and char != "₩"


@lru_cache(maxsize=4096)
def is_fullwidth_punctuation(char: str) -> bool:
    """Tell whether *char* brings its own space: 、。「」（）！？・： and the full-width space."""
    if char == "\u3000":
        return True
    return is_japanese(char) and category(char)[0] == "P"


@lru_cache(maxsize=4096)
def leans_on_neighbour(char: str) -> bool:
    """Tell whether *char* is set as Japanese only in Japanese text: … “ ” → ※ and emoji."""
    return category(char) == "So" or (is_punctuation(char) and east_asian_width(char) == "A")
