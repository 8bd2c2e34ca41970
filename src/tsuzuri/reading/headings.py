"""Headings: levels without gaps, ids that a person can read."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NOT_IN_ANCHOR = re.compile(r"[^\w\s-]")
SPACE = re.compile(r"\s+")
LOWEST = 6


def consecutive_levels(levels: Iterable[int], *, top: int = 2) -> list[int]:
    """Move heading *levels* so that they start at *top* and never skip one on the way down.

    The outline keeps its shape: a heading that was below another stays below it.

    >>> consecutive_levels([3, 3, 4, 3])
    [2, 2, 3, 2]
    >>> consecutive_levels([3, 5, 2, 3])
    [2, 3, 2, 3]
    """
    open_levels: list[int] = []
    moved = []
    for level in levels:
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        moved.append(min(top + len(open_levels) - 1, LOWEST))
    return moved


def anchor(text: str) -> str:
    """Return the id of a heading: its own words, in Unicode, as GitHub makes them.

    A heading of punctuation alone is ``section``.

    >>> anchor("o1-preview モデルの強力さ"), anchor("C++ と「参照」")
    ('o1-preview-モデルの強力さ', 'c-と参照')
    """
    kept = NOT_IN_ANCHOR.sub("", unicodedata.normalize("NFC", text).strip().lower())
    return SPACE.sub("-", kept).strip("-") or "section"


def same_heading(first: str, second: str) -> bool:
    """Tell whether two headings say the same, whatever their white space and width.

    >>> same_heading("OpenAI  o1 のまとめ", "ＯｐｅｎＡＩ o1 のまとめ ")
    True
    """
    return _plain(first) == _plain(second)


def _plain(text: str) -> str:
    return SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip()
