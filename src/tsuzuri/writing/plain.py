"""Plain nodes in the place of ours, for every format but HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from tsuzuri.reading import nodes as own

if TYPE_CHECKING:
    from collections.abc import Callable

ALIGNED = {"text-left": "L", "text-center": "C", "text-right": "R"}


class PlainConstructs(SphinxPostTransform):
    """Puts plain nodes in the place of ours where the format is not HTML."""

    default_priority = 300

    def is_supported(self) -> bool:
        """Tell whether the builder writes something other than HTML."""
        return self.app.builder.format != "html"

    def run(self, **_kwargs: object) -> None:
        """Replace each of our nodes, the inner ones first."""
        for node in reversed(list(self.document.findall(nodes.Element))):
            if (plain := PLAIN.get(type(node))) and node.parent is not None:
                node.replace_self(plain(node))
        if self.app.builder.format == "latex":
            for table in list(self.document.findall(nodes.table)):
                align_columns(table)


def align_columns(table: nodes.table) -> None:
    """Tell LaTeX how the columns of *table* are aligned, which only HTML knows by classes."""
    row = next(iter(table.findall(nodes.row)), None)
    cells = list(row.findall(nodes.entry)) if row else []
    letters = "".join(
        next((ALIGNED[name] for name in cell["classes"] if name in ALIGNED), "T") for cell in cells
    )
    before = table.parent.index(table) - 1
    told = before >= 0 and isinstance(table.parent[before], addnodes.tabular_col_spec)
    if letters.strip("T") and not told:
        table.parent.insert(before + 1, addnodes.tabular_col_spec(spec=letters))


def plain_link(node: own.link_card | own.embed) -> list[nodes.Node]:
    """Return a paragraph with the link that *node* stands for."""
    title = node["title"] or node["url"]
    link = nodes.reference(title, title, refuri=node["url"])
    return [nodes.paragraph("", "", link)]


def plain_details(node: own.details) -> list[nodes.Node]:
    """Return folded text, unfolded, below its summary."""
    head, *blocks = node.children
    title = nodes.strong("", "", *head.children)
    return [nodes.paragraph("", "", title), *blocks]


def plain_file(node: own.file_code) -> list[nodes.Node]:
    """Return a code block below its file's name."""
    name, *blocks = node.children
    return [nodes.paragraph("", "", nodes.literal("", name.astext())), *blocks]


def plain_diff(node: own.diff_code) -> list[nodes.Node]:
    """Return a diff for the lexer that every format has."""
    attributes = {key: node[key] for key in ("linenos", "highlight_args", "force") if key in node}
    return [nodes.literal_block(node.rawsource, node.astext(), language="diff", **attributes)]


def plain_strikethrough(node: own.strikethrough) -> list[nodes.Node]:
    """Return the text with a role that a LaTeX preamble can give a look."""
    return [nodes.inline("", "", *node.children, classes=["strikethrough"])]


PLAIN: dict[type[nodes.Element], Callable[[Any], list[nodes.Node]]] = {
    own.strikethrough: plain_strikethrough,
    own.ruby: lambda node: [nodes.Text(f"{node.astext()}（{node['reading']}）")],
    own.checkbox: lambda node: [nodes.Text("[x]" if node["checked"] else "[ ]")],
    own.details: plain_details,
    own.file_code: plain_file,
    own.diff_code: plain_diff,
    own.link_card: plain_link,
    own.embed: plain_link,
    own.diagram: lambda node: [nodes.literal_block(node["code"], node["code"], language="text")],
}
