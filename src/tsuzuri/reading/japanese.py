"""Rules of Japanese text: what emphasis touches, where lines join, where sentences end.

Pure functions on strings; the Markdown rules in :mod:`tsuzuri.reading.rules` and whoever sums
a post up call them.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import NamedTuple

from tsuzuri.reading.characters import (
    EXTENDS,
    IDEOGRAPHIC_SELECTOR,
    KANA_KANJI_RANGES,
    TEXT_SELECTOR,
    WIDTH_AMBIGUOUS_QUOTES,
    is_cjk,
    is_fullwidth_punctuation,
    is_japanese,
    is_punctuation,
    is_space,
    leans_on_neighbour,
)


class DelimiterRun(NamedTuple):
    """A run of ``*``, ``_`` or ``~`` and what it can do."""

    length: int
    can_open: bool
    can_close: bool


def delimiter_run(source: str, start: int, stop: int) -> DelimiterRun:
    """Classify the delimiter run at *start* of *source*, of which nothing from *stop* on counts.

    CommonMark 0.31 with the CJK-friendly amendments: a run between a CJK character and
    punctuation opens and closes as one between two letters does, so that ``**「語」**は`` works.
    Text without CJK characters is read as CommonMark reads it.
    """
    marker = source[start]
    end = start
    while end < stop and source[end] == marker:
        end += 1
    before, before_is_cjk = _before(source, start)
    after = source[end] if end < stop else " "
    if is_space(before) or is_space(after):
        return DelimiterRun(end - start, not is_space(after), not is_space(before))
    beside_cjk = before_is_cjk or is_cjk(after)
    opaque_before, opaque_after = is_punctuation(before), is_punctuation(after)
    left = not opaque_after or opaque_before or beside_cjk
    right = not opaque_before or opaque_after or beside_cjk
    if marker == "_":
        opens, closes = left and (not right or opaque_before), right and (not left or opaque_after)
        return DelimiterRun(end - start, opens, closes)
    return DelimiterRun(end - start, left, right)


def _before(source: str, start: int) -> tuple[str, bool]:
    """Return the character before *start*, selectors looked through, and whether it is CJK."""
    if start == 0:
        return " ", False
    char = source[start - 1]
    if IDEOGRAPHIC_SELECTOR.match(char):
        return char, True
    if start > 1 and TEXT_SELECTOR.match(char) and not is_space(source[start - 2]):
        base = source[start - 2]
        # U+FE01 asks for the full-width form of a quotation mark.
        return base, is_cjk(base) or (char == "\ufe01" and base in WIDTH_AMBIGUOUS_QUOTES)
    return char, is_cjk(char)


def joins(before: str, after: str) -> bool:
    """Tell whether a line break between the texts *before* and *after* leaves no space.

    It leaves none between two Japanese characters and beside full-width punctuation.  A
    character that Japanese shares with other scripts (``…``, ``→``, an emoji) goes by the other
    side.  Hangul is written with spaces and keeps them.
    """
    left, right = _last(before), after[:1]
    if not left or not right:
        return False
    if is_fullwidth_punctuation(left) or is_fullwidth_punctuation(right):
        return True
    if is_japanese(left):
        return is_japanese(right) or leans_on_neighbour(right)
    return is_japanese(right) and leans_on_neighbour(left)


def _last(text: str) -> str:
    """Return the last character of *text*, marks and selectors after it looked through."""
    for char in reversed(text[-16:]):
        if not EXTENDS.match(char) and not IDEOGRAPHIC_SELECTOR.match(char):
            return char
    return text[-1:]


JAPANESE_CHARACTERS_A_MINUTE = 500
WORDS_A_MINUTE = 230
SECONDS_A_CODE_LINE = 2.0
SECONDS_A_FORMULA = 8.0
JAPANESE_LETTERS = re.compile(f"[{KANA_KANJI_RANGES}]+")
WORD = re.compile(r"[^\W_](?:[\w'’.-]*[^\W_])?")


def reading_minutes(text: str, *, code_lines: int = 0, formulas: int = 0) -> int:
    """Return in how many minutes, at least one, *text* is read.

    Kana and kanji are counted one by one, everything else in words.  *text* is prose without
    code and formulas: a line of code is skimmed, a formula stopped at.
    """
    others = JAPANESE_LETTERS.split(text)
    letters = len(text) - sum(map(len, others))
    words = len(WORD.findall(" ".join(others)))
    minutes = letters / JAPANESE_CHARACTERS_A_MINUTE + words / WORDS_A_MINUTE
    minutes += (code_lines * SECONDS_A_CODE_LINE + formulas * SECONDS_A_FORMULA) / 60
    return max(1, math.ceil(minutes - 0.25))


OPENING, CLOSING = "「『（(［[【〈《〔“", "」』）)］]】〉》〕”"
ENDING = "。．！？!?."
CLAUSE_END = re.compile(r"[、，,;；：:）」』】]|\s")


def first_sentences(text: str, limit: int) -> str:
    """Return as many whole sentences from the start of *text* as fit into *limit* characters.

    When not even the first fits it is cut after a clause or a word, and ``…`` put in its place.
    White space is folded as a paragraph's is.
    """
    text = fold_space(text)
    if len(text) <= limit:
        return text
    end = 0
    for stop in sentence_ends(text[: limit + 64]):
        if stop > limit:
            break
        end = stop
    return text[:end].rstrip() if end else _cut(text, limit)


def fold_space(text: str) -> str:
    """Fold each run of white space in *text*: nothing where Japanese lines join, else a space."""
    parts = text.split()
    folded: list[str] = parts[:1]
    for previous, part in pairwise(parts):
        folded += [part] if joins(previous, part) else [" ", part]
    return "".join(folded)


def sentence_ends(text: str) -> list[int]:
    """Return the positions in *text* just after each sentence, the last one's included if whole.

    What stands in brackets does not end the sentence around it: ``「はい。」と言った。`` is one.
    """
    ends, depth, position = [], 0, 0
    while position < len(text):
        char = text[position]
        position += 1
        if char in OPENING:
            depth += 1
        elif char in CLOSING and depth:
            depth -= 1
            at_edge = position == len(text) or text[position] in OPENING + " "
            if depth == 0 and text[position - 2] in ENDING and at_edge:
                ends.append(position)
        elif char in ENDING and depth == 0:
            while position < len(text) and text[position] in ENDING:
                position += 1
            if _ends_here(text, position):
                ends.append(position)
    return ends


def _ends_here(text: str, position: int) -> bool:
    """Tell whether the stop before *position* ends a sentence; in ``e.g. this`` it does not."""
    if position == len(text) or text[position - 1] in "。．！？":
        return True
    following = text[position : position + 2]
    if text[position - 1] in "!?":
        return is_space(following[0]) or is_japanese(following[0])
    return following[0] == " " and len(following) > 1 and not following[1].islower()


def _cut(text: str, limit: int) -> str:
    """Cut *text*, a sentence longer than *limit*, after a clause or a word."""
    room = text[: limit - 1]
    ends = [match.end() for match in CLAUSE_END.finditer(room)]
    if ends and ends[-1] > limit // 2:
        room = room[: ends[-1]].rstrip(" 、，,;；：:")
    else:
        while room and (EXTENDS.match(text[len(room)]) or room.endswith("\u200d")):
            room = room[:-1]
    return room + "…"
