"""What a reader may type for what a writer wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tsuzuri.writing.search.folding import fold
from tsuzuri.writing.search.words import STAND_INS, filed_words

CASES = json.loads((Path(__file__).parents[1] / "cases/search-folding.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"] or "nothing")
def test_text_is_folded_and_split(case: dict[str, str]) -> None:
    """A word in one spelling is missed by a reader who types the other."""
    assert fold(case["text"]) == case["folded"]
    assert " ".join(filed_words(case["text"])) == case["words"].translate(STAND_INS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"] or "nothing")
def test_folding_twice_changes_nothing(case: dict[str, str]) -> None:
    """A query that was copied from a result would find nothing."""
    assert fold(fold(case["text"])) == fold(case["text"])
