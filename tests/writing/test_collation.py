"""A reader of a list of tags finds a word where a Japanese index would have it."""

from __future__ import annotations

import random

import pytest

from tsuzuri.writing.collation import reading_order


def test_words_stand_where_readers_look_for_them() -> None:
    words = [".NET", "3D", "AI", "rust", "キャッシュ", "画像", "機械学習"]
    assert sorted(random.Random(1).sample(words, len(words)), key=reading_order) == words


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("C", "C#"),
        ("かき", "かぎ2"),
        ("アイデア", "いぬ"),
        ("がか", "かき"),
        ("サーバ", "サイト"),
        ("きって", "きつね"),
        ("キー", "キーボード"),
        ("ワーカー", "亜鉛"),
        ("確率", "𠮷野家"),
        ("ＡＩ", "B"),
        ("A", "b"),
        ("B", "c"),
    ],
)
def test_one_word_before_another(first: str, second: str) -> None:
    assert sorted([second, first], key=reading_order) == [first, second]


def test_words_that_sound_alike_still_have_an_order() -> None:
    """Two builds must not differ in the order of ハク and はく."""
    assert [
        sorted(words, key=reading_order)
        for words in (["はく", "ハク", "バク"], ["バク", "ハク", "はく"])
    ] == [["はく", "ハク", "バク"]] * 2
