"""Headings break where a reader would take a breath, and say the same."""

from __future__ import annotations

import budoux
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from tsuzuri.writing.phrases import Model, Phrases

PHRASES = Phrases()
BUDOUX = budoux.load_default_japanese_parser()
MODEL = Model(BUDOUX.model)


@given(st.text(alphabet="この記事では認証をDBへ、移す。方法と\0 \n", min_size=1, max_size=30))
def test_phrases_are_those_of_budoux(text: str) -> None:
    assert MODEL.phrases(text) == BUDOUX.parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OpenAI o1 の情報をまとめる", "OpenAI o1 の<wbr>情報を<wbr>まとめる"),
        ("Plain English", "Plain English"),
        ("a < b の話", "a &lt; b の<wbr>話"),
        ("", ""),
    ],
)
def test_text(text: str, expected: str) -> None:
    assert expected == str(PHRASES.text(text))


@pytest.mark.parametrize(
    "html",
    [
        '<h2>表の<code>o1の名前をまとめる</code>を読む<a class="headerlink" href="#a">#</a></h2>',
        '<h1 id="x">情報を<em>強く</em>まとめる &amp; 終わる</h1>',
        "<h3>式 <math><mi>情報をまとめる</mi></math> の意味</h3>",
        "<p>段落の情報をまとめる</p>",
    ],
)
def test_headings_say_the_same(html: str) -> None:
    """Code, formulas and links in a heading are left whole."""
    broken = PHRASES.headings(html)
    assert BeautifulSoup(html, "lxml").get_text() == BeautifulSoup(broken, "lxml").get_text()
    assert html == broken.replace("<wbr>", "")
    for kept in ("code", "math", "p"):
        for element in BeautifulSoup(broken, "lxml").select(kept):
            assert element.find("wbr") is None


def test_a_heading_over_several_lines_is_found() -> None:
    assert "<wbr>" in PHRASES.headings("<h2>情報を\nまとめる話を書く</h2>")
