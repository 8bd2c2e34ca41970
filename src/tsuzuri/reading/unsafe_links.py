"""Links and images whose address is code: what they show stays, the address goes.

markdown-it leaves such a link as the text that it was, and says nothing; other ways to write one
(a figure's ``:target:``, HTML around an image, reStructuredText) it never sees.  So all of them
become nodes first, and are judged here, once, with a warning for the writer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import NodeMatcher

from tsuzuri.problems import Finding, Problem, report
from tsuzuri.reading.active_html import is_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

ADDRESSED: NodeMatcher[nodes.Element] = NodeMatcher(nodes.reference, nodes.image)
SHOWN = 60
"""Characters of an address that a warning shows."""


class RefuseCode(SphinxTransform):
    """Takes addresses that are code out of a document."""

    # when docutils has given each reference its address, and before Sphinx takes the contents
    default_priority = 870

    def apply(self, **_kwargs: Any) -> None:
        """Change the document in place."""
        path = self.env.doc2path(self.env.docname, base=False).as_posix()
        found = []
        for tree in self.document.findall(addnodes.toctree):
            found += [finding(tree, address, path) for address in without_code(tree)]
        for node, address in list(unsafe(self.document)):
            found.append(finding(node, address, path))
            alone = isinstance(node, nodes.image)
            node.parent.replace(
                node, nodes.inline("", node["alt"]) if alone and node.get("alt") else node.children
            )
        report(found, str(self.env.srcdir))


def unsafe(document: nodes.document) -> Iterator[tuple[nodes.Element, str]]:
    """Yield each link and image of *document* whose address is code, with the address."""
    for node in ADDRESSED.findall(document):
        name = "uri" if isinstance(node, nodes.image) else "refuri"
        if is_code(address := str(node.get(name, ""))):
            yield node, address


def without_code(tree: addnodes.toctree) -> list[str]:
    """Take the entries of *tree* out whose address is code; return these addresses.

    Sphinx takes whatever has ``://`` in it for a page elsewhere; to a browser
    ``javascript://%0aalert(1)`` is a comment and a line of code.
    """
    refused = [address for _title, address in tree["entries"] if is_code(address)]
    tree["entries"] = [entry for entry in tree["entries"] if entry[1] not in refused]
    return refused


def finding(node: nodes.Element, address: str, path: str) -> Finding:
    """Return what to tell the writer of *node*."""
    line: int | None = None
    place: nodes.Element | None = node
    while place is not None and line is None:
        line, place = place.line, place.parent
    return Finding(
        Problem.UNSAFE_LINK,
        f"{address[:SHOWN]!r} would run a script in the reader's browser; it is left out",
        "link to a page instead",
        path,
        line,
    )


def setup_unsafe_links(app: Sphinx) -> None:
    """Judge every document's addresses."""
    app.add_transform(RefuseCode)
