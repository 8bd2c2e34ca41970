"""Searches through a doctree without a generator for every node.

Some forty transforms look for their nodes in every document, each through all of it: in docutils
that is a generator inside a generator for every level of every node (a sixth of a cold build).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from docutils import nodes

from tsuzuri.quick.census import Census, noted_child, noted_element
from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils.nodes import Node
    from sphinx.util.nodes import NodeMatcher


def flat(root: Node) -> Iterator[Node]:
    """Yield *root* and all below it, in order; the way back is a list of iterators.

    They are made when docutils would make them, so that a change of the tree on the way is met
    in the same places.
    """
    yield root
    way = []
    siblings = iter(root.children)
    while True:
        for node in siblings:
            yield node
            if node.children:
                way.append(siblings)
                siblings = iter(node.children)
                break
        else:
            if not way:
                return
            siblings = way.pop()


def flat_search(_own: Callable[..., Any], census: Census) -> Callable[..., Any]:
    """Return a quicker ``Node._fast_findall``.

    The same way as :func:`flat`, written out: what is looked for is rare, and to be handed every
    node is half the cost of such a search.  What a document lacks altogether is not looked for.
    """
    census.forget()  # what came while others searched was not noted

    def _fast_findall(self: Node, cls: type | tuple[type, ...]) -> Iterator[Node]:
        if isinstance(self, nodes.document) and census.lacks(self, cls):
            return
        if isinstance(self, cls):
            yield self
        way = []
        siblings = iter(self.children)
        while True:
            for node in siblings:
                if isinstance(node, cls):
                    yield node
                if node.children:
                    way.append(siblings)
                    siblings = iter(node.children)
                    break
            else:
                if not way:
                    return
                siblings = way.pop()

    return _fast_findall


def flat_way(_own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``Node._superfast_findall``, which yields all nodes."""
    return flat


def flat_choice(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``Node.findall`` for all that is below a node.

    docutils' hands on each node that another generator finds.
    """

    def findall(self: Node, condition: Any = None, *plain: Any, **others: Any) -> Iterator[Node]:
        found: Iterator[Node]
        if plain or others:
            found = own(self, condition, *plain, **others)
        elif condition is None:
            found = self._superfast_findall()  # type: ignore[attr-defined] # ours
        elif isinstance(condition, type):
            found = self._fast_findall(condition)  # type: ignore[attr-defined] # ours
        else:
            found = filter(condition, flat(self))
        return found

    return findall


def matched_by_kind(_own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``NodeMatcher.findall``, which looks at nodes of the right kind only."""

    def findall(self: NodeMatcher[Any], node: Node) -> Iterator[Node]:
        if not self.classes:
            return filter(self, node.findall())
        found: Iterator[Any] = node._fast_findall(self.classes)  # type: ignore[attr-defined] # ours
        if not self.attrs:
            return found
        for name in self.attrs:
            # most elements have none of the attributes, and to ask a matcher takes longer
            found = (item for item in found if name in getattr(item, "attributes", ()))
            break
        return filter(self, found)

    return findall


def shortcuts(census: Census) -> tuple[Shortcut, ...]:
    """Return the searches, all of which go by one *census*."""
    return (
        Shortcut("docutils", ">=0.22,<0.23", "docutils.nodes", "Node.setup_child",
                 partial(noted_child, census=census)),
        Shortcut("docutils", ">=0.22,<0.23", "docutils.nodes", "Element.__init__",
                 partial(noted_element, census=census)),
        Shortcut("docutils", ">=0.22,<0.23", "docutils.nodes", "Node._fast_findall",
                 partial(flat_search, census=census)),
        Shortcut("docutils", ">=0.22,<0.23", "docutils.nodes", "Node._superfast_findall", flat_way),
        Shortcut("docutils", ">=0.22,<0.23", "docutils.nodes", "Node.findall", flat_choice),
        Shortcut("sphinx", ">=9.0,<9.1", "sphinx.util.nodes", "NodeMatcher.findall",
                 matched_by_kind),
    )  # fmt: skip


SHORTCUTS = shortcuts(Census())
