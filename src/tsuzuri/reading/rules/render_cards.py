"""Cards of linked pages and facades of what is embedded."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from docutils import nodes

from tsuzuri.reading.nodes import embed, link_card
from tsuzuri.reading.rules.render_base import BaseRenderer
from tsuzuri.reading.services import Embed, host_of

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

    from tsuzuri.reading.cards import Card

NOT_ALONE = frozenset({"list_item", "dd", "footnote_reference", "td", "th"})


class CardRenderer(BaseRenderer):
    """Makes the nodes of cards and embeds."""

    def lone_urls(self, token: SyntaxTreeNode, children: list[SyntaxTreeNode]) -> list[str]:
        """Return the addresses that *token*, a paragraph, consists of."""
        parent = token.parent
        if parent is not None and parent.type in NOT_ALONE:
            return []
        links = [child for child in children if child.type != "softbreak"]
        lone = links and all(link.type == "link" and link.info == "auto" for link in links)
        urls = [str(link.attrGet("href")) for link in links] if lone else []
        if not urls or not self.settings.link_cards:
            return []
        return urls if all(is_web(url) for url in urls) else []

    def link_card(self, url: str, token: SyntaxTreeNode) -> nodes.Element:
        """Return the card of the page at *url*."""
        known = self.card(url)
        host = host_of(url)
        title = known.title or unquote(f"{host}{urlsplit(url).path}".rstrip("/"))
        node = link_card(
            "",
            url=url,
            host=host,
            title=title,
            description=known.description,
            site=known.site,
        )
        self._add_image(node, known)
        self.add_line_and_source_path(node, token)
        return node

    def embed(self, shown: Embed, token: SyntaxTreeNode) -> nodes.Element:
        """Return the facade of *shown*, or its card when there is nothing to load."""
        if not shown.frame:
            return self.link_card(shown.url, token)
        known = self.card(shown.url)
        node = embed(
            "",
            service=shown.service,
            url=shown.url,
            frame=shown.frame,
            aspect=shown.aspect,
            title=shown.title or known.title,
        )
        self._add_image(node, known)
        self.add_line_and_source_path(node, token)
        return node

    def _add_image(self, node: nodes.Element, card: Card) -> None:
        """Put the committed image of *card* into *node*; what it shows, the title says."""
        if card.image:
            node += nodes.image("", uri=f"/{card.image}", alt="")


def is_web(url: str) -> bool:
    """Tell whether *url* is an address on the web."""
    return url.lower().startswith(("http://", "https://")) and bool(host_of(url))
