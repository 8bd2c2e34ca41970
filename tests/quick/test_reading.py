"""Shortcuts of reading: copies of settings, titles' texts, nodes without a source, references."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import pytest
from docutils import frontend, nodes
from docutils.transforms.references import DanglingReferences
from docutils.utils import DependencyList, new_document
from myst_parser.mdit_to_docutils.base import clean_astext
from sphinx.util.nodes import apply_source_workaround

from tsuzuri.quick import options, texts, visits

if TYPE_CHECKING:
    from collections.abc import Callable


def own_of(function: Any) -> Callable[..., Any]:
    own: Callable[..., Any] = getattr(function, "__wrapped__", function)
    return own


@pytest.mark.parametrize("dependencies", [None, DependencyList()])
def test_settings_are_copied_as_docutils_does(dependencies: DependencyList | None) -> None:
    """One level deep, with a list of dependencies in any case."""
    own = own_of(frontend.Values.copy)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        settings = frontend.Values({"one": [1]})
    settings.record_dependencies = dependencies  # type: ignore[assignment] # as Sphinx keeps it
    slow, quick = own(settings), options.unwarned_copy(own)(settings)
    assert type(quick) is type(slow)
    assert quick.__dict__.keys() == slow.__dict__.keys()
    assert quick.one is slow.one is settings.one
    assert isinstance(quick.record_dependencies, DependencyList)
    assert (quick.record_dependencies is slow.record_dependencies) is (dependencies is not None)
    quick.two = 2
    assert not hasattr(settings, "two")


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [nodes.Text("題\0*名")],
        [nodes.Text("題"), nodes.literal("", "名")],
        [nodes.image(alt="絵"), nodes.Text("題")],
        [nodes.emphasis("", "題", nodes.raw("", "<b>", format="html"), nodes.image(alt="絵"))],
    ],
)
def test_a_title_says_what_it_says_in_myst(parts: list[nodes.Node]) -> None:
    """Without its images' descriptions and its HTML, and is left as it was."""
    own = own_of(clean_astext)
    title = nodes.title("", "", *parts)
    before = title.pformat()
    assert texts.text_of_words(own)(title) == own(title)
    assert title.pformat() == before


def test_nodes_are_told_their_source_as_sphinx_does() -> None:
    """Those that have none, and terms, whose text may hold their classifiers'."""

    def document() -> nodes.document:
        made = new_document("x")
        term = nodes.term("字 : 種", "字")
        classifier = nodes.classifier("", "種")
        item = nodes.definition_list_item("", term, classifier)
        item.source, item.line = "y", 7
        for name, node in (("", nodes.paragraph("字")), ("z", nodes.paragraph("", "字"))):
            node.source = name
            made.append(node)
        term.source = "y"
        made.append(nodes.definition_list("", item))
        made.append(nodes.topic("", nodes.title("", "題")))
        return made

    def described(workaround: Callable[..., Any]) -> list[tuple[Any, ...]]:
        made = document()
        for node in list(made.findall(nodes.Element)):
            if isinstance(node, nodes.TextElement | nodes.image | nodes.topic):
                workaround(node)
        return [(n.tagname, n.source, n.line, n.rawsource) for n in made.findall(nodes.Element)]

    own = own_of(apply_source_workaround)
    found = described(texts.sources_of_some(own))
    assert found == described(own)
    assert ("term", "y", None, "字") in found


@pytest.mark.parametrize("targets", [False, True])
def test_references_are_resolved_as_docutils_does(*, targets: bool) -> None:
    """To a section, to a footnote, to nothing; with targets of their own and without."""

    def document() -> nodes.document:
        made = new_document("x")
        made.reporter.report_level = 4
        section = nodes.section("", nodes.title("", "題"), names=["a"])
        made.note_implicit_target(section)
        note = nodes.footnote("", nodes.paragraph("", "注"), names=["n"])
        made.note_explicit_target(note)
        for kind, name in (
            (nodes.reference, "a"),
            (nodes.reference, "<lost"),
            (nodes.footnote_reference, "n"),
            (nodes.citation_reference, "gone"),
        ):
            section.append(nodes.paragraph("", "", kind("字", "字", refname=name)))
        section.append(nodes.paragraph("", "", nodes.reference("", "字", refuri="/")))
        made.extend([section, note])
        if targets:
            target = nodes.target("", "", names=["t"])
            made.note_explicit_target(target)
            made.append(target)
        return made

    own = own_of(DanglingReferences.apply)
    slow, quick = document(), document()
    own(DanglingReferences(slow))
    visits.references_alone(own)(DanglingReferences(quick))
    assert quick.pformat() == slow.pformat()
    assert quick.pformat().count("<problematic") == 2
