"""Constructs inside a line: strikethrough, notes, ruby, boxes of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from tsuzuri.problems import Problem
from tsuzuri.reading.active_html import is_code
from tsuzuri.reading.nodes import checkbox, ruby, strikethrough
from tsuzuri.reading.rules.crowds import CROWD, MOST, REST
from tsuzuri.reading.rules.render_base import BaseRenderer

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode


class InlineRenderer(BaseRenderer):
    """Renders what stands inside a line."""

    def render_s(self, token: SyntaxTreeNode) -> None:
        """Render strikethrough as a node that every format can show."""
        node = strikethrough()
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_link(self, token: SyntaxTreeNode) -> None:
        """Render a link to code as one, not as the name of a page; a transform refuses it."""
        if is_code(str(token.attrGet("href") or "")):
            self.render_link_url(token)
        else:
            super().render_link(token)

    def render_tsuzuri_crowd(self, token: SyntaxTreeNode) -> None:
        """Show a paragraph that has too much markup as it stands, or comes after too much."""
        self.current_node.append(nodes.Text(token.content))
        if len(token.content) > MOST:
            message = f"a paragraph has more than {MOST} marks, and is shown as it stands"
            self.warn(Problem.CROWDED, message, "put data into a code block", token)
        elif not self.md_env.get(CROWD):
            self.md_env[CROWD] = True
            message = "the paragraphs before this one have so many marks that it, and others after"
            message += " it, are shown as they stand"
            self.warn(Problem.CROWDED, message, "divide the post; put data into code blocks", token)

    def render_tsuzuri_rest(self, token: SyntaxTreeNode) -> None:
        """Show what comes after too many blocks as it stands."""
        text = token.content
        node = nodes.literal_block(text, text, language="text", classes=["tz-rest"])
        self.add_line_and_source_path(node, token)
        self.current_node.append(node)
        if not self.md_env.get(REST):
            self.md_env[REST] = True
            message = (
                "there are so many blocks before this line that the rest is shown as it stands"
            )
            self.warn(Problem.CROWDED, message, "divide the post; put data into code blocks", token)

    def render_ruby(self, token: SyntaxTreeNode) -> None:
        """Render a word with its reading."""
        node = ruby(token.content, token.content, reading=token.meta["reading"])
        self.add_line_and_source_path(node, token)
        self.current_node.append(node)

    def render_inline_note(self, token: SyntaxTreeNode) -> None:
        """Render a footnote where it is referred to; MyST collects them at the page's end."""
        count = self.md_env.get("inline_notes", 0) + 1
        self.md_env["inline_notes"] = count
        name = f"inline-note-{count}"
        reference = nodes.footnote_reference(f"[^{name}]", auto=1, refname=name)
        self.add_line_and_source_path(reference, token)
        self.document.note_autofootnote_ref(reference)
        self.document.note_footnote_ref(reference)
        self.current_node.append(reference)
        paragraph = nodes.paragraph()
        note = nodes.footnote("", paragraph, auto=1, names=[name])
        for node in (note, paragraph):
            self.add_line_and_source_path(node, token)
        self.document.note_autofootnote(note)
        self.document.note_explicit_target(note, note)
        self.document.append(note)
        with self.current_node_context(paragraph):
            self.render_children(token)

    def render_list_item(self, token: SyntaxTreeNode) -> None:
        """Render an item; a task's box is a node that every format can show."""
        super().render_list_item(token)
        item = self.current_node[-1]
        first = next(iter(item.children), None)
        if "checked" not in (token.meta or {}) or not isinstance(first, nodes.paragraph):
            return
        box = checkbox(checked=bool(token.meta["checked"]))
        first.replace(first.children[0], [box, nodes.Text(" ")])
        if isinstance(item, nodes.list_item) and "task-list-item" not in item["classes"]:
            item["classes"].append("task-list-item")
