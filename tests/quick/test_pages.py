"""Shortcuts of writing pages: escaping, descriptions, languages of code, checksums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from docutils.writers._html_base import HTMLTranslator
from hypothesis import given
from hypothesis import strategies as st
from sphinx import addnodes
from sphinx.builders.html._assets import _file_checksum
from sphinx.transforms.post_transforms.code import HighlightLanguageTransform

from tsuzuri.quick import texts, theme, visits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = st.text(alphabet="aあ&<>\"@'\0 \n;", max_size=12)


def own_of(function: Any) -> Callable[..., Any]:
    own: Callable[..., Any] = getattr(function, "__wrapped__", function)
    return own


@given(TEXTS)
def test_texts_are_those_of_docutils(text: str) -> None:
    """Without escapes, with them, and never a node where a string is meant."""
    own = own_of(nodes.Text.astext)
    quick = texts.plain_text(own)(nodes.Text(text))
    assert quick == own(nodes.Text(text))
    assert type(quick) is str


@given(TEXTS)
def test_html_is_escaped_as_docutils_does(text: str) -> None:
    own = own_of(HTMLTranslator.encode)
    assert texts.replaced_text(own)(HTMLTranslator, text) == own(HTMLTranslator, text)


def test_another_escaping_is_left_to_docutils() -> None:
    """A translator may have characters of its own."""

    class Other(HTMLTranslator):
        special_characters = {ord("a"): "b"}  # noqa: RUF012 - as docutils has it

    assert texts.replaced_text(own_of(HTMLTranslator.encode))(Other, "a&") == "b&"


@pytest.mark.parametrize("attributes", [{}, {"classes": ["a"]}, {"ids": ["a"]}])
@pytest.mark.parametrize("given", [{}, {"CLASS": "b"}, {"suffix": ""}, {"empty": True}])
def test_opening_tags_are_those_of_docutils(
    attributes: dict[str, Any], given: dict[str, Any]
) -> None:
    """Bare ones, and those with a class or an id, of the node or of the writer."""

    class Writer(HTMLTranslator):
        def __init__(self) -> None:
            self.in_mailto = False

    own = own_of(HTMLTranslator.starttag)
    quick = texts.bare_tag(own)
    for node in (nodes.paragraph(**attributes), attributes):
        assert quick(Writer(), node, "P", **given) == own(Writer(), node, "P", **given)


class Odd(nodes.paragraph):
    """A node that a translator knows by what it descends from."""


class Unknown(nodes.General, nodes.Element):
    """A node that no translator knows."""


class Walker:
    """As much of a translator as its dispatching needs."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def visit_paragraph(self, node: nodes.Node) -> None:
        self.seen.append(f"paragraph {type(node).__name__}")

    def depart_paragraph(self, node: nodes.Node) -> None:
        self.seen.append(f"end {type(node).__name__}")


@pytest.mark.parametrize("way", ["visit", "depart"])
def test_a_node_is_visited_by_the_method_that_sphinx_finds(way: str) -> None:
    """That of its class, or of one above; each translator's own; else what Sphinx does then."""
    asked: list[nodes.Node] = []
    quick = visits.remembered(lambda _self, node: asked.append(node), way)
    one, other = Walker(), Walker()
    other.visit_Odd = other.depart_Odd = lambda _node: other.seen.append("odd")  # type: ignore[attr-defined]
    unknown = Unknown()
    for node in (nodes.paragraph(), Odd(), unknown) * 2:
        quick(one, node)
        quick(other, node)
    word = {"visit": "paragraph", "depart": "end"}[way]
    assert one.seen == [f"{word} paragraph", f"{word} Odd"] * 2
    assert other.seen == [f"{word} paragraph", "odd"] * 2
    assert asked == [unknown] * 4


PARTS = st.recursive(
    st.text(alphabet="あb\n\0", max_size=60).map(nodes.Text)
    | st.just("alt").map(lambda alt: nodes.image(alt=alt)),
    lambda inner: st.tuples(
        st.sampled_from([nodes.section, nodes.paragraph, nodes.emphasis, nodes.bullet_list]),
        st.lists(inner, max_size=4),
    ).map(lambda made: made[0]("", *made[1])),
)


@given(st.lists(PARTS, max_size=4))
def test_a_description_is_the_beginning_of_the_whole_text(parts: list[nodes.Node]) -> None:
    """As the theme finds it, which joins the texts of all sections."""
    document = new_document("x")
    document.append(nodes.section("", *parts))
    whole = "".join(
        section.astext().replace("\n", " ") for section in document.findall(nodes.section)
    )
    assert theme.description(document) == whole[:160]


@pytest.mark.parametrize("marks", ["", "first", "between", "file"])
def test_code_has_the_language_that_sphinx_gives_it(marks: str) -> None:
    """The site's, or that of the directive before it."""

    class Config:
        highlight_language = "default"

    def document() -> nodes.document:
        made = new_document("x")
        made.append(nodes.literal_block("", "a\nb"))
        made.append(nodes.section("", nodes.literal_block("", "c", language="c", linenos=True)))
        place = {"first": 0, "between": 1}.get(marks)
        if place is not None:
            mark = addnodes.highlightlang(lang="rust", force=True, linenothreshold=1)
            made.insert(place, mark)
        if marks == "file":
            made.append(addnodes.start_of_file("", nodes.literal_block("", "d")))
        return made

    class Transform(HighlightLanguageTransform):
        config = Config()  # type: ignore[assignment]

    own = own_of(HighlightLanguageTransform.apply)
    slow, quick = document(), document()
    own(Transform(slow))
    visits.languages_of_code(own)(Transform(quick))
    assert quick.pformat() == slow.pformat()
    assert "language" in quick.pformat()


def test_a_changed_script_has_another_checksum(tmp_path: Path) -> None:
    """Where a file is may be remembered, what is in it is asked of Sphinx."""
    own = own_of(_file_checksum)
    quick = theme.checksum_of(own)
    (tmp_path / "a.js").write_text("1")
    assert quick(tmp_path, "a.js") == own(tmp_path, "a.js") != ""
    own.__globals__["_file_checksum_inner"].cache_clear()
    (tmp_path / "a.js").write_text("2")
    assert quick(tmp_path, "a.js") == own(tmp_path, "a.js") != ""
    assert quick(tmp_path, "https://example.org/a.js") == ""
    with pytest.raises(Exception, match="query"):
        quick(tmp_path, "a.js?x")
