"""Rules asked only where a text begins as their constructs do.

markdown-it asks all of some twenty rules at the beginning of every block, most of them again at
every further line of a paragraph, and as many at every character that may be markup; nearly all
look at one character and say no.  Here that character is looked at first.

A rule that is not in the tables below, such as one of another extension, is asked everywhere.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from packaging.specifiers import SpecifierSet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.ruler import Ruler
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    Rule = Callable[..., bool]
    Rules = Sequence[Rule]
    Merge = Callable[[Rules, Mapping[str, Rules]], Rule]

COMPARED = {"markdown-it-py": ">=4.0,<4.4", "mdit-py-plugins": ">=0.6,<0.8"}
"""The versions whose rules the tables are true of."""
BLOCKS = {
    "math_block": "$",
    "colon_fence": ":",
    "attr": "{",
    "fence": "`~",
    "myst_line_comment": "%",
    "amsmath": "\\",
    "blockquote": ">",
    "myst_block_break": "+",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
    "fieldlist": ":",
    "tsuzuri_embed": "@",
}
"""A rule for blocks to what its first line begins with, one character after the indent."""
MARKS = {
    "tsuzuri_bare_url": ":",
    "myst_preserve_newline": "\n",
    "newline": "\n",
    "math_inline": "$",
    "escape": "\\",
    "myst_role": "{",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "tsuzuri_ruby": "{",
    "tsuzuri_wikilink": "[",
    "tsuzuri_brackets": "[!^",
    "tsuzuri_note": "^",
    "link": "[",
    "tsuzuri_sized_image": "!",
    "image": "!",
    "footnote_ref": "[",
    "span": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "attr": "{",
}
"""A rule for what stands in a line to the character that it is asked about."""


def install(md: MarkdownIt) -> None:
    """Have *md* ask its rules so, when they are those that the tables were made from."""
    if fits():
        narrow(md.block.ruler, BLOCKS, block_rule)
        narrow(md.inline.ruler, MARKS, inline_rule)


@cache
def fits() -> bool:
    """Tell whether the installed versions are the ones compared."""
    return all(version(name) in SpecifierSet(span) for name, span in COMPARED.items())


def narrow(ruler: Ruler[Any], firsts: Mapping[str, str], merge: Merge) -> None:
    """Have *ruler* give, instead of its rules, one rule that *merge* makes of them."""
    own = ruler.getRules
    kept: dict[str, tuple[Rules, list[Rule]]] = {}

    def get_rules(chain: str = "") -> list[Rule]:
        rules = own(chain)
        if rules and (chain not in kept or kept[chain][0] is not rules):
            names = dict(zip(own(""), ruler.get_active_rules(), strict=True))
            kept[chain] = (rules, [merge(*sorted_out(rules, names, firsts))])
        return kept[chain][1] if rules else []

    ruler.getRules = get_rules  # type: ignore[method-assign, assignment] # markdown-it has no other way


def sorted_out(
    rules: Rules, names: Mapping[Rule, str], firsts: Mapping[str, str]
) -> tuple[Rules, Mapping[str, Rules]]:
    """Return those of *rules* that are asked everywhere, and those to ask at each character."""
    places = [(rule, firsts.get(names[rule])) for rule in rules]
    marks = {char for _rule, chars in places for char in chars or ""}
    at = {
        char: [rule for rule, chars in places if chars is None or char in chars] for char in marks
    }
    return [rule for rule, chars in places if chars is None], at


def block_rule(everywhere: Rules, at: Mapping[str, Rules]) -> Rule:
    """Return a rule for blocks that asks others by the first character of a line."""

    def ask(state: StateBlock, start: int, stop: int, silent: bool) -> bool:
        first = state.bMarks[start] + state.tShift[start]
        for rule in at.get(state.src[first : first + 1], everywhere):
            if rule(state, start, stop, silent):
                return True
        return False

    return ask


def inline_rule(everywhere: Rules, at: Mapping[str, Rules]) -> Rule:
    """Return a rule for what stands in a line that asks others by the next character."""

    def ask(state: StateInline, silent: bool) -> bool:
        for rule in at.get(state.src[state.pos], everywhere):  # noqa: SIM110 - quicker
            if rule(state, silent):
                return True
        return False

    return ask
