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

from docutils.parsers.rst.directives.misc import adapt_path
from sphinx.directives.other import Include
from sphinx.directives.patches import CSVTable
from sphinx.environment import BuildEnvironment

from tsuzuri.config import Settings
from tsuzuri.problems import Finding, Problem, report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docutils.nodes import Node
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
        document = self.state.document
        env: BuildEnvironment = document.settings.env
        asked = str(self.options.get("url") or self.options.get("file") or "")
        if asked:
            # a text that is included has files beside itself, not beside the document
            source = document.current_source or env.doc2path(env.docname)
            if asked.startswith("/"):
                below = Path(env.srcdir, asked.lstrip("/"))
                self.options["file"] = os.path.relpath(below, Path(source).parent)
            path = adapt_path(str(self.options.get("file", "")), source)
            if "url" in self.options or not is_inside(Path(path), roots(env)):
                name = env.doc2path(env.docname, base=False).as_posix()
                report([refused(asked, name, self.lineno)], str(env.srcdir))
                return []
        return super().run()  # type: ignore[misc] # of the directive


class TableInside(InsideOnly, CSVTable):
    """``{csv-table}`` that reads no other files."""

    option_spec: ClassVar[Any] = CSVTable.option_spec


class IncludeInside(Include):
    """``.. include::`` that takes for docutils' standard texts, ``<isonum.txt>``, no others."""

    def run(self) -> Sequence[Node]:
        """Leave out what would be read elsewhere; all else goes through the environment."""
        asked = self.arguments[0]
        if leaves_standard(asked):
            path = self.env.doc2path(self.env.docname, base=False).as_posix()
            report([refused(asked, path, self.lineno)], str(self.env.srcdir))
            return []
        return super().run()


def leaves_standard(asked: str) -> bool:
    """Tell whether *asked*, written as the name of a standard text, is another file.

    >>> leaves_standard("<isonum.txt>"), leaves_standard("<../x>"), leaves_standard("</etc/x>")
    (False, True, True)
    """
    name = "".join(line.strip() for line in asked.splitlines())
    standard = Path(Include.standard_include_path).resolve()
    return name[:1] == "<" and name[-1:] == ">" and not is_inside(standard / name[1:-1], [standard])


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
    app.add_directive("csv-table", TableInside, override=True)
    app.add_directive("include", IncludeInside, override=True)
