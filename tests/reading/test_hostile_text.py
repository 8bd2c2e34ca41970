"""No text makes the reading of a site hang."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from docutils import nodes

from tests.conftest import make_build, post

if TYPE_CHECKING:
    from tests.conftest import Build

MEGABYTE = 1_000_000
UNITS = ("*", "[", "<p ", "$", ":::", "*a", "[a](", "`", "<", "![a](", "[^a]", "|")
OTHERS = ("`a", "|a", "$a", "_a", "~a", "<a ", "<!--", "&", "\\", "[[a", "@[", "[a]", "{a}`",
          "https://a ")  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    build = make_build(tmp_path_factory.mktemp("hostile"))
    build({"posts/a.md": post()}, builder="dummy")
    return build


@pytest.mark.parametrize(
    ("unit", "size"),
    [*((unit, MEGABYTE) for unit in UNITS), *((unit, MEGABYTE // 5) for unit in OTHERS)],
)
def test_a_megabyte_of_anything_is_read_in_seconds(site: Build, unit: str, size: int) -> None:
    """A file that was pasted or saved by mistake must not stop the build for an hour."""
    text = unit * (size // len(unit))
    start = time.process_time()
    built = site({"posts/a.md": post(text)}, builder="dummy")
    assert time.process_time() - start < 5 * size / MEGABYTE + 1
    assert len(built.warnings) <= 2


def test_a_crowded_paragraph_is_shown_as_it_stands(site: Build) -> None:
    """Nothing of it is lost, the next paragraph is read as ever, and the writer is told."""
    built = site({"posts/a.md": post("*a" * 10_001 + "\n\n*b*")}, builder="dummy")
    (warning,) = built.warnings
    assert "posts/a.md:6: " in warning
    assert "more than 10000 marks" in warning
    doctree = built.app.env.get_doctree("posts/a")
    first, second = doctree.findall(nodes.paragraph)
    assert first.astext() == "*a" * 10_001
    assert isinstance(second.children[0], nodes.emphasis)


def test_a_directive_that_fails_costs_its_block_alone(site: Build) -> None:
    """docutils' figure ends the build when nothing comes of its text, such as a pasted script."""
    text = "```{figure} a.png\n:alt: 絵\n\n<iframe></iframe>\n```\n\n次の段落。"
    built = site({"posts/a.md": post(text)}, builder="dummy")
    (warning,) = [line for line in built.warnings if "tsuzuri.directive" in line]
    assert warning.startswith("posts/a.md:6: WARNING: `{figure}` failed (UnboundLocalError: ")
    doctree = built.app.env.get_doctree("posts/a")
    (block,) = doctree.findall(nodes.literal_block)
    assert block.astext() == ":alt: 絵\n\n<iframe></iframe>\n"
    assert "次の段落。" in doctree.astext()


def test_docutils_fails_at_a_figure_without_text() -> None:
    """Fails once docutils does not any more: then the test above needs another directive."""
    from docutils.core import publish_doctree

    with pytest.raises(UnboundLocalError):
        publish_doctree(".. figure:: a.png\n\n   .. default-role:: math\n")
