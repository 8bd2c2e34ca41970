"""Blocks: messages and folds between colons, embeds, cards, images with captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from myst_parser.mdit_to_docutils.base import token_line
from sphinx.locale import get_translation

from tsuzuri.problems import Problem, did_you_mean
from tsuzuri.reading.divs import Div, parse_div
from tsuzuri.reading.divs import names as div_names
from tsuzuri.reading.embeds import CARD, embed_of, embed_of_url
from tsuzuri.reading.embeds import names as embed_names
from tsuzuri.reading.nodes import details, summary
from tsuzuri.reading.rules.render_cards import CardRenderer, is_web

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode


_ = get_translation("tsuzuri")

ADMONITIONS: dict[str, type[nodes.Element]] = {
    "caution": nodes.caution,
    "danger": nodes.danger,
    "important": nodes.important,
    "note": nodes.note,
    "tip": nodes.tip,
    "warning": nodes.warning,
}
DEPTH = "tsuzuri_depth"
DEEPEST = 20
"""Further in, nobody reads on; and what is inside is parsed anew at each level."""


class BlockRenderer(CardRenderer):
    """Renders blocks."""

    def render_colon_fence(self, token: SyntaxTreeNode) -> None:
        """Render ``:::name``; what nobody knows is shown, with a warning."""
        info = token.info.strip()
        if info.startswith("{"):
            super().render_colon_fence(token)
            return
        div = parse_div(info)
        if div is None:
            name = info.split(maxsplit=1)[0] if info else ""
            guess = did_you_mean(name, div_names())
            mend = guess or f"write one of {', '.join(sorted(div_names()))}, or `{{name}}`"
            self.warn(Problem.UNKNOWN_BLOCK, f"no block is called `:::{name}`", mend, token)
            div = Div("")
        depth = self.md_env.get(DEPTH, 0)
        if depth >= DEEPEST:
            message = f"blocks stand in one another more than {DEEPEST} deep"
            self.warn(Problem.UNKNOWN_BLOCK, message, "close the outer ones first", token)
            self.current_node += nodes.literal_block(token.content, token.content, language="text")
            return
        self.md_env[DEPTH] = depth + 1
        node = self._div(div)
        self.add_line_and_source_path(node, token)
        self.copy_attributes(token, node, ("class", "id"))
        with self.current_node_context(node, append=True):
            self.nested_render_text(token.content, token_line(token, 0))
        self.md_env[DEPTH] = depth

    def _div(self, div: Div) -> nodes.Element:
        """Return the node of *div*, its title in it."""
        if div.kind == "details":
            text = div.title or _("Details")
            return details("", summary(text, text), open=div.open)
        if not div.kind:
            return nodes.container(is_div=True)
        if div.title:
            title = nodes.title(div.title, div.title)
            return nodes.admonition("", title, classes=[div.kind])
        return ADMONITIONS[div.kind](classes=["message"] if div.quiet else [])

    def render_details(self, token: SyntaxTreeNode) -> None:
        """Render ``<details>``; without a summary the browser's word for it is ours."""
        node = details(open=bool(token.meta.get("open")))
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)
        if not isinstance(next(iter(node), None), summary):
            node.insert(0, summary("", _("Details")))

    def render_summary(self, token: SyntaxTreeNode) -> None:
        """Render what is seen of folded text."""
        node = summary()
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_embed(self, token: SyntaxTreeNode) -> None:
        """Render ``@[name](text)``."""
        name, text = token.info.lower(), token.content
        if name == CARD and is_web(text):
            self.current_node.append(self.link_card(text, token))
        elif shown := embed_of(name, text):
            self.current_node.append(self.embed(shown, token))
        else:
            self._unknown_embed(token, name, text)

    def _unknown_embed(self, token: SyntaxTreeNode, name: str, text: str) -> None:
        """Warn of an embed that can't be shown, and show what it has: its address."""
        if name in embed_names():
            message, mend = f"`@[{name}]` can't show {text!r}", "write the page's whole address"
        else:
            message = f"nothing is embedded by `@[{name}]`"
            mend = did_you_mean(name, embed_names()) or (
                f"write one of {', '.join(sorted(embed_names()))}"
            )
        self.warn(Problem.UNKNOWN_EMBED, message, mend, token)
        if is_web(text):
            self.current_node.append(self.link_card(text, token))
        else:
            paragraph = nodes.paragraph(text, text)
            self.add_line_and_source_path(paragraph, token)
            self.current_node.append(paragraph)

    def render_paragraph(self, token: SyntaxTreeNode) -> None:
        """Render a paragraph; addresses alone in it are cards, an image and a caption a figure."""
        children = token.children[0].children if token.children else []
        if urls := self.lone_urls(token, children):
            for url in urls:
                shown = embed_of_url(url, alone=True)
                node = self.embed(shown, token) if shown else self.link_card(url, token)
                self.current_node.append(node)
        elif has_caption(children):
            self._figure(token, children)
        else:
            super().render_paragraph(token)

    def _figure(self, token: SyntaxTreeNode, children: list[SyntaxTreeNode]) -> None:
        """Render an image, or one for light and one for dark, and on the next line its caption."""
        figure = nodes.figure("", align="default")
        self.add_line_and_source_path(figure, token)
        with self.current_node_context(figure, append=True):
            for picture in children[:-1:2]:
                self.rules[f"render_{picture.type}"](picture)
        caption = nodes.caption()
        self.add_line_and_source_path(caption, token)
        with self.current_node_context(caption):
            self.render_children(children[-1])
        figure += caption


def has_caption(children: list[SyntaxTreeNode]) -> bool:
    """Tell whether *children* are images, a line each, and an emphasised line after them."""
    *lines, last = [child.type for child in children] or [""]
    breaks = lines[1::2]
    return (
        last == "em"
        and len(lines) == 2 * len(breaks) > 0
        and set(breaks) == {"softbreak"}
        and all(is_picture(child) for child in children[:-1:2])
    )


def is_picture(token: SyntaxTreeNode) -> bool:
    """Tell whether *token* is an image, or a link around one."""
    if token.type == "link":
        return [child.type for child in token.children] == ["image"]
    return token.type == "image"
