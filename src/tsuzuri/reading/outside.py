"""Files outside the source folder are none of a post's.

A post can name any file of the machine that builds it: ``{include} ../../.ssh/config``, an
image, a download, a table, a symbolic link.  Whoever may propose a post could then read there.
All that Sphinx and its extensions look up goes through one method of the environment; it answers
here for files below the source folder and the folders that the site names, and for no others.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils.parsers.rst.directives.misc import Raw
from sphinx.directives.patches import CSVTable
from sphinx.environment import BuildEnvironment

from tsuzuri.config import Settings
from tsuzuri.problems import Finding, Problem, report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

NOWHERE = ".outside"
"""A folder that does not exist: what is refused is not found there."""
MEND = "bring the file into the source folder, or name its folder in `tsuzuri_outside_folders`"
METHOD = "relfn2path"


def roots(env: BuildEnvironment) -> list[Path]:
    """Return the folders whose files may be shown, without symbolic links in their paths."""
    named = Settings.of(env.config).outside_folders
    return [Path(env.srcdir).resolve(), *(Path(env.srcdir, name).resolve() for name in named)]


def is_inside(path: Path, folders: Sequence[Path]) -> bool:
    """Tell whether *path* is a file of one of the *folders*, wherever links lead."""
    return any(path.resolve().is_relative_to(folder) for folder in folders)


class Lookup:
    """Stands in an environment for its method of finding files; is pickled with it."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.env = env
        self.roots = roots(env)
        self.told: set[tuple[str, str]] = set()

    def __call__(self, filename: str | Path, docname: str | None = None) -> tuple[str, str]:
        """Return where the file is, relative to the source folder and absolute."""
        relative, absolute = BuildEnvironment.relfn2path(self.env, filename, docname)
        if not relative.startswith("../") or is_inside(Path(absolute), self.roots):
            return relative, absolute
        self.refuse(str(filename), docname or self.env.docname)
        name = f"{NOWHERE}/{Path(absolute).name}"
        return name, os.path.join(self.env.srcdir, name)  # noqa: PTH118 - Sphinx wants a str

    def refuse(self, filename: str, docname: str) -> None:
        """Tell once of a file that a document does not get."""
        if (docname, filename) not in self.told:
            self.told.add((docname, filename))
            path = self.env.doc2path(docname, base=False).as_posix()
            report([refused(filename, path)], str(self.env.srcdir))


def refused(name: str, path: str, line: int | None = None) -> Finding:
    """Return what to tell of the file *name* that the document or folder *path* asks for."""
    return Finding(Problem.OUTSIDE, f"{name} is outside the source folder", MEND, path, line)


class InsideOnly:
    """A directive that opens files by itself: kept to those that may be shown, off the network."""

    options: dict[str, Any]
    lineno: int
    state: Any

    def run(self) -> Any:
        """Leave out what would read elsewhere."""
        env: BuildEnvironment = self.state.document.settings.env
        asked = self.options.get("url") or self.options.get("file")
        if asked:
            beside = Path(env.doc2path(env.docname)).parent / str(asked).lstrip("/")
            if "url" in self.options or not is_inside(beside, roots(env)):
                path = env.doc2path(env.docname, base=False).as_posix()
                report([refused(str(asked), path, self.lineno)], str(env.srcdir))
                return []
        return super().run()  # type: ignore[misc] # of the directive


class RawInside(InsideOnly, Raw):
    """``{raw}`` that reads no other files."""

    option_spec: ClassVar[Any] = Raw.option_spec


class TableInside(InsideOnly, CSVTable):
    """``{csv-table}`` that reads no other files."""

    option_spec: ClassVar[Any] = CSVTable.option_spec


def on_env_get_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], _removed: set[str]
) -> list[str]:
    """Pass over documents that are links to elsewhere; judge all files from now on."""
    env.__dict__[METHOD] = Lookup(env)
    folders = roots(env)
    found = []
    for docname in sorted(added | changed):
        path = env.doc2path(docname)
        if not is_inside(path, folders):
            found.append(refused(str(path.resolve()), env.doc2path(docname, base=False).as_posix()))
            for names in (added, changed, env.project.docnames):
                names.discard(docname)
    report(found, str(app.srcdir))
    return []


def links_out(folder: Path, folders: Sequence[Path]) -> Iterator[Path]:
    """Yield the symbolic links below *folder* that lead elsewhere, relative to it."""
    for path, names, files in os.walk(folder):
        for name in (*names, *files):
            here = Path(path, name)
            if here.is_symlink() and not is_inside(here, [*folders, folder.resolve()]):
                yield here.relative_to(folder)


def setup_outside(app: Sphinx) -> None:
    """Keep posts to the site's own files."""
    app.connect("env-get-outdated", on_env_get_outdated, priority=100)
    app.add_directive("raw", RawInside, override=True)
    app.add_directive("csv-table", TableInside, override=True)
