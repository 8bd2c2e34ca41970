"""Which documents have to be read again, and no others.

Sphinx reads a document again when its file is newer than its last reading.  A file that tar,
rsync or a backup puts back is older and would never be seen; neither would a new version of a
package that reads it.  So each file's time, size and digest are kept with the environment, and
any difference counts.  A file is opened only when its time and size are the same and yet it was
touched, as when an archive whose files all have one time is unpacked over the last.
"""

from __future__ import annotations

import hashlib
import os
import platform
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypedDict, cast

from sphinx.domains import Domain

from tsuzuri.versions import version

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

READERS = ("tsuzuri", "sphinx", "docutils", "myst-parser", "markdown-it-py", "mdit-py-plugins",
           "ablog", "pygments", "sphinx-book-theme", "pydata-sphinx-theme", "babel", "budoux",
           "jinja2")  # fmt: skip
"""Packages whose versions decide what is read from a text or shown of it."""
PACKAGE = Path(__file__).parents[1]

Stamp = tuple[int, int, int, str]
"""A file's time of change in nanoseconds, its size, when it was touched, and a digest of its
content; ``NO_FILE`` when there is none."""
NO_FILE = (0, -1, 0, "")


class SourceData(TypedDict):
    """What is kept between builds."""

    stamps: dict[str, dict[str, Stamp]]
    """Document to each file that it was read from, with its stamp at that time."""
    versions: tuple[str, ...]
    state: str
    """A name for all that has been read; another one after anything was read or forgotten."""
    version: int


class SourceDomain(Domain):
    """The files that documents were read from."""

    name = "tsuzuri-source"
    label = "Source"
    data_version = 3
    initial_data: ClassVar[dict[str, Any]] = {"stamps": {}, "versions": (), "state": ""}
    data: SourceData  # type: ignore[assignment] # Sphinx says dict; ours is typed

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._paths: dict[str, str] = {}

    @classmethod
    def of(cls, env: BuildEnvironment) -> Self:
        """Return what *env* was read from."""
        return cast("Self", env.get_domain(cls.name))

    def resolve_any_xref(self, *_args: Any) -> list[tuple[str, Any]]:
        """Return nothing: a file's stamp is not pointed at."""
        return []

    def clear_doc(self, _docname: str) -> None:
        """Name the state anew: a document is about to be read, or gone."""
        self.data["state"] = os.urandom(8).hex()

    def merge_domaindata(self, docnames: Collection[str], otherdata: dict[str, Any]) -> None:
        """Take nothing over: stamps are taken by the main process, before reading."""

    def path(self, docname: str) -> str:
        """Return the document's file below the source folder, with forward slashes."""
        found = self._paths.get(docname)
        if found is None:
            found = self._paths[docname] = self.env.doc2path(docname, base=False).as_posix()
        return found

    def file(self, docname: str) -> str:
        """Return the document's file."""
        return os.path.join(self.env.srcdir, self.path(docname))  # noqa: PTH118 - many files, a build

    def forget_paths(self) -> None:
        """Ask Sphinx anew for each document's file: it may have another suffix now."""
        self._paths.clear()

    def outdated(self, env: BuildEnvironment, again: set[str]) -> list[str]:
        """Return the documents that differ from when they were read, and stamp those of today.

        *again* are those that Sphinx reads again by itself.
        """
        stamps = self.data["stamps"]
        known, now = self.data["versions"], versions()
        self.data["versions"] = now
        found = []
        for docname in sorted(env.found_docs):
            before = stamps.get(docname, {})
            files = {path: stamp_of(path, before.get(path)) for path in self.files_of(docname)}
            if before == files and docname not in again and known == now:
                continue
            stamps[docname] = files
            if docname in again or known != now or contents(before) != contents(files):
                found.append(docname)
        for docname in stamps.keys() - env.found_docs:
            del stamps[docname]
        return found

    def files_of(self, docname: str) -> list[str]:
        """Return the document's file and those that it includes, as far as known."""
        env = self.env
        included = (os.path.join(env.srcdir, path) for path in env.dependencies.get(docname, ()))  # noqa: PTH118 - many files, a build
        return [self.file(docname), *sorted(map(os.path.normpath, included))]

    def note(self, docnames: Iterable[str]) -> None:
        """Stamp the further files that *docnames*, just read, turned out to be made of."""
        for docname in docnames:
            before = self.data["stamps"].get(docname, {})
            files = self.files_of(docname)
            self.data["stamps"][docname] = {
                path: before.get(path) or stamp_of(path) for path in files
            }


@cache
def versions() -> tuple[str, ...]:
    """Return the version of all that reads and shows, Python's own included."""
    return (platform.python_version(), *map(version, READERS), own_code())


@cache
def own_code(package: Path = PACKAGE) -> str:
    """Return a digest of our own modules and words: a checkout changes without its version.

    It is of their text, not of their times, which are new in each fresh environment of a server
    that keeps only the build.
    """
    found = hashlib.blake2b(digest_size=12)
    for path in files_below(package, (".py", ".mo")):
        found.update(f"{path.relative_to(package).as_posix()}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def files_below(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """Return the files below *folder* whose names end so, in order."""
    names = (
        os.path.join(where, name)  # noqa: PTH118 - many files, a build
        for where, _folders, files in os.walk(folder)
        for name in files
        if name.endswith(suffixes)
    )
    return sorted(map(Path, names))


def stamp_of(path: str, before: Stamp | None = None) -> Stamp:
    """Return the stamp of a file, whose digest is that of *before* if nobody has touched it."""
    try:
        status = os.stat(path)  # noqa: PTH116 - many files, a build
        outside = (status.st_mtime_ns, status.st_size, status.st_ctime_ns)
        if before and before[:3] == outside:
            return before
        with open(path, "rb") as file:  # noqa: PTH123 - many files, a build
            return (*outside, hashlib.file_digest(file, "blake2b").hexdigest()[:24])
    except OSError:
        return NO_FILE


def contents(files: dict[str, Stamp]) -> dict[str, tuple[int, int, str]]:
    """Return all of the stamps of *files* but when they were touched."""
    return {path: (time, size, digest) for path, (time, size, _touched, digest) in files.items()}


def on_env_get_outdated(
    _app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], _removed: set[str]
) -> list[str]:
    """Have documents read again whose files are not those that were read."""
    return SourceDomain.of(env).outdated(env, added | changed)


def setup_sources(app: Sphinx) -> None:
    """Watch the documents' files."""
    read: set[str] = set()

    def on_env_before_read_docs(_app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
        read.clear()
        read.update(docnames)

    def on_env_updated(_app: Sphinx, env: BuildEnvironment) -> list[str]:
        SourceDomain.of(env).note(read & env.found_docs)
        return []

    def on_env_get_outdated_first(_app: Sphinx, env: BuildEnvironment, *_sets: object) -> list[str]:
        SourceDomain.of(env).forget_paths()
        return []

    app.add_domain(SourceDomain)
    app.connect("env-get-outdated", on_env_get_outdated_first, priority=0)
    app.connect("env-get-outdated", on_env_get_outdated)
    app.connect("env-before-read-docs", on_env_before_read_docs)
    app.connect("env-updated", on_env_updated)
