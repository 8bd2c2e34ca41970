"""The tree of a document's Markdown tokens, made in one go.

markdown-it makes it by copying what stands between two tokens once for each level around it, and
a node finds out what it is by asking three questions whenever it is asked (a thirtieth of reading).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown_it.tree import SyntaxTreeNode, _NesterTokens

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token


class Tree(SyntaxTreeNode):
    """markdown-it's, sooner."""

    @property
    def type(self) -> str:
        """What construct it is."""
        if self.token is not None:
            return self.token.type
        if self.nester_tokens is None:
            return "root"
        return self.nester_tokens.opening.type.removesuffix("_open")

    def _set_children_from_tokens(self, tokens: Sequence[Token]) -> None:
        """Put what *tokens* stand for below this node."""
        node: Tree = self
        way: list[tuple[Tree, Token]] = []
        for token in tokens:
            if token.nesting < 0:
                if not way:
                    break
                outer, opening = way.pop()
                node.nester_tokens = _NesterTokens(opening, token)
                node = outer
                continue
            child = Tree.__new__(Tree)
            child.token, child.nester_tokens = token, None
            child._parent, child._children = node, []
            node._children.append(child)
            if token.nesting:
                child.token = None
                way.append((node, token))
                node = child
            elif token.children:
                child._set_children_from_tokens(token.children)
        else:
            if not way:
                return
        self._children = []
        super()._set_children_from_tokens(tokens)  # which says what is wrong


def quick_tree(_own: Callable[..., Any]) -> Callable[..., Any]:
    """Return what makes a quicker ``SyntaxTreeNode``."""

    def tree(tokens: Sequence[Token] = (), *, create_root: bool = True) -> SyntaxTreeNode:
        return Tree(tokens, create_root=create_root)

    return tree


SHORTCUTS = (
    Shortcut("myst-parser", ">=5.2,<5.3", "myst_parser.mdit_to_docutils.base", "SyntaxTreeNode",
             quick_tree),
)  # fmt: skip
