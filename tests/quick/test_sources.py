"""The documents' files: the same found, and the same held to be new, as by Sphinx itself."""

from __future__ import annotations

import os
import time
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.project import Project

from tsuzuri.quick import sources
from tsuzuri.quick.shortcut import without

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinx.application import Sphinx

    from tests.conftest import Build

HEAD = "---\ndate: 2024-09-12\n---\n"
FILES = {
    "index.md": "# 表紙\n",
    "posts/a.md": f"{HEAD}# 一\n",
    "posts/b.md": f"{HEAD}# 二\n\n```{{include}} ../part.txt\n```\n",
    "posts/c.md": f"{HEAD}# 三\n",
    "part.txt": "部分\n",
}


def found(root: Path, include: list[str], exclude: list[str]) -> tuple[Any, ...]:
    project = Project(root, {".md": "markdown", ".rst": "restructuredtext"})
    project.discover(exclude, include)
    return project.docnames, project._docname_to_path, project._path_to_docname


@pytest.mark.parametrize("include", [["**"], ["posts/**", "*.md"]])
@pytest.mark.parametrize("exclude", [[], ["_build", "**/drafts", "posts/x*"]])
@pytest.mark.parametrize("twice", [False, True])
def test_the_same_documents_are_found(
    tmp_path: Path, include: list[str], exclude: list[str], *, twice: bool
) -> None:
    nfd = unicodedata.normalize("NFD", "が")
    for name in ("index.md", "posts/a.md", "posts/x.rst", "posts/drafts/d.md", ".md", "posts/.md",
                 "posts/a.b.md", "_build/old.md", ".#lock.md", "posts/no.txt", f"{nfd}/{nfd}.md",
                 "posts/back\\slash.md", "_sources/s.md"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# 題\n", encoding="utf-8")
    (tmp_path / "linked").symlink_to(tmp_path / "posts")
    if twice:
        (tmp_path / "posts" / "a.rst").write_text("題\n==\n", encoding="utf-8")
    shortcut = sources.SHORTCUTS[0]
    shortcut.take()
    ours = found(tmp_path, include, exclude)
    with without([shortcut]):
        assert found(tmp_path, include, exclude) == ours
    assert "posts/a" in ours[0]


def outcome(ask: Callable[[], object]) -> object:
    """Return the answer, or what it failed of: a file that goes while Sphinx looks ends a build."""
    try:
        return ask()
    except FileNotFoundError as error:
        return error.filename


def touched(app: Sphinx) -> None:
    later = time.time() + 100
    os.utime(app.srcdir / "posts" / "a.md", (later, later))


def included(app: Sphinx) -> None:
    later = time.time() + 100
    os.utime(app.srcdir / "part.txt", (later, later))


def part_gone(app: Sphinx) -> None:
    (app.srcdir / "part.txt").unlink()


def doctree_gone(app: Sphinx) -> None:
    (app.doctreedir / "posts" / "c.doctree").unlink()


def page_gone(app: Sphinx) -> None:
    (app.outdir / "posts" / "c.html").unlink()


def source_gone(app: Sphinx) -> None:
    (app.srcdir / "posts" / "c.md").unlink()


def forgotten(app: Sphinx) -> None:
    del app.env.all_docs["posts/a"]


def one_more(app: Sphinx) -> None:
    app.env.all_docs["posts/gone"] = 1


def read_always(app: Sphinx) -> None:
    app.env.reread_always.add("posts/a")


def other_settings(app: Sphinx) -> None:
    note = app.outdir / ".buildinfo"
    note.write_text(note.read_text(encoding="utf-8").replace("config: ", "config: 0"))


def nothing(_app: Sphinx) -> None:
    pass


CHANGES = [touched, included, part_gone, doctree_gone, page_gone, source_gone, forgotten,
           one_more, read_always, other_settings, nothing]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_same_documents_are_outdated(build: Build, change: Callable[[Sphinx], None]) -> None:
    app = build(FILES).app
    change(app)
    builder = app.builder
    assert type(builder) is StandaloneHTMLBuilder

    def outdated() -> tuple[Any, ...]:
        note = app.outdir / ".buildinfo"
        before = note.read_bytes()
        answer = (
            outcome(lambda: app.env.get_outdated_files(config_changed=False)),
            app.env.get_outdated_files(config_changed=True),
            sorted(builder.get_outdated_docs()),
        )
        note.write_bytes(before)
        return answer

    for shortcut in sources.SHORTCUTS:
        shortcut.take()
    ours = outdated()
    with without(sources.SHORTCUTS):
        assert outdated() == ours
    quiet = ours[0] == (set(), set(), set()) and not ours[2]
    assert quiet is (change is nothing)
