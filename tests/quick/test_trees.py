"""Walks through doctrees: the same nodes in the same order, also while the tree changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx.util.nodes import NodeMatcher

from tsuzuri.quick import trees, visits
from tsuzuri.quick.census import Census
from tsuzuri.quick.shortcut import without

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS: tuple[Any, ...] = (nodes.section, nodes.paragraph, nodes.emphasis)
SHAPES = st.recursive(
    st.integers(0, 2), lambda inner: st.tuples(st.integers(0, 2), st.lists(inner, max_size=4))
)
TAKEN: Any = vars(nodes.Node)["_fast_findall"]
OWN = getattr(TAKEN, "__wrapped__", TAKEN)
QUICK = trees.flat_search(OWN, Census())


def tree(shape: Any) -> nodes.Element:
    kind, inner = shape if isinstance(shape, tuple) else (shape, [])
    made = KINDS[kind]()
    made.extend(tree(item) for item in inner)
    return made  # type: ignore[no-any-return] # an element


def numbered(root: nodes.Element) -> nodes.Element:
    for number, node in enumerate(OWN(root, nodes.Element)):
        node["number"] = number
    return root


def walked(search: Callable[..., Any], shape: Any, change: int) -> list[int]:
    """Return the nodes met; every second is replaced by two others or removed on the way."""
    root = numbered(tree(shape))
    met = []
    for node in search(root, nodes.paragraph):
        met.append(node["number"])
        if node.parent is not None and change and len(met) % 2:
            new = [nodes.paragraph("", number=100 + len(met))] * (change - 1)
            if len(met) < 50:
                node.parent.replace(node, new)
    return met


def test_no_example_fails_for_the_time_it_takes() -> None:
    """A busy machine once failed a test below: Hypothesis allows an example 200 ms."""
    assert settings.default is not None
    assert settings.default.deadline is None


@given(SHAPES, st.integers(0, 3))
def test_the_same_nodes_are_met(shape: Any, change: int) -> None:
    """docutils calls the result of a change on the way undefined; extensions know it all the same."""
    assert walked(QUICK, shape, change) == walked(OWN, shape, change)


@given(SHAPES)
def test_all_nodes_are_met(shape: Any) -> None:
    taken: Any = vars(nodes.Node)["_superfast_findall"]
    own = getattr(taken, "__wrapped__", taken)
    root = tree(shape)
    assert list(trees.flat_way(own)(root)) == list(own(root))


@given(SHAPES, st.integers(0, 3))
def test_the_same_nodes_are_chosen_by_a_function(shape: Any, change: int) -> None:
    taken: Any = vars(nodes.Node)["findall"]
    own = getattr(taken, "__wrapped__", taken)

    def by(search: Callable[..., Any]) -> Callable[..., Any]:
        return lambda root, kind: search(root, lambda node: isinstance(node, kind))

    assert walked(by(trees.flat_choice(own)), shape, change) == walked(by(own), shape, change)


class Trace(nodes.SparseNodeVisitor):
    def __init__(self, document: nodes.document, stops: dict[int, type[Exception]]) -> None:
        super().__init__(document)
        self.trace: list[str] = []
        self.stops = stops

    def dispatch_visit(self, node: nodes.Node) -> None:
        self.trace.append(f"to {node['number']}")  # type: ignore[index] # an element
        if node["number"] in self.stops:  # type: ignore[index]
            raise self.stops[node["number"]]  # type: ignore[index]

    def dispatch_departure(self, node: nodes.Node) -> None:
        self.trace.append(f"from {node['number']}")  # type: ignore[index]


STOPS = st.sampled_from(
    [
        nodes.SkipNode,
        nodes.SkipDeparture,
        nodes.SkipSiblings,
        nodes.SkipChildren,
        nodes.StopTraversal,
    ]
)


@pytest.mark.parametrize(
    ("name", "quick"), [("walkabout", visits.silent_walk), ("walk", visits.silent_way)]
)
@given(SHAPES, st.dictionaries(st.integers(0, 6), STOPS))
def test_visitors_go_the_same_way(
    name: str, quick: Callable[..., Any], shape: Any, stops: dict[int, type[Exception]]
) -> None:
    """Whatever a visitor raises to be spared a part."""
    taken: Any = vars(nodes.Node)[name]
    own = getattr(taken, "__wrapped__", taken)
    found = []
    for walk in (own, quick(own)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(nodes.Node, name, walk)
            visitor = Trace(new_document("x"), stops)
            try:
                ended: object = getattr(numbered(tree(shape)), name)(visitor)
            except nodes.TreePruningException as error:
                ended = type(error)
            found.append((ended, visitor.trace))
    assert found[0] == found[1]


def take() -> None:
    for shortcut in trees.SHORTCUTS:
        shortcut.take()


def kinds_found(document: nodes.document) -> list[list[nodes.Node]]:
    return [list(document.findall(kind)) for kind in (*KINDS, nodes.Text, nodes.Element)]


def make(document: nodes.document) -> None:
    document.insert(0, nodes.emphasis())


def put_behind_its_back(document: nodes.document) -> None:
    document.children.append(nodes.emphasis())


def bring_others_along(document: nodes.document) -> None:
    document.append(BRANCH.deepcopy())


def adopt(document: nodes.document) -> None:
    document.append(next(OWN(BRANCH.deepcopy(), nodes.emphasis)))


def take_away(document: nodes.document) -> None:
    document.clear()


def write(document: nodes.document) -> None:
    document.append(nodes.paragraph("字", "字"))


def look_at_another(document: nodes.document) -> None:
    other = new_document("y")
    other.append(nodes.emphasis())
    kinds_found(other)
    document.append(other[0])


BRANCH = nodes.section("", nodes.section("", nodes.emphasis()))


@pytest.mark.parametrize(
    "change",
    [make, put_behind_its_back, bring_others_along, adopt, take_away, write, look_at_another],
)
def test_what_came_into_a_document_is_found(change: Callable[[nodes.document], None]) -> None:
    """A kind that was not there when the document was first looked through, however it came."""
    take()
    document = new_document("x")
    document.append(nodes.section("", nodes.paragraph()))
    assert [len(found) for found in kinds_found(document)][2] == 0
    change(document)
    quick = kinds_found(document)
    with without(trees.SHORTCUTS):
        assert quick == kinds_found(document)


def test_a_matcher_finds_the_same() -> None:
    """By kinds, by attributes, by nothing at all."""
    take()
    document = new_document("x")
    document.append(nodes.section("", nodes.paragraph("", "字", classes=["a"], number=1)))
    matchers: list[NodeMatcher[Any]] = [
        NodeMatcher(nodes.paragraph, nodes.title),
        NodeMatcher(nodes.section, number=1),
        NodeMatcher(nodes.paragraph, number=1),
        NodeMatcher(number=Any),
        NodeMatcher(nodes.emphasis),
        NodeMatcher(),
    ]
    quick = [list(matcher.findall(document)) for matcher in matchers]
    with without(trees.SHORTCUTS):
        assert quick == [list(matcher.findall(document)) for matcher in matchers]
