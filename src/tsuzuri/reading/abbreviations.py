"""Abbreviations that the front matter explains, explained where the text uses them.

MyST's own site generator has them: ``abbreviations:`` maps ``LLM`` to what it stands for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from tsuzuri.reading.parser import READING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

LEFT_ALONE = (
    nodes.title, nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw,
    nodes.comment, nodes.abbreviation, nodes.reference, nodes.system_message, nodes.docinfo,
)  # fmt: skip
"""What is no running text: headings are copied to lists, code and formulas mean themselves."""


def explained(text: str, abbreviations: Mapping[str, str]) -> Iterator[nodes.Node]:
    """Yield *text* in pieces, an abbreviation a piece of its own.

    >>> [node.astext() for node in explained("LLMは, LLMs", {"LLM": "large language model"})]
    ['LLM', 'は, LLMs']
    """
    end = 0
    for match in pattern(abbreviations).finditer(text):
        if match.start() > end:
            yield nodes.Text(text[end : match.start()])
        explanation = abbreviations[match[0]]
        yield nodes.abbreviation(match[0], match[0], explanation=explanation)
        end = match.end()
    if end < len(text):
        yield nodes.Text(text[end:])


def pattern(abbreviations: Mapping[str, str]) -> re.Pattern[str]:
    """Return what finds any of *abbreviations*, a longer one before a part of it."""
    names = sorted(abbreviations, key=lambda name: (-len(name), name))
    edges = (
        (r"(?<![A-Za-z0-9_])" if name[0].isascii() else "")
        + re.escape(name)
        + (r"(?![A-Za-z0-9_])" if name[-1].isascii() else "")
        for name in names
    )
    return re.compile("|".join(edges))


def explain(document: nodes.document, abbreviations: Mapping[str, str]) -> None:
    """Put an explanation at each of *abbreviations* in *document*."""
    for text in list(document.findall(nodes.Text)):
        if any(name in text for name in abbreviations) and not is_left_alone(text):
            parent = text.parent
            parent.replace(text, list(explained(text.astext(), abbreviations)))


def is_left_alone(text: nodes.Text) -> bool:
    """Tell whether *text* is in something that is no running text."""
    above: nodes.Node | None = text.parent
    while above is not None:
        if isinstance(above, LEFT_ALONE):
            return True
        above = above.parent
    return False


class ExplainAbbreviations(SphinxTransform):
    """Explains the abbreviations of the document that was read."""

    default_priority = 500

    def apply(self, **_options: Any) -> None:
        """Explain them."""
        reading = self.env.current_document.get(READING)
        found = reading.front_matter.abbreviations if reading is not None else {}
        known = {name: text for name, text in found.items() if name and text}
        if known:
            explain(self.document, known)


def setup_abbreviations(app: Sphinx) -> None:
    """Explain abbreviations in every document."""
    app.add_transform(ExplainAbbreviations)
