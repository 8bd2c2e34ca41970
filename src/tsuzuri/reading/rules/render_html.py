"""HTML: images as images, what other services gave writers to paste, the rest as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from tsuzuri.problems import Problem
from tsuzuri.reading.active_html import harmless
from tsuzuri.reading.html import html_images
from tsuzuri.reading.pasted import Html, Piece, Quotation, pasted_pieces
from tsuzuri.reading.rules.render_blocks import BlockRenderer
from tsuzuri.reading.services import Embed

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode


class HtmlRenderer(BlockRenderer):
    """Renders blocks of HTML and HTML in a line."""

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        """Turn HTML that holds images only, or pasted embeds, into nodes."""
        images = html_images(token.content)
        if images is not None:
            self.add_line_and_source_path_r(images, token)
            self.current_node.extend(images)
            return
        pieces = pasted_pieces(token.content)
        if pieces is None:
            if token.token is not None:
                token.token.content = self._harmless(token.content, token)
            super().render_html_block(token)
            return
        for piece in pieces:
            self.current_node.extend(self._piece(piece, token))

    def render_html_inline(self, token: SyntaxTreeNode) -> None:
        """Render HTML in a line: images as images, a frame as the link that stands for it."""
        pieces = pasted_pieces(token.content)
        if pieces is None:
            if token.content.lower() not in {"</iframe>", "</script>"}:
                self.render_html_block(token)
            return
        for piece in pieces:
            if isinstance(piece, Embed):
                label = piece.title or piece.url
                self.current_node += nodes.reference(label, label, refuri=piece.url)
            else:
                self.current_node.extend(self._piece(piece, token))

    def _harmless(self, text: str, token: SyntaxTreeNode) -> str:
        """Return HTML without attributes that would run something in the reader's browser."""
        if self.settings.allow_scripts:
            return text
        text, left_out = harmless(text)
        for name in left_out:
            self.warn(
                Problem.SCRIPT,
                f"`{name}` is left out: it would run a script (a handler, or a `javascript:` link)",
                "set `tsuzuri_allow_scripts = True` if every writer of the site may run scripts",
                token,
            )
        return text

    def _piece(self, piece: Piece, token: SyntaxTreeNode) -> list[nodes.Node]:
        if isinstance(piece, Embed):
            return [self.embed(piece, token)]
        if isinstance(piece, Quotation):
            return [self._quotation(piece, token)]
        if isinstance(piece, Html):
            text = self._harmless(piece.text, token)
            return [nodes.raw(text, text, format="html")]
        if self.settings.allow_scripts:
            return [nodes.raw(piece.text, piece.text, format="html")]
        self.warn(
            Problem.SCRIPT,
            f"a script is left out ({piece.source or 'written in the post'})",
            "set `tsuzuri_allow_scripts = True` if every writer of the site may run scripts",
            token,
        )
        return []

    def _quotation(self, piece: Quotation, token: SyntaxTreeNode) -> nodes.Element:
        """Return a post of a social network as a quotation with its link."""
        quote = nodes.block_quote("", classes=["tz-quotation"])
        for pieces in piece.paragraphs:
            paragraph = nodes.paragraph()
            for text, url in pieces:
                part = nodes.Text(text)
                paragraph += nodes.reference(text, "", part, refuri=url) if url else part
            quote += paragraph
        label = piece.date or piece.url
        source = [nodes.reference(label, label, refuri=piece.url)] if piece.url else []
        author = [nodes.Text(f"{piece.author} ")] if piece.author else []
        quote += nodes.attribution("", "", *author, *source)
        self.add_line_and_source_path_r([quote], token)
        return quote
