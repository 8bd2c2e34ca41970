"""Code blocks in HTML: a button that copies them, and diffs in their language's colours."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pygments.lexer import Lexer
from pygments.lexers import TextLexer, get_lexer_by_name
from pygments.token import Generic
from pygments.util import ClassNotFound
from sphinx.highlighting import lexers
from sphinx.locale import get_translation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.token import _TokenType
    from sphinx.writers.html5 import HTML5Translator

    from tsuzuri.reading.nodes import diff_code

_ = get_translation("tsuzuri")

PRE = re.compile(r"(<pre>)(.*?)(</pre>)", re.DOTALL)
SIGN = re.compile(r'\A(?:<span class="linenos">[^<]*</span>|<span></span>)*<span class="(gi|gd)">')
SIGNS = {"+": Generic.Inserted, "-": Generic.Deleted}
WHOLE_LINES = ("@@", "+++ ", "--- ", "diff ", "index ")


def visit_code(self: HTML5Translator, node: nodes.literal_block) -> None:
    """Write a code block as Sphinx does, then its button."""
    try:
        type(self).visit_literal_block(self, node)
    except nodes.SkipNode:
        add_button(self)
        raise


def depart_code(self: HTML5Translator, node: nodes.literal_block) -> None:
    """Close a block that Sphinx does not highlight."""
    type(self).depart_literal_block(self, node)


def add_button(translator: HTML5Translator) -> None:
    """Put the button that copies into the block just written; an EPUB has no use for it.

    A script shows it once it can copy.
    """
    block, end, rest = translator.body[-1].rpartition("</div>")
    if not end or translator.builder.name == "epub":
        return
    label, done = escape(_("Copy the code")), escape(_("Copied"))
    button = (
        f'<button type="button" class="tz-copy" hidden data-done="{done}" aria-label="{label}">'
        "</button>"
    )
    translator.body[-1] = f"{block}{button}{end}{rest}"


def visit_diff(self: HTML5Translator, node: diff_code) -> None:
    """Write a diff with its language's colours and its changed lines tinted."""
    name = f"diff-{node['base']}"
    if name not in lexers:
        lexers[name] = DiffLexer(node["base"])
    try:
        type(self).visit_literal_block(self, node)
    except nodes.SkipNode:
        self.body[-1] = PRE.sub(lambda pre: f"{pre[1]}{tinted(pre[2])}{pre[3]}", self.body[-1])
        add_button(self)
        raise


def tinted(html: str) -> str:
    """Return the lines of *html*, each that was added or removed in an element of its own."""
    return "\n".join(_tinted_line(line) for line in html.split("\n"))


def _tinted_line(line: str) -> str:
    sign = SIGN.match(line)
    return f'<span class="tz-{sign[1]}">{line}</span>' if sign else line


class DiffLexer(Lexer):  # type: ignore[misc] # Pygments has no types
    """Reads ``+``, ``-`` or a space at the start of each line, and code in a language after it."""

    name = "diff of code"

    def __init__(self, base: str, **options: Any) -> None:
        super().__init__(**options)
        try:
            self.base = get_lexer_by_name(base, stripnl=False, ensurenl=False)
        except ClassNotFound:  # `none` and `default` are Sphinx's names, not Pygments'
            self.base = TextLexer(stripnl=False, ensurenl=False)

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """Yield the signs, then the tokens of what stands behind them, line by line."""
        lines = text.split("\n")
        heads = [_head(line) for line in lines]
        code = "\n".join(line[len(head) :] for line, head in zip(lines, heads, strict=True))
        pieces = split_lines(
            (kind, value) for _at, kind, value in self.base.get_tokens_unprocessed(code)
        )
        position = 0
        for index, head in enumerate(heads):
            ending = [(Generic.Heading, "\n")] if index + 1 < len(heads) else []
            kind = SIGNS.get(head, Generic.Subheading if len(head) > 1 else Generic.Output)
            for token, value in [(kind, head), *next(pieces, []), *ending]:
                if value:
                    yield position, token, value
                    position += len(value)


def _head(line: str) -> str:
    """Return what of *line* is the diff's own: a sign, or all of a line about places."""
    if line.startswith(WHOLE_LINES):
        return line
    return line[:1] if line[:1] in {"+", "-", " "} else ""


def split_lines(
    tokens: Iterator[tuple[_TokenType, str]],
) -> Iterator[list[tuple[_TokenType, str]]]:
    """Yield the tokens of each line, their line ends left out."""
    line: list[tuple[_TokenType, str]] = []
    for kind, value in tokens:
        first, *others = value.split("\n")
        line.append((kind, first))
        for other in others:
            yield line
            line = [(kind, other)]
    yield line
