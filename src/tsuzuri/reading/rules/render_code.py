"""Code blocks: their names, languages and lines; diffs; diagrams."""

from __future__ import annotations

from contextlib import suppress
from shutil import which
from typing import TYPE_CHECKING

from docutils import nodes
from myst_parser.mdit_to_docutils.base import token_line

from tsuzuri.problems import Problem, did_you_mean
from tsuzuri.reading.fence_info import FenceInfo, parse_fence_info
from tsuzuri.reading.languages import known_languages, lexer_name, session_lexer
from tsuzuri.reading.nodes import diagram, diff_code, file_code, filename
from tsuzuri.reading.rules.render_base import BaseRenderer

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

GRAPHVIZ = frozenset({"dot", "graphviz"})
HAS_DIAGRAMS = "tsuzuri_diagrams"
"""Key, in a document's metadata, that says that its page needs the script for diagrams."""


class CodeRenderer(BaseRenderer):
    """Renders fenced code that is no directive."""

    def render_fence(self, token: SyntaxTreeNode) -> None:
        """Render a code block, its file's name above it."""
        first = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
        if first.startswith("{") or first in self.md_config.fence_as_directive:
            super().render_fence(token)
            return
        fence = parse_fence_info(token.info)
        if fence.language == "math" and not fence.diff:
            self.render_directive(token, "math", "")
            return
        if fence.language in GRAPHVIZ and not fence.diff and which(self.env.config.graphviz_dot):
            self.render_directive(token, "graphviz", "")
            return
        block = self._diagram(token) if fence.language == "mermaid" else self._code(token, fence)
        if fence.filename:
            name = filename(fence.filename, fence.filename)
            block = file_code("", name, block)
            self.add_line_and_source_path(block, token)
        self.current_node.append(block)

    def _code(self, token: SyntaxTreeNode, fence: FenceInfo) -> nodes.Element:
        """Return the code block of *token*."""
        lexer = self._lexer(token, fence)
        start = fence.first_line
        with suppress(ValueError, KeyError):
            start = int(token.attrs["lineno-start"])
        numbered = (
            fence.numbered
            or "lineno-start" in token.attrs
            or fence.language in self.md_config.number_code_blocks
        )
        node = self.create_highlighted_code_block(
            token.content,
            f"diff-{lexer}" if fence.diff else lexer,
            number_lines=numbered,
            lineno_start=start,
            source=self.document["source"],
            line=token_line(token, 0) or None,
            node_cls=diff_code if fence.diff else nodes.literal_block,
            emphasize_lines=str(token.attrs.get("emphasize-lines", fence.emphasized)) or None,
        )
        if fence.diff:
            node["base"] = lexer
        node["force"] = True  # code in a post is often an excerpt that no lexer takes whole
        self.copy_attributes(token, node, ("class", "id"))
        return node

    def _lexer(self, token: SyntaxTreeNode, fence: FenceInfo) -> str:
        """Return the name of the lexer for *fence*; warn of a language that nobody knows."""
        if not fence.language:
            return self._default_lexer()
        session = None if fence.diff else session_lexer(fence.language, token.content)
        lexer = session or lexer_name(fence.language)
        if lexer is None:
            guess = did_you_mean(fence.language.lower(), known_languages())
            mend = guess or "write `text` for code in no language that can be highlighted"
            message = f"no highlighting is known for the language {fence.language!r}"
            self.warn(Problem.UNKNOWN_LANGUAGE, message, mend, token)
            return "text"
        return lexer

    def _default_lexer(self) -> str:
        """Return what a block without a language is, by the document or the configuration."""
        env = self.env
        chosen = env.current_document.get("highlight_language") or env.config.highlight_language
        return "text" if chosen == "default" else str(chosen)

    def _diagram(self, token: SyntaxTreeNode) -> nodes.Element:
        self.env.metadata[self.env.docname][HAS_DIAGRAMS] = True
        node = diagram(token.content, code=token.content)
        self.add_line_and_source_path(node, token)
        self.copy_attributes(token, node, ("class", "id"))
        return node
