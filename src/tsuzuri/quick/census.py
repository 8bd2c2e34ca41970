"""Which kinds of nodes a document has, so that no one walks through it in vain.

Half of all walks through a document look for what it has none of: substitutions, glossaries,
targets, toctrees.  The kinds are counted in one walk, and those of nodes that are made or added
from then on are noted; what is taken away need not be, since a walk in vain finds nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import ref

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Callable


class Census:
    """The kinds of nodes in the document that was last asked about."""

    def __init__(self) -> None:
        self.root: ref[nodes.document] | None = None
        self.kinds: set[type] = set()
        self.answers: dict[type | tuple[type, ...], bool] = {}

    def lacks(self, document: nodes.document, kind: type | tuple[type, ...]) -> bool:
        """Tell whether no node of *document* is a *kind*."""
        if self.root is None or self.root() is not document:
            self.count(document)
        answer = self.answers.get(kind)
        if answer is None:
            answer = self.answers[kind] = not any(issubclass(item, kind) for item in self.kinds)
        return answer

    def count(self, document: nodes.document) -> None:
        """Look through all of *document*."""
        self.kinds = set(map(type, document.findall()))
        self.answers = {}
        self.root = ref(document)

    def note(self, kind: type) -> None:
        """Reckon with nodes of a new *kind* from now on."""
        self.kinds.add(kind)
        self.answers = {}

    def forget(self) -> None:
        """Count again when next asked."""
        self.root = None


def noted_element(own: Callable[..., Any], census: Census) -> Callable[..., Any]:
    """Return a quicker ``Element.__init__`` that notes what is made."""

    def made(self: nodes.Element, rawsource: Any = "", *children: Any, **given: Any) -> None:
        if self.__class__ not in census.kinds:
            census.note(self.__class__)
        if given or isinstance(rawsource, nodes.Element):
            own(self, rawsource, *children, **given)
            return
        self.rawsource = rawsource
        self.children = []
        if children:
            self.extend(children)
        self.attributes = {name: [] for name in self.list_attributes}
        if not self.tagname:
            self.tagname = self.__class__.__name__

    return made


def noted_child(_own: Callable[..., Any], census: Census) -> Callable[..., Any]:
    """Return a quicker ``Node.setup_child`` that notes what is added.

    A node that comes with others below it may have brought any kind.
    """

    def setup_child(self: nodes.Element, child: Any) -> None:
        child.parent = self
        if child.children:
            census.forget()
        elif child.__class__ not in census.kinds:
            census.note(child.__class__)
        document = self.document
        if document is not None:
            child.document = document
            if child.source is None:
                child.source = document.current_source
            if child.line is None:
                child.line = document.current_line

    return setup_child
