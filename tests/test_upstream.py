"""The defects of other packages that we work around, seen in those packages by themselves.

A test here fails once the installed version is mended, and names what can be removed then.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst.directives.misc import Include
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.docutils_ import Parser
from myst_parser.slugs import unique_slug
from sphinx import transforms

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
ABLOG: dict[str, tuple[Callable[[Any], bool], str]] = {
    "tags": (
        lambda value: r"\u6a5f" in "".join(value),
        "tags keep their letters: _ablog.setup_ablog may leave CheckFrontMatter in its place",
    ),
    "posts": (
        lambda value: value == ["a"],
        "a post without a heading is a post: _ablog.setup_ablog may leave CheckFrontMatter",
    ),
    "parallel": (
        lambda value: not value,
        "ABlog reads in parallel: _ablog.REPLACED_HANDLERS may leave process_posts, purge_posts",
    ),
    "shared": (
        lambda value: value,
        "a Blog is no longer shared by all builds: _ablog.fill need not empty Blog._dict",
    ),
    "tomorrow": (
        lambda value: value,
        "posts are not compared with the day of the import: _ablog.fill need not set TOMORROW",
    ),
    "slugs": (
        lambda value: len(set(value)) < len(value),
        "addresses of バグ and ハク, C++ and C# differ: _ablog.setup_ablog may leave slugify",
    ),
    "feed ids": (
        lambda value: value == 1,
        "each feed has its own id: _ablog.REPLACED_HANDLERS may leave generate_atom_feeds",
    ),
    "rebuild": (
        lambda value: value == "env",
        "fontawesome_included reads nothing anew: _ablog.setup_ablog need not register it again",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    command = [
        sys.executable,
        "-m",
        "tests.posts.plain_stack",
        str(tmp_path_factory.mktemp("plain")),
    ]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["feeds"] > 1
    return found


@pytest.mark.parametrize("name", ABLOG)
def test_ablog_by_itself(plain: dict[str, Any], name: str) -> None:
    """Two posts, built by ABlog and MyST with nothing of ours."""
    is_there, mended = ABLOG[name]
    assert is_there(plain[name]), f"mended upstream: {mended}; ABlog gives {plain[name]!r}"


def markdown(text: str) -> str:
    """Return what MyST by itself makes of *text*."""
    quiet = {"report_level": 5}
    return publish_doctree(text, parser=Parser(), settings_overrides=quiet).pformat()


class Counting(set[str]):
    """Slugs that are taken; counts how often it is asked."""

    asked = 0

    def __contains__(self, slug: object) -> bool:
        self.asked += 1
        return super().__contains__(slug)


def drops_letters() -> bool:
    return not nodes.make_id("日本語")


def tries_all_numbers() -> bool:
    taken = Counting(["a", *(f"a-{number}" for number in range(1, 100))])
    return unique_slug("a", taken) == "a-100" and taken.asked > 100


def labels_at_random() -> bool:
    renderer = SphinxRenderer.__new__(SphinxRenderer)
    return renderer._random_label() != renderer._random_label()


def refuses_lines_in_lists() -> bool:
    return "Transition must be child" in markdown("- a\n\n  ---\n\n  b\n")


def refuses_lines_below_headings() -> bool:
    return "may not begin with a transition" in markdown("# a\n\n---\n\nb\n")


def complains_of_each_note() -> bool:
    return markdown("a[^x] b[^x]\n").count("<problematic") > 1


def sorts_targets_each_with_each() -> bool:
    """For each target all that follow it are sorted."""
    document = publish_doctree("\n".join(f".. _a{number}:" for number in range(20)) + "\n\nb\n")
    targets = [nodes.target(ids=[str(number)]) for number in range(20)]
    document[:0] = targets
    calls = 0
    own = transforms._sort_key

    def key(node: nodes.Node) -> int:
        nonlocal calls
        calls += 1
        return own(node)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transforms, "_sort_key", key)
        for target in targets:
            transforms._reorder_index_target_nodes(target)
    return calls > 5 * len(targets)


def opens_any_file_by_brackets() -> bool:
    """``<../../x>`` is looked for beside docutils' own texts, and found."""
    path = Path(Include.standard_include_path) / "../__init__.py"
    document = publish_doctree(
        f".. include:: <../{path.resolve().name}>\n   :literal:\n",
        settings_overrides={"report_level": 5},
    )
    return bool(list(document.findall(nodes.literal_block)))


DEFECTS: dict[Callable[[], bool], str] = {
    drops_letters: "docutils keeps Japanese in ids: parser.Renderer.generate_heading_target",
    tries_all_numbers: "MyST numbers equal slugs at once: parser.Renderer._unique",
    labels_at_random: "MyST's labels are the same at every build: parser.Renderer.render_amsmath",
    refuses_lines_in_lists: "docutils has lines in lists: parser.Renderer.render_hr",
    refuses_lines_below_headings: "docutils has lines below headings: parser.Renderer.render_hr",
    complains_of_each_note: "a missing note is told once: reading/missing_notes.py",
    sorts_targets_each_with_each: "targets are sorted once: parser.Renderer.render_myst_target",
    opens_any_file_by_brackets: "docutils stays in its folder: outside.leaves_standard",
}


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.__name__)
def test_docutils_sphinx_and_myst_by_themselves(defect: Callable[[], bool]) -> None:
    assert defect(), f"mended upstream: {DEFECTS[defect]} can go"
