"""References by number: 図 and its 1 stay on one line.

Sphinx puts an ordinary space between them, where a browser may end the line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

BEFORE_NUMBER = re.compile(r" (?=\d)")
UNBROKEN = "\u00a0"


def joined(text: str) -> str:
    """Return *text* with no break before a number.

    >>> joined("図 1「速さ」") == "図\u00a01「速さ」"
    True
    """
    return BEFORE_NUMBER.sub(UNBROKEN, text)


def visit_number_reference(self: HTML5Translator, node: addnodes.number_reference) -> None:
    """Open the link as any other, its text joined."""
    for text in list(node.findall(nodes.Text)):
        text.parent.replace(text, nodes.Text(joined(text.astext())))
    self.visit_reference(node)


def depart_number_reference(self: HTML5Translator, node: addnodes.number_reference) -> None:
    """Close it."""
    self.depart_reference(node)


def setup_numbered(app: Sphinx) -> None:
    """Write these references in our way on pages; paper and plain text have rules of their own."""
    visitors = (visit_number_reference, depart_number_reference)
    app.add_node(addnodes.number_reference, override=True, html=visitors)
