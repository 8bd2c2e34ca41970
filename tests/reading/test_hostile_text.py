"""No text makes the reading of a site hang."""

from __future__ import annotations

import re
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

TINY = {
    "notes that are not there": "[^a]\n\n",
    "paragraphs": "a\n\n",
    "lines": "a\n",
    "empty items": "-\n\n",
    "headings": "## a\n\n",
    "targets": "(a)=\n\n",
    "notes": "[^a]: b\n\n",
    "boxes": ":::message\na\n:::\n",
    "marks": "*a*b*c* `d` *a*b*c* `d`\n\n",
    "cells": "|a|b|\n",
}
HEADS = {"cells": "|a|b|\n|-|-|\n"}


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


@pytest.mark.parametrize("name", TINY)
def test_many_tiny_things_are_read_in_seconds(site: Build, name: str) -> None:
    """Each becomes nodes that all transforms visit: past a bound they are text."""
    text = HEADS.get(name, "") + TINY[name] * (MEGABYTE // len(TINY[name]))
    start = time.process_time()
    built = site({"posts/a.md": post(text)}, builder="dummy")
    assert time.process_time() - start < 6
    assert [line for line in built.warnings if "tsuzuri.crowded" in line]


def test_nothing_of_what_comes_after_too_many_blocks_is_lost(site: Build) -> None:
    """It stands there as text; the writer is told where that begins."""
    text = "- a\n" * 11_000 + "\n## <b>題</b>\n\n*字*\n"
    built = site({"posts/a.md": post(text)}, builder="dummy")
    (warning,) = built.warnings
    found = re.match(r"posts/a\.md:(\d+): WARNING: there are so many blocks before", warning)
    assert found
    doctree = built.app.env.get_doctree("posts/a")
    (rest,) = doctree.findall(nodes.literal_block)
    read = 11_000 - rest.astext().count("- a\n")
    assert read == len(list(doctree.findall(nodes.list_item))) == int(found[1]) - 6
    assert rest.astext().rstrip("\n").endswith("- a\n\n## <b>題</b>\n\n*字*")


def test_a_long_post_is_read_whole(site: Build) -> None:
    """300 kB: three thousand paragraphs with marks, lists, a table, code; far below the bounds."""
    part = (
        "これは**長い**記事の段落で、`code`と[参照](https://example.com/a)を持つ。" * 2
        + "\n\n- 一\n- 二\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nx = 1\n```\n\n"
    )
    text = "".join(f"## 節{n}\n\n{part}本文。\n\n本文です。\n\n結び。\n\n" for n in range(750))
    assert len(text.encode()) > 200_000
    built = site({"posts/a.md": post(text)}, builder="dummy")
    assert built.warnings == ()
    doctree = built.app.env.get_doctree("posts/a")
    assert len(list(doctree.findall(nodes.section))) == 751


def test_headings_of_one_name_are_told_apart(site: Build) -> None:
    """As MyST tells them apart, which tries all numbers for each."""
    site(
        {"posts/a.md": post("## a\n\n## a-1\n\n## a\n\n### a\n\n## 節\n\n## 節\n")}, builder="dummy"
    )
    doctree = site(builder="dummy").app.env.get_doctree("posts/a")
    slugs = [node.get("slug") for node in doctree.findall(nodes.section)][1:]
    assert slugs == ["a", "a-1", "a-2", "a-3", "節", "節-1"]


def test_a_note_that_is_not_there_is_text_with_one_warning(site: Build) -> None:
    """A writer learns the name, not docutils' count of autonumbered references."""
    text = "一[^a]と[^a]。\n\n二[^2]。三[^note-1]。\n\n[^note-a]: ある。\n\n[^1]: これも[^x]。"
    built = site({"posts/a.md": post(text)}, builder="dummy")
    told = [line for line in built.warnings if "missing-note" in line]
    assert [line.partition(" WARNING: ")[0] for line in told] == [
        "posts/a.md:6:", "posts/a.md:8:", "posts/a.md:8:", "posts/a.md:12:"
    ]  # fmt: skip
    assert "[^a] is not there; it is shown as text, and in 1 other places" in told[0]
    assert "did you mean 'note-a'?" in told[2]
    assert not [line for line in built.warnings if "docutils" in line]
    doctree = built.app.env.get_doctree("posts/a")
    assert [node.astext() for node in doctree.findall(nodes.paragraph)][:2] == [
        "一[^a]と[^a]。", "二[^2]。三[^note-1]。"
    ]  # fmt: skip


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
