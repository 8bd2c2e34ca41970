"""The tree of Markdown tokens: markdown-it's, node by node."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from tsuzuri.quick.tokens import Tree

TEXTS = st.lists(
    st.sampled_from(("# a\n", "- b\n", "  - c\n", "> ", "*d* **e**\n", "![f *g*](h)\n", "\n",
                     "```\ni\n```\n", "1. [j](k)\n", "| l |\n|---|\n| m |\n")),
    max_size=12,
).map("".join)  # fmt: skip
MD = MarkdownIt("commonmark").enable("table")


def described(node: SyntaxTreeNode) -> tuple[Any, ...]:
    parent = None if node.parent is None else node.parent.type
    inner = [described(child) for child in node.children]
    return node.type, parent, node.token, node.nester_tokens, node.is_root, inner


@given(TEXTS)
def test_the_tree_is_the_same(text: str) -> None:
    """Types, tokens, parents and the way back to tokens."""
    tokens = MD.parse(text)
    quick, own = Tree(tokens), SyntaxTreeNode(tokens)
    assert described(quick) == described(own)
    assert quick.to_tokens() == own.to_tokens()


@pytest.mark.parametrize("nesting", [(1,), (-1,), (0, -1), (1, 1, -1), (1, -1, -1)])
def test_tokens_out_of_joint_are_refused(nesting: tuple[Any, ...]) -> None:
    """In markdown-it's own words."""
    tokens = [Token("a", "", number) for number in nesting]
    said = []
    for kind in (Tree, SyntaxTreeNode):
        with pytest.raises(ValueError, match=r"nesting|unclosed") as error:
            kind(tokens)
        said.append(str(error.value))
    assert said[0] == said[1]
