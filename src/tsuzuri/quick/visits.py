"""Visitors of doctrees, without a line of a debug log for every node.

A walk of a visitor describes every step for docutils' own debug log, which no one reads; and two
visitors of every document are for a few kinds of nodes, but are shown each one.
"""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.nodes import (
    SkipChildren,
    SkipDeparture,
    SkipNode,
    SkipSiblings,
    StopTraversal,
)
from docutils.transforms.references import DanglingReferencesVisitor
from sphinx import addnodes
from sphinx.transforms.post_transforms.code import HighlightLanguageVisitor
from sphinx.util.nodes import NodeMatcher

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.nodes import Node, NodeVisitor


def silent_walk(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``Node.walkabout``; with a debug log it is docutils'."""

    def walkabout(self: Node, visitor: NodeVisitor) -> bool:
        if visitor.document.reporter.debug_flag:
            return bool(own(self, visitor))
        stop, departs = False, True
        try:
            try:
                visitor.dispatch_visit(self)
            except SkipNode:
                return False
            except SkipDeparture:
                departs = False
            try:
                for child in self.children[:]:
                    if child.walkabout(visitor):
                        stop = True
                        break
            except SkipSiblings:
                pass
        except SkipChildren:
            pass
        except StopTraversal:
            stop = True
        if departs:
            visitor.dispatch_departure(self)
        return stop

    return walkabout


def silent_way(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``Node.walk``; with a debug log it is docutils'."""

    def walk(self: Node, visitor: NodeVisitor) -> bool:
        if visitor.document.reporter.debug_flag:
            return bool(own(self, visitor))
        try:
            try:
                visitor.dispatch_visit(self)
            except (SkipChildren, SkipNode):
                return False
            except SkipDeparture:
                pass
            try:
                for child in self.children[:]:
                    if child.walk(visitor):
                        return True
            except SkipSiblings:
                pass
        except StopTraversal:
            return True
        return False

    return walk


def silent_visit(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``NodeVisitor.dispatch_visit``."""

    def dispatch_visit(self: NodeVisitor, node: Node) -> Any:
        if self.document.reporter.debug_flag:
            return own(self, node)
        return getattr(self, f"visit_{node.__class__.__name__}", self.unknown_visit)(node)

    return dispatch_visit


def silent_departure(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``NodeVisitor.dispatch_departure``."""

    def dispatch_departure(self: NodeVisitor, node: Node) -> Any:
        if self.document.reporter.debug_flag:
            return own(self, node)
        return getattr(self, f"depart_{node.__class__.__name__}", self.unknown_departure)(node)

    return dispatch_departure


def remembered(own: Callable[..., Any], way: str) -> Callable[..., Any]:
    """Return a quicker ``SphinxTranslator.dispatch_visit`` or ``…_departure``.

    Sphinx looks for the method of each node anew, by the names of its class and of those above.
    """
    known = f"_tsuzuri_{way}"

    def learnt(translator: Any, kind: type) -> Callable[[Node], None]:
        names = (f"{way}_{item.__name__}" for item in kind.__mro__)
        found = next(filter(None, (getattr(translator, name, None) for name in names)), None)
        method = found or partial(own, translator)
        translator.__dict__.setdefault(known, {})[kind] = method
        return method

    def dispatch(self: Any, node: Node) -> None:
        try:
            method = self.__dict__[known][node.__class__]
        except KeyError:
            method = learnt(self, node.__class__)
        method(node)

    return dispatch


def languages_of_code(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``HighlightLanguageTransform.apply``.

    Without a ``highlight`` directive, and in one file, all code has the site's language.
    """

    @wraps(own)
    def apply(self: Any, **kwargs: Any) -> None:
        document: nodes.document = self.document
        for kind in (addnodes.highlightlang, addnodes.start_of_file):
            if next(document.findall(kind), None) is not None:
                own(self, **kwargs)
                return
        visitor = HighlightLanguageVisitor(document, self.config.highlight_language)
        visitor.visit_document(document)
        for block in document.findall(nodes.literal_block):
            visitor.visit_literal_block(block)

    return apply


REFERENCES = NodeMatcher(nodes.reference, nodes.footnote_reference, nodes.citation_reference)


def references_alone(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``DanglingReferences.apply``.

    Without targets there is nothing to do but to look at references.
    """

    @wraps(own)
    def apply(self: Any) -> None:
        document: nodes.document = self.document
        if next(document.findall(nodes.target), None) is not None:
            own(self)
            return
        resolvers = document.transformer.unknown_reference_resolvers
        visitor = DanglingReferencesVisitor(document, resolvers)
        for reference in REFERENCES.findall(document):
            visitor.dispatch_visit(reference)

    return apply


SHORTCUTS = (
    Shortcut("docutils", ">=0.22,<0.23", "docutils.nodes", "Node.walkabout", silent_walk),
    Shortcut("docutils", ">=0.22,<0.23", "docutils.nodes", "Node.walk", silent_way),
    Shortcut("docutils", ">=0.22,<0.23", "docutils.nodes", "NodeVisitor.dispatch_visit",
             silent_visit),
    Shortcut("docutils", ">=0.22,<0.23", "docutils.nodes", "NodeVisitor.dispatch_departure",
             silent_departure),
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.util.docutils", "SphinxTranslator.dispatch_visit",
             partial(remembered, way="visit")),
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.util.docutils", "SphinxTranslator.dispatch_departure",
             partial(remembered, way="depart")),
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.transforms.post_transforms.code",
             "HighlightLanguageTransform.apply", languages_of_code),
    Shortcut("docutils", ">=0.22,<0.23", "docutils.transforms.references",
             "DanglingReferences.apply", references_alone),
)  # fmt: skip
