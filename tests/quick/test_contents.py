"""Contents kept packed: whoever asks for them gets what Sphinx would have given."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from sphinx.environment.adapters.toctree import TocTree

from benchmarks.posts import tsuzuri_files
from tsuzuri.quick.contents import Contents, unpacked

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from tests.conftest import Build

FILES = {
    "index.md": "# 表紙\n\n```{toctree}\n:numbered:\na\nb\n```\n",
    "a.md": "# 一\n\n## 一の一\n\n### 一の一の一\n",
    "b.md": "# 二\n\n## 二の一\n",
}


def shown(app: Sphinx) -> dict[str, str]:
    return {name: app.env.tocs[name].pformat() for name in sorted(app.env.tocs)}


def test_contents_are_those_that_sphinx_keeps(build: Build) -> None:
    quick = build(FILES).app
    assert isinstance(quick.env.tocs, Contents)
    before = shown(quick)
    slow = build(fresh=True, tsuzuri_shortcuts=False).app
    assert type(slow.env.tocs) is dict
    assert before == shown(slow)
    assert before["a"].count("secnumber") == 3


def test_processes_hand_contents_over_as_they_read_them(build: Build) -> None:
    """The numbers of sections are given after reading, to all of them."""
    files = FILES | dict(tsuzuri_files(8))
    alone = shown(build(files).app)
    assert shown(build(fresh=True, parallel=2).app) == alone


def test_contents_of_a_later_build_are_those_of_the_first(build: Build) -> None:
    first = shown(build(FILES).app)
    later = build({"b.md": "# 二\n\n## 二の二\n"}).app
    again = shown(later)
    assert again.keys() == first.keys()
    assert again["a"] == first["a"]
    assert "二の二" in again["b"]


def test_a_build_that_asks_for_none_unpacks_none(build: Build) -> None:
    """Else the way to the disk and back would cost what it did before."""
    build(dict(tsuzuri_files(4)))
    tocs = build().app.env.tocs
    assert isinstance(tocs, Contents)
    unpacked_now = {name for name in tocs if not isinstance(tocs.kept[name], bytes)}
    assert unpacked_now <= {"index"}


def test_a_change_in_place_is_kept(build: Build) -> None:
    """Sphinx writes numbers into the nodes that it was given."""
    tocs = build(FILES).app.env.tocs
    tocs["a"]["mark"] = "here"
    again = pickle.loads(pickle.dumps(tocs))
    assert again["a"]["mark"] == "here"
    assert {name: unpacked(kept).pformat() for name, kept in again.packed().items()} == {
        name: tocs[name].pformat() for name in tocs
    }


def test_a_site_may_change_its_mind(build: Build) -> None:
    """An environment that has them packed is taken by a build that wants them as Sphinx has."""
    first = shown(build(FILES).app)
    plain = build(tsuzuri_shortcuts=False).app
    assert type(plain.env.tocs) is dict
    assert shown(plain) == first
    assert TocTree(plain.env).get_toc_for("a", plain.builder).pformat()
