"""Japanese Markdown comes out as its writer meant it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.cases import Case, cases_of

if TYPE_CHECKING:
    from tests.reading.rules.conftest import Parser


@cases_of("emphasis.md")
def test_emphasis(md: MarkdownIt, case: Case) -> None:
    assert md.render(case.source) == case.expected


@cases_of("line-breaks.md")
def test_line_breaks(md: MarkdownIt, case: Case) -> None:
    assert md.render(case.source) == case.expected


@cases_of("bare-urls.md")
def test_bare_urls(md: MarkdownIt, case: Case) -> None:
    assert md.render(case.source) == case.expected


@cases_of("dollars.md")
def test_dollars(md: MarkdownIt, case: Case) -> None:
    assert md.render(case.source) == case.expected


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("join", "<p>一行二行\nthree</p>\n"),
        ("space", "<p>一行\n二行\nthree</p>\n"),
        ("br", "<p>一行<br />\n二行<br />\nthree</p>\n"),
    ],
)
def test_setting_of_line_breaks(parser: Parser, setting: str, expected: str) -> None:
    assert parser(line_breaks=setting).render("一行\n二行\nthree") == expected


def test_joined_lines_are_one_text(md: MarkdownIt) -> None:
    """A word that a line break divided is found by whoever reads the document's texts."""
    children = md.parse("確定\n申告の\n季節")[1].children
    assert children is not None
    assert [child.content for child in children] == ["確定申告の季節"]


def test_a_role_shows_its_text_beside_the_break(parser: Parser) -> None:
    """`{ref}` with a Japanese title joins; its target, which nobody sees, does not count."""
    from mdit_py_plugins.myst_role import myst_role_plugin

    md = parser().use(myst_role_plugin)
    children = md.parse("{ref}`見出し <target>`\nを見る")[1].children
    assert children is not None
    assert [child.type for child in children] == ["myst_role", "text"]


@given(st.text(alphabet='ab .,("*_~`\\[]()!', max_size=24))
def test_text_without_japanese_is_commonmark(text: str) -> None:
    """English posts read as everywhere; one tilde and three are as on GitHub."""
    if "~" in text.replace("~~", "") or "~~~" in text:
        return
    assert OURS.render(text) == PLAIN.render(text)


def _ours() -> MarkdownIt:
    from tsuzuri.config import Settings
    from tsuzuri.reading.rules import install

    md = MarkdownIt("commonmark")
    install(md, Settings())
    return md


OURS = _ours()
PLAIN = MarkdownIt("commonmark").enable("strikethrough")

MEGABYTE = 1_000_000
HOSTILE = {
    "stars": "a" + "*" * MEGABYTE,
    "brackets": "[" * MEGABYTE,
    "closed brackets": "[" * (MEGABYTE - 1) + "]",
    "images": "![" * (MEGABYTE // 2),
    "dollars": "$" * MEGABYTE,
    "braces": "$x" + "{" * (MEGABYTE // 2) + "}" * (MEGABYTE // 2) + "$",
    "tildes": "a" + "~" * MEGABYTE,
    "schemes": "https://" * (MEGABYTE // 8),
    "one address": "https://example.com/" + "(" * MEGABYTE,
    "trailing": "https://example.com/" + ")&a;" * (MEGABYTE // 4),
    "host": "https://" + "a." * (MEGABYTE // 2),
    "japanese host": "https://" + "あ." * (MEGABYTE // 4),
    "www": "www." * (MEGABYTE // 4),
    "mail": "a" * MEGABYTE + "@",
    "notes": "^[" * (MEGABYTE // 2),
    "folds": "<details>\n\n" * 10_000,
    "unfolded": "</details>\n\n" * 10_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_megabyte_is_read_in_seconds(md: MarkdownIt, source: str) -> None:
    start = time.process_time()
    md.parse(source)
    assert time.process_time() - start < 5


GROWING = {
    "emphasis": "*a",
    "emphasis beside Japanese": "**「あ",
    "strikethrough": "~~a",
    "lines": "日本\n",
    "emphasised lines": "*日*\n",
    "formulas": "$a",
    "formulas in backticks": "$` ",
    "escaped dollars": "$\\",
    "addresses": "https://a",
    "addresses with brackets": "https://a/[",
    "mail addresses": "a@a.",
    "notes": "^[a]",
    "sized images": "![a](b =",
    "embeds": "@[l](b)\n",
}


@pytest.mark.parametrize("piece", GROWING.values(), ids=GROWING)
def test_time_grows_as_the_text_does(md: MarkdownIt, piece: str) -> None:
    """Eight times the text takes about eight times the time; a square would be sixty-four."""

    def seconds(count: int) -> float:
        start = time.process_time()
        md.parse(piece * count)
        return time.process_time() - start

    short = max(min(seconds(1000) for _ in range(3)), 0.004)
    assert min(seconds(8000) for _ in range(2)) / short < 32
