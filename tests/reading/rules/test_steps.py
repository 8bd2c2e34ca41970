"""The commonest steps of rendering: the same nodes, in the same places, as by MyST's own."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from tsuzuri.reading.rules.render_steps import StepRenderer, Within

if TYPE_CHECKING:
    from tests.conftest import Build

STEPS = ("current_node_context", "render_children", "add_line_and_source_path")
TEXT = Path("docs/kitchen-sink/markdown.md").read_text(encoding="utf-8")


def described(doctree: bytes) -> list[tuple[Any, ...]]:
    found = pickle.loads(doctree).findall()
    return [(type(n), n.line, n.source, getattr(n, "attributes", n)) for n in found]


def test_the_nodes_are_those_of_myst(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in its place, with the line that a warning would tell."""
    found = []
    for _way in ("ours", "MyST's"):
        site = build({"page.md": TEXT}, fresh=True)
        found.append(described((Path(site.app.doctreedir) / "page.doctree").read_bytes()))
        for step in STEPS:
            monkeypatch.setattr(StepRenderer, step, getattr(SphinxRenderer, step))
    assert len(found[0]) > 100
    assert found[0] == found[1]


class Deaf(StepRenderer):
    """Notes what it was warned of."""

    def __init__(self) -> None:
        self.rules, self.current_node = {}, None  # type: ignore[assignment] # no node is needed
        self.said: list[Any] = []

    def create_warning(self, *said: Any, **more: Any) -> None:
        self.said.append((said, more))


def test_what_nothing_renders_is_told_as_myst_does() -> None:
    """An extension may make tokens that MyST has no method for."""
    tree = SyntaxTreeNode([Token("strange", "", 0, map=[1, 2])])
    ours, mysts = Deaf(), Deaf()
    ours.render_children(tree)
    SphinxRenderer.render_children(mysts, tree)
    assert ours.said == mysts.said != []


def test_a_step_that_fails_leaves_the_renderer_where_it_was() -> None:
    """As in MyST: what comes after a directive that failed stands where it would there."""
    renderer, node = Deaf(), object()
    with pytest.raises(KeyError), Within(renderer, node):  # type: ignore[arg-type] # any node
        raise KeyError
    assert renderer.current_node is node


def test_a_document_that_was_read_is_let_go(build: Build) -> None:
    """A renderer waits for the next document without the one before, a large cycle of nodes."""
    parser: Any = build({"page.md": "# 題\n\n```{note}\n字\n```\n"}).app.registry.get_source_parser(
        "markdown"
    )
    assert len(parser.idle) == 1
    kept = vars(parser.idle[0].renderer).values()
    assert not [value for value in kept if isinstance(value, nodes.Node)]
    assert "reporter" not in vars(parser.idle[0].renderer)
