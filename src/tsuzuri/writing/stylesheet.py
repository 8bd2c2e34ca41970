"""Cut a style sheet to the rules a site can use, and write it small.

A selector stays when every class, id and attribute it asks for is among the *words*: the
identifiers found in the templates, scripts and writers that make the pages (``words_of``).  This
errs on the side of keeping, since a class is a word wherever it is built from.  Custom properties
that nothing reads go too, those of the theme's public interface excepted.  Pure functions of their
input: the same packages and settings give the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import tinycss2
from tinycss2.ast import (
    AtRule,
    CurlyBracketsBlock,
    Declaration,
    FunctionBlock,
    HashToken,
    IdentToken,
    LiteralToken,
    ParenthesesBlock,
    QualifiedRule,
    SquareBracketsBlock,
    WhitespaceToken,
)

from tsuzuri.writing.thinning import thinned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tinycss2.ast import Node

WORD = re.compile(r"-{0,2}[A-Za-z_][\w-]*")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
PUBLIC = ("--pst-", "--sbt-", "--tz-")
"""Prefixes of properties that pages and users' own sheets may read; kept whether used or not."""
CONDITIONAL = {"media", "supports", "container", "layer"}
ANY_OF = {"is", "where", "matches", "-webkit-any", "-moz-any"}
TIGHT = {"{", "}", ";", ","}

WORD_BYTES = frozenset(b"-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
SPACED = bytes(byte if byte in WORD_BYTES or byte > 127 else ord(" ") for byte in range(256))  # noqa: PLR2004 - beyond ASCII
"""Puts space between the identifiers of a text; what is not ASCII stays for :data:`WORD`."""


@dataclass
class Cut:
    """What was kept and what was left out."""

    css: str
    classes: frozenset[str] = frozenset()
    """Classes that the whole sheet has rules for and that are no words."""


@dataclass
class Rule:
    """A kept rule: selectors and declarations, or an at-rule around other rules."""

    head: str
    declarations: list[tuple[str, str]] = field(default_factory=list)
    inner: list[Rule] | None = None


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return every identifier in *texts*: sources of templates, scripts, writers."""
    runs: set[bytes] = set()
    for text in texts:
        runs.update(text.encode("utf-8", "surrogatepass").translate(SPACED).split())
    # of a hundred runs, three are new
    return frozenset(WORD.findall(b" ".join(runs).decode("utf-8", "surrogatepass")))


def split(tokens: Sequence[Node], comma: str = ",") -> Iterator[list[Node]]:
    """Split a token list at its top-level commas."""
    part: list[Node] = []
    for token in tokens:
        if isinstance(token, LiteralToken) and token.value == comma:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def possible(selector: Sequence[Node], words: frozenset[str]) -> bool:
    """Tell whether something made of *words* can match *selector*."""
    after_dot = False
    for token in selector:
        if isinstance(token, IdentToken) and after_dot and token.value not in words:
            return False
        if isinstance(token, HashToken) and token.value not in words:
            return False
        if isinstance(token, SquareBracketsBlock):
            name = next((item for item in token.content if isinstance(item, IdentToken)), None)
            if name is not None and name.value not in words:
                return False
        if isinstance(token, FunctionBlock) and not possible_function(token, words):
            return False
        after_dot = isinstance(token, LiteralToken) and token.value == "."
    return True


def possible_function(token: FunctionBlock, words: frozenset[str]) -> bool:
    """Tell whether ``:is()`` and its like can match; what ``:not()`` excludes does not matter."""
    if token.lower_name in ANY_OF:
        return any(possible(part, words) for part in split(token.arguments))
    return token.lower_name != "has" or possible(token.arguments, words)


def classes_in(selector: Sequence[Node]) -> Iterator[str]:
    """Yield the classes that *selector* names outside ``:not()``."""
    after_dot = False
    for token in selector:
        if isinstance(token, IdentToken) and after_dot:
            yield token.value
        if isinstance(token, FunctionBlock) and token.lower_name != "not":
            yield from classes_in(token.arguments)
        after_dot = isinstance(token, LiteralToken) and token.value == "."


def small(tokens: Sequence[Node]) -> str:
    """Serialise *tokens* without comments and without needless space."""
    return str(tinycss2.serialize(list(tightened(tokens)))).strip()


def tightened(tokens: Sequence[Node]) -> Iterator[Node]:
    """Yield *tokens* with runs of space collapsed, and none beside braces, ``;`` and ``,``."""
    kept = [token for token in tokens if token.type != "comment"]
    for index, token in enumerate(kept):
        if isinstance(token, WhitespaceToken):
            before = kept[index - 1] if index else None
            after = kept[index + 1] if index + 1 < len(kept) else None
            if before is None or after is None or is_tight(before) or is_tight(after):
                continue
            token.value = " "
        for name in ("content", "arguments"):
            if isinstance(token, (CurlyBracketsBlock, FunctionBlock, ParenthesesBlock)) and hasattr(
                token, name
            ):
                setattr(token, name, list(tightened(getattr(token, name))))
        yield token


def is_tight(token: Node) -> bool:
    """Tell whether space beside *token* means nothing."""
    return isinstance(token, (CurlyBracketsBlock, WhitespaceToken)) or (
        isinstance(token, LiteralToken) and token.value in TIGHT
    )


def kept_rules(rules: Sequence[Node], words: frozenset[str], seen: set[str]) -> Iterator[Rule]:
    """Yield the rules that *words* can use; *seen* collects every class met."""
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            parts = list(split(rule.prelude))
            seen.update(name for part in parts for name in classes_in(part))
            heads = [small(part) for part in parts if possible(part, words)]
            declarations = [
                (item.name, small(item.value) + (" !important" if item.important else ""))
                for item in tinycss2.parse_blocks_contents(rule.content)
                if isinstance(item, Declaration)
            ]
            if heads and declarations:
                yield Rule(",".join(heads), declarations)
        elif isinstance(rule, AtRule) and rule.content is not None:
            yield from kept_at_rule(rule, words, seen)


def kept_at_rule(rule: AtRule, words: frozenset[str], seen: set[str]) -> Iterator[Rule]:
    """Yield an at-rule with what of its content can be used; fonts of icons are none of it."""
    name = rule.lower_at_keyword
    head = f"@{name} {small(rule.prelude)}"
    if name in CONDITIONAL:
        content = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        inner = list(kept_rules(content, words, seen))
        if inner:
            yield Rule(head, inner=inner)
    elif name.endswith("keyframes"):
        yield Rule(head, [("", small(rule.content))])


def flat(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Yield every rule with declarations, however deep."""
    for rule in rules:
        if rule.inner is None:
            yield rule
        else:
            yield from flat(rule.inner)


def used_names(rules: list[Rule], others: str) -> set[str]:
    """Return the custom properties and keyframes that *rules* or the text *others* read."""
    used = set(VARIABLE.findall(others)) | set(WORD.findall(others))
    pending: dict[str, str] = {}
    for name, value in (pair for rule in flat(rules) for pair in rule.declarations):
        if name.startswith("--") and not name.startswith(PUBLIC):
            pending[name] = pending.get(name, "") + value
        else:
            used.update(WORD.findall(value))
    while found := used & pending.keys():
        for name in found:
            used.update(WORD.findall(pending.pop(name)))
    return used


def written(rules: Iterable[Rule], used: set[str]) -> Iterator[str]:
    """Yield the text of each rule, without properties and keyframes that nothing reads."""
    for rule in rules:
        if rule.inner is not None:
            inner = "".join(written(rule.inner, used))
            if inner:
                yield f"{rule.head}{{{inner}}}"
        elif rule.head.startswith("@"):
            if rule.head.split(" ")[1] in used:
                yield f"{rule.head}{{{rule.declarations[0][1]}}}"
        else:
            body = ";".join(
                f"{name}:{value}"
                for name, value in rule.declarations
                if not name.startswith("--") or name.startswith(PUBLIC) or name in used
            )
            if body:
                yield f"{rule.head}{{{body}}}"


def cut(css: str, words: frozenset[str], *, others: str = "") -> Cut:
    """Cut *css* to what *words* can use; *others* is CSS that reads its custom properties."""
    seen: set[str] = set()
    left = thinned(css, words, seen)
    nodes = tinycss2.parse_stylesheet(left, skip_comments=True, skip_whitespace=True)
    rules = list(kept_rules(nodes, words, seen))
    text = "".join(written(rules, used_names(rules, others)))
    return Cut(text, frozenset(seen - words))


def minified(css: str) -> str:
    """Return *css* without comments and needless space."""
    return small(tinycss2.parse_component_value_list(css, skip_comments=True))
