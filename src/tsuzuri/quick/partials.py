"""Titles and tables of contents, written without a search for what they never have.

Sphinx writes both for every page as documents of their own, through five of docutils' transforms:
these put system messages in order and look for admonitions and for classes to leave out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import new_document

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.frontend import Values

TRANSFORMED = (nodes.system_message, nodes.problematic, nodes.section, nodes.Admonition)
"""What the transforms of a lone node look for."""
TRANSFORMING = ("validate", "smart_quotes", "strip_classes", "strip_elements_with_classes")
"""Settings that have them change any other node."""


def stays(node: nodes.Node, settings: Values) -> bool:
    """Tell whether docutils' transforms leave *node* as it is."""
    if any(getattr(settings, name, None) for name in TRANSFORMING):
        return False
    return not any(isinstance(item, TRANSFORMED) for item in node.findall())


def without_transforms(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``StandaloneHTMLBuilder.render_partial``."""

    def render_partial(self: Any, node: nodes.Node | None) -> Any:
        if node is None or not stays(node, self._settings):
            return own(self, node)
        document = new_document("<partial node>", self._settings)
        # not by `append`: the census of the page's document needs not be taken again
        document.children.append(node)
        node.parent, node.document = document, document
        visitor = self.create_translator(document, self)
        document.walkabout(visitor)
        return {"fragment": "".join(visitor.fragment), "title": "".join(visitor.title)}

    return render_partial


SHORTCUTS = (
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.builders.html",
             "StandaloneHTMLBuilder.render_partial", without_transforms),
)  # fmt: skip
