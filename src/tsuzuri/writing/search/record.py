"""What the search knows of one document: a :class:`Record`, taken from its resolved doctree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SILENT = (
    nodes.comment,
    nodes.raw,
    nodes.math,
    nodes.math_block,
    nodes.substitution_definition,
    nodes.system_message,
    nodes.target,
    nodes.label,
    nodes.footnote_reference,
    nodes.citation_reference,
    addnodes.toctree,
    addnodes.index,
)
"""What is no text, or would break the words around it."""


@dataclass(frozen=True, slots=True)
class Section:
    """The text under one heading, without that of the headings below it."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """One page as the search files it and as its results show it."""

    docname: str
    url: str
    """Relative to the site's root, percent-encoded."""
    title: str
    sections: tuple[Section, ...]
    """The first is the text before the first heading; its anchor and heading are empty."""
    date: str = ""
    """The day of publication, ISO 8601; empty for pages that are no posts."""
    shown_date: str = ""
    """The same as a reader reads it."""
    tags: tuple[str, ...] = ()


def read_sections(doctree: nodes.document) -> tuple[str, tuple[Section, ...]]:
    """Return the title of *doctree* and its text, section by section."""
    top = doctree.next_node(nodes.section)
    place = doctree.children.index(top) if top in doctree.children else len(doctree.children)
    start, end = doctree.children[:place], doctree.children[place + 1 :]
    if top is None:
        return "", (Section("", "", together(start)),)
    found = [Section("", "", together([*start, *top.children]))]
    found += [
        Section(section["ids"][0], heading(section), together(section.children))
        for section in top.findall(nodes.section)
        if section is not top
    ]
    if after := together(end):
        found.append(Section("", "", after))
    return heading(top), tuple(found)


def together(children: Sequence[nodes.Node]) -> str:
    """Return the text of *children*, a line a block, without sections and headings."""
    blocks = [child for child in children if not isinstance(child, (nodes.section, nodes.title))]
    return "\n".join(text for block in blocks for text in texts(block))


def heading(section: nodes.section) -> str:
    """Return the plain text of a section's heading."""
    first = section.next_node(nodes.title)
    return first.astext().strip() if first is not None and first.parent is section else ""


def texts(node: nodes.Node) -> Iterator[str]:
    """Yield the text of each block in *node* that a reader sees."""
    if isinstance(node, SILENT):
        return
    if isinstance(node, nodes.literal_block):
        yield node.astext().strip()
    elif isinstance(node, nodes.TextElement):
        text = "".join(inline(node)).strip()
        if text:
            yield text
    else:
        for child in node.children:
            yield from texts(child)


def inline(node: nodes.Element) -> Iterator[str]:
    """Yield the text inside a paragraph, without formulas and raw HTML."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield child.astext()
        elif isinstance(child, nodes.Element) and not isinstance(child, SILENT):
            yield from inline(child)
