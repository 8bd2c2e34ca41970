"""Rules of Japanese text on plain strings."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from tsuzuri.reading.japanese import (
    delimiter_run,
    first_sentences,
    fold_space,
    joins,
    reading_minutes,
    sentence_ends,
)

MD = MarkdownIt()


@given(st.text(alphabet='a1 \n."(é—', max_size=2), st.text(alphabet='a1 \n."(é—', max_size=2))
def test_runs_between_other_scripts_are_commonmark(before: str, after: str) -> None:
    for marker in "*_":
        source = before + marker * 2 + after
        state = StateInline(source, MD, {}, [])
        plain = state.scanDelims(len(before), marker == "*")
        ours = delimiter_run(source, len(before), len(source))
        assert (ours.can_open, ours.can_close) == (plain.can_open, plain.can_close)


@pytest.mark.parametrize(
    ("before", "marker", "after", "can_open", "can_close"),
    [
        (" ", "*", "～", True, False),
        (" ", "*", "字", True, False),
        ('"', "*", "字", True, True),
        ("～", "*", "a", True, True),
        ('"', "_", "字", True, False),
        ("～", "_", "a", True, False),
        ("字", "_", "字", False, False),
        ("字", "*", '"', True, True),
        ("a", "*", '"', False, True),
    ],
)
def test_the_specification_table(
    before: str, marker: str, after: str, can_open: bool, can_close: bool
) -> None:
    run = delimiter_run(before + marker + after, 1, 3)
    assert (run.length, run.can_open, run.can_close) == (1, can_open, can_close)


def test_nothing_is_read_beyond_the_stop() -> None:
    assert delimiter_run("a**b", 1, 3) == (2, False, True)


def test_no_text_beside_a_break_keeps_the_space() -> None:
    assert not joins("", "日")
    assert not joins("日", "")


@pytest.mark.parametrize(
    ("text", "code_lines", "formulas", "minutes"),
    [
        ("", 0, 0, 1),
        ("あ" * 500, 0, 0, 1),
        ("あ" * 4000, 0, 0, 8),
        ("強化学習を使う。" * 500, 0, 0, 7),
        ("word " * 2300, 0, 0, 10),
        ("あ" * 1000 + "word " * 460, 0, 0, 4),
        ("", 300, 0, 10),
        ("", 0, 60, 8),
        ("。、！？" * 1000, 0, 0, 1),
    ],
)
def test_reading_minutes(text: str, code_lines: int, formulas: int, minutes: int) -> None:
    assert reading_minutes(text, code_lines=code_lines, formulas=formulas) == minutes


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("はい。いいえ。", ["はい。", "いいえ。"]),
        ("本当！？うん", ["本当！？"]),
        ("「はい。」と言った。次。", ["「はい。」と言った。", "次。"]),
        ("「はい。」「いいえ。」", ["「はい。」", "「いいえ。」"]),
        ("これ（注。）は文。次", ["これ（注。）は文。"]),
        ("Python 3.11 を使う。Node.js も。", ["Python 3.11 を使う。", "Node.js も。"]),
        ("It works. So it is, e.g. here. End", ["It works.", " So it is, e.g. here."]),
        ("Sphinx is good. 次に", ["Sphinx is good."]),
        ("Wow!すごい", ["Wow!"]),
    ],
)
def test_sentences(text: str, ends: list[str]) -> None:
    starts = [0, *sentence_ends(text)]
    assert [text[a:b] for a, b in pairwise(starts)] == ends


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("短い文。", 20, "短い文。"),
        ("一つ目の文。二つ目の文。三つ目の文。", 13, "一つ目の文。二つ目の文。"),
        ("一つ目の文。二つ目の文。三つ目の文。", 12, "一つ目の文。二つ目の文。"),
        ("一つ目の文。二つ目の文。三つ目の文。", 11, "一つ目の文。"),
        ("とても長い一つの文で、途中に読点があり、終わらない", 16, "とても長い一つの文で…"),
        ("あいうえおかきくけこさしすせそ", 8, "あいうえおかき…"),
        ("a sentence that does not end within it", 20, "a sentence that…"),
        ("改行の\nある文。\n次の文。", 10, "改行のある文。"),
        ("か\u3099き\u3099く\u3099け\u3099", 4, "か\u3099…"),
    ],
)
def test_first_sentences(text: str, limit: int, expected: str) -> None:
    assert first_sentences(text, limit) == expected


@given(st.text(max_size=80), st.integers(min_value=8, max_value=40))
def test_first_sentences_keep_to_the_limit(text: str, limit: int) -> None:
    assert len(first_sentences(text, limit)) <= limit


def test_space_is_folded_as_in_a_paragraph() -> None:
    assert fold_space("  日本\n語 と\n Python  3 ") == "日本語と Python 3"
