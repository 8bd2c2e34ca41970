"""Rules that are asked at their first characters only: the same tokens, whatever the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from tsuzuri.config import Settings
from tsuzuri.reading.rules import firsts, install

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

EXTENSIONS = {
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath",
    "fieldlist", "html_admonition", "html_image", "replacements", "smartquotes",
    "strikethrough", "substitution", "tasklist",
}  # fmt: skip
BEGINNINGS = (
    "", "", "# ", "> ", "- ", "+ ", "* ", "1. ", "```\n", "~~~\n", ":::{note}\n", ":::\n", "$$\n",
    "% ", "+++\n", "(a)=\n", "　(a)=\n", "---\n", "===\n", "| a |\n|---|\n", "[^a]: ", "[a]: b\n",
    "<div>\n", "<!-- ", ":a: ", ": ", "@[card](https://a.example)\n", "{#a .b}\n", "    ", "\t", "　",
    "\\begin{align}\n", "\\end{align}\n", "***\n", "\x0b", "\xa0", "\u2028",
)  # fmt: skip
"""How lines begin, each construct's way and what looks alike."""
PIECES = (
    "字", "a b", "*", "**", "_", "`", "``", "~~", "[", "]", "(", ")", "![", "[[a]]", "^[", "[^a]",
    "<b>", "</b>", "<https://a.example>", "https://a.example/", "www.a.example", "a@b.example",
    "&amp;", "&", "\\", "\\*", "$", "$x$", "$$", "{a}`b`", "{#a}", "{{ a }}", "{漢字|かんじ}", "!",
    ":", "://", "\n", "  \n", "\\\n", "。", "　", "\t", "|", "-", "\x0b",
)  # fmt: skip
LINES = st.tuples(
    st.sampled_from(("", " ", "  ", "   ")),
    st.lists(st.sampled_from(BEGINNINGS), max_size=3).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
).map("".join)


def parser(*, shortcuts: bool) -> MarkdownIt:
    config = MdParserConfig(enable_extensions=EXTENSIONS)
    md = create_md_parser(config, RendererHTML)
    install(md, Settings(ruby=True, shortcuts=shortcuts))
    return md


QUICK, SLOW = parser(shortcuts=True), parser(shortcuts=False)


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_the_tokens_are_the_same(text: str) -> None:
    """What looks like markup, in every place that it may stand in."""
    assert QUICK.parse(text) == SLOW.parse(text)


def test_rules_that_are_turned_off_are_not_asked() -> None:
    """As the parser of an included file does it, and back."""
    for md in (QUICK, SLOW):
        with md.reset_rules():
            md.disable(["emphasis", "heading"])
            assert md.parse("# *a*")[0].type == "paragraph_open"
        assert md.parse("# *a*")[0].type == "heading_open"


def test_the_versions_in_use_are_those_compared() -> None:
    """When a package moves on, someone has to compare again and raise the range."""
    assert firsts.fits()


@pytest.mark.parametrize(("table", "kind"), [(firsts.BLOCKS, "block"), (firsts.MARKS, "inline")])
def test_every_rule_of_a_table_exists(table: dict[str, str], kind: str) -> None:
    """A rule that is called otherwise would be asked everywhere, and no one would notice."""
    preserving = {"myst_preserve_newline"}  # in the parsers of included files
    assert set(table) - set(SLOW.get_all_rules()[kind]) <= preserving
