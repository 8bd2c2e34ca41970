"""What a reader may type for what a writer wrote."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest

from tsuzuri.writing.search.cbor import array, number
from tsuzuri.writing.search.folding import fold
from tsuzuri.writing.search.postings import UNIT, postings
from tsuzuri.writing.search.words import UNSPACED, words_in

CASES = json.loads((Path(__file__).parents[1] / "cases/search-folding.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"] or "nothing")
def test_text_is_folded_and_split(case: dict[str, str]) -> None:
    """A word in one spelling is missed by a reader who types the other."""
    assert fold(case["text"]) == case["folded"]
    assert " ".join(words_in(case["text"])) == case["words"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"] or "nothing")
def test_folding_twice_changes_nothing(case: dict[str, str]) -> None:
    """A query that was copied from a result would find nothing."""
    assert fold(fold(case["text"])) == fold(case["text"])


def plainly(text: str) -> list[str]:
    """Return the words of *text*, which is folded: runs of letters in pairs, others whole."""
    found: list[str] = []
    for run, whole in re.findall(rf"([{UNSPACED}]+)|((?:(?![{UNSPACED}])[\w+#])+)", text):
        found += [run[at : at + 2] for at in range(len(run))]
        found += [whole] if re.search(r"[^\W_]", whole) else []
    return found


def test_words_are_pairs_and_what_lies_between_them() -> None:
    """A word is lost where letters of two scripts meet, or a sign is taken for one."""
    for letters in product("漢ア가\U00020001_+#a9Жꀌ ", repeat=4):
        text = "".join(letters)
        assert words_in(text) == plainly(text)


def test_a_kana_and_the_letter_that_stands_in_for_it_share_a_word() -> None:
    """One of the two is on no page when a post has both."""
    places = postings([(1, "ꀌ が か が")], []).ready["ꀌ"]
    assert places == array([number(step) for step in (-1 - UNIT, 0, 1, 2)]) + array([])
