"""The steps that MyST takes for every node, in fewer calls."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from myst_parser.mdit_to_docutils.base import token_line
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.warnings_ import MystWarnings

if TYPE_CHECKING:
    from types import TracebackType

    from docutils import nodes
    from markdown_it.tree import SyntaxTreeNode


class Within(AbstractContextManager[None]):
    """While it lasts, a renderer puts what it makes into *node*."""

    __slots__ = ("before", "node", "renderer")

    def __init__(self, renderer: SphinxRenderer, node: nodes.Element) -> None:
        self.renderer, self.node = renderer, node

    def __enter__(self) -> None:
        self.before = self.renderer.current_node
        self.renderer.current_node = self.node

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if kind is None:  # else MyST stays where it failed
            self.renderer.current_node = self.before


class StepRenderer(SphinxRenderer):
    """MyST's renderer for Sphinx, whose commonest steps are done without detours."""

    def current_node_context(  # type: ignore[override] # MyST's is a generator, which takes longer
        self, node: nodes.Element, append: bool = False
    ) -> AbstractContextManager[None]:
        """Put what is made into *node* for a while."""
        if append:
            self.current_node.append(node)
        return Within(self, node)

    def render_children(self, token: SyntaxTreeNode) -> None:
        """Render what is in *token*."""
        rules = self.rules
        for child in token.children:
            rules.get(f"render_{child.type}", self.no_rule)(child)

    def no_rule(self, token: SyntaxTreeNode) -> None:
        """Warn of a token that no method renders."""
        self.create_warning(
            f"No render method for: {token.type}",
            MystWarnings.RENDER_METHOD,
            line=token_line(token, 0),
            append_to=self.current_node,
        )

    def add_line_and_source_path(self, node: nodes.Node, token: SyntaxTreeNode) -> None:
        """Tell *node* where in the source *token* begins."""
        lines = token.map
        if lines:
            node.line = self.document.current_line = lines[0]
        node.source = self.document.attributes["source"]
