"""Inline HTML for builders that write none: `<kbd>` and its like become what they mean.

Markdown leaves each tag a piece of raw HTML beside the text that it marks, which LaTeX, Texinfo,
plain text and manual pages leave out: keys, sub- and superscripts and readings would all look
like the text around them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*+)(?P<rest>[^<>]*+)>", re.IGNORECASE)
HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
MEANINGS: dict[str, type[nodes.TextElement]] = {
    **dict.fromkeys(("kbd", "code", "samp", "tt"), nodes.literal),
    **dict.fromkeys(("b", "strong", "mark"), nodes.strong),
    **dict.fromkeys(("i", "em", "var", "cite", "dfn", "u", "ins"), nodes.emphasis),
    **dict.fromkeys(("small", "span", "ruby", "rb", "bdi", "time", "abbr"), nodes.inline),
    "sub": nodes.subscript,
    "sup": nodes.superscript,
}
BRACKETS = {"rt": ("（", "）"), "q": ("「", "」")}
"""What stands around an element where type of another size or place can't."""
DROPPED = "rp"
"""Brackets for readers that know no readings; ours are put there anyway."""
LINK = "a"


@dataclass
class Opened:
    """An element that is not closed yet; the outermost stands for the parent."""

    name: str = ""
    tag: nodes.Node | None = None
    children: list[nodes.Node] = field(default_factory=list)

    def whole(self) -> list[nodes.Node]:
        """Return what the element means."""
        if self.name == DROPPED:
            return []
        if self.name in BRACKETS:
            before, after = BRACKETS[self.name]
            return [nodes.Text(before), *self.children, nodes.Text(after)]
        if self.name == LINK:
            found = HREF.search(self.tag.astext() if self.tag else "")
            address = unescape(found[1] or found[2] or "") if found else ""
            if not re.match(r"(?i)https?:|mailto:", address):
                return self.children
            return [nodes.reference("", "", *self.children, refuri=address)]
        return [MEANINGS[self.name]("", "", *self.children)]

    def unfinished(self) -> list[nodes.Node]:
        """Return what is there when the end tag is missing."""
        return [*([self.tag] if self.tag else []), *self.children]


def meant(children: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Return *children* with each pair of known tags as a node around what is between them."""
    opened = [Opened()]
    for child in children:
        tag = TAG.fullmatch(child.astext().strip()) if is_html(child) else None
        name = tag["name"].lower() if tag else ""
        if tag is None or not (name in MEANINGS or name in BRACKETS or name in {LINK, DROPPED}):
            opened[-1].children.append(child)
        elif not tag["end"]:
            opened.append(Opened(name, child))
        elif opened[-1].name == name:
            done = opened.pop()
            opened[-1].children += done.whole()
    while len(opened) > 1:
        rest = opened.pop()
        opened[-1].children += rest.unfinished()
    return opened[0].children


def is_html(node: nodes.Node) -> bool:
    """Return whether *node* is raw HTML."""
    return isinstance(node, nodes.raw) and "html" in str(node.get("format", "")).split()


class InlineHtml(SphinxPostTransform):
    """Gives the inline HTML of a document its meaning, where no HTML is written."""

    default_priority = 200

    def is_supported(self) -> bool:
        """Return whether the builder writes something else than HTML."""
        return self.app.builder.format != "html"

    def run(self, **_arguments: Any) -> None:
        """Replace the tags."""
        parents = {id(raw.parent): raw.parent for raw in self.document.findall(is_html)}
        for parent in parents.values():
            if isinstance(parent, nodes.TextElement):
                children = meant(parent.children)
                parent.clear()
                parent.extend(children)


def setup_inline_html(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(InlineHtml)
