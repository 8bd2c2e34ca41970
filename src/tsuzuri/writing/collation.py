"""The order in which Japanese readers look for a word in a list.

After JIS X 4061: marks, digits, Latin letters, kana, kanji.  Kana are ordered by sound (か before
が before き, hiragana as katakana, a long vowel mark as the vowel it lengthens); kanji in the order
of JIS X 0208, whose first level is arranged by reading, so that 画像 stands before 機械学習 without
a dictionary.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
VOWELS = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
}
"""Vowel to the syllables that end in it."""
MARK, DIGIT, LATIN, KANA, KANJI, OTHER = range(6)


def reading_order(text: str) -> tuple[tuple[tuple[int, int | bytes], ...], str]:
    """Return the sort key of *text*; total, since the text itself decides between equals."""
    letters = unicodedata.normalize("NFD", hiragana(unicodedata.normalize("NFKC", text).casefold()))
    plain = "".join(char for char in letters if not unicodedata.combining(char)).translate(SMALL)
    return tuple(weight(char) for char in without_long_marks(plain)), text


def hiragana(text: str) -> str:
    """Return *text* with hiragana for katakana."""
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)


def without_long_marks(text: str) -> str:
    """Return *text* with the vowel for each mark that lengthens one."""
    marks = [
        next((vowel for vowel, row in VOWELS.items() if before in row), char)
        if char == "ー"
        else char
        for before, char in pairwise(f" {text}")
    ]
    return "".join(marks)


def weight(char: str) -> tuple[int, int | bytes]:
    """Return the place of one character: its class, and its order in it."""
    category = unicodedata.category(char)
    if category == "Nd":
        return DIGIT, unicodedata.digit(char)
    if "ぁ" <= char <= "ゖ":
        return KANA, ord(char)
    if "CJK" in unicodedata.name(char, ""):
        try:
            return KANJI, char.encode("euc_jp")
        except UnicodeEncodeError:
            return KANJI, b"\xff" + char.encode("utf-32-be")  # after all of JIS
    if category[0] == "L":
        return LATIN, ord(char)
    return (MARK if category[0] in "PSZ" else OTHER), ord(char)
