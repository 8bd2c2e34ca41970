"""The documents' files, found and compared without a path object for each.

At every build Sphinx lists the source folder, compares each file with the time of its reading and
then with its page, and makes some ten path objects a document for it: more than a third of a
build of 10,000 posts that changes nothing.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.html._build_info import BuildInfo
from sphinx.environment import _has_doc_changed
from sphinx.project import EXCLUDE_PATHS
from sphinx.util.matching import _translate_pattern
from sphinx.util.osutil import _last_modified_time

from tsuzuri.quick.events import DEBUG_VERBOSITY
from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.environment import BuildEnvironment
    from sphinx.project import Project


NEVER = "(?!)"


def matching_files(folder: Path, wanted: Iterable[str], unwanted: Iterable[str]) -> Iterator[str]:
    """Yield the files below *folder* by these patterns, as ``get_matching_files`` of Sphinx."""
    top = str(folder.resolve())
    is_wanted, is_refused = any_of(wanted), any_of(unwanted)
    for root, folders, files in os.walk(top, followlinks=True):
        relative = os.path.relpath(root, top)
        prefix = "" if relative == "." else f"{relative}/"

        def path_of(name: str, prefix: str = prefix) -> str:
            return normalize("NFC", prefix + name)

        for path in map(path_of, sorted(files)):
            if is_wanted(path) and not is_refused(path):
                yield path
        folders[:] = [name for name in sorted(folders) if not is_refused(path_of(name))]


def any_of(patterns: Iterable[str]) -> Callable[[str], object]:
    """Return what tells whether a path matches one of *patterns*."""
    return re.compile("|".join(map(_translate_pattern, patterns)) or NEVER).match


def discovered(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``Project.discover``; Sphinx' own tells what is wrong with a file."""

    def discover(
        self: Project, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> Any:
        unwanted, wanted = list(exclude_paths), list(include_paths)
        found: dict[str, str] = {}
        for file in matching_files(self.srcdir, wanted, [*unwanted, *EXCLUDE_PATHS]):
            suffix = next(filter(file.endswith, self.source_suffix), None)
            docname = "" if suffix is None else file.removesuffix(suffix)
            if not docname:
                continue
            if docname in found or not os.access(f"{self.srcdir}/{file}", os.R_OK):
                return own(self, unwanted, wanted)
            found[docname] = file
        self.docnames.clear()
        self.docnames.update(found)
        self._docname_to_path.clear()
        self._docname_to_path.update((docname, Path(file)) for docname, file in found.items())
        self._path_to_docname.clear()
        self._path_to_docname.update((path, name) for name, path in self._docname_to_path.items())
        return self.docnames

    return discover if os.sep == "/" else own


def source_of(env: BuildEnvironment, docname: str) -> str:
    """Return the file of a document that there is."""
    return f"{env.srcdir}/{env.project._docname_to_path[docname]}"


def is_as_read(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether a document is surely as it was read: the rest is for Sphinx to say."""
    if docname in env.reread_always:
        return False
    read = env.all_docs[docname]
    others = env.dependencies.get(docname, ())
    try:
        return (
            time_of(f"{env.doctreedir}/{docname}.doctree") >= 0
            and 0 <= time_of(source_of(env, docname)) <= read
            and all(0 <= time_of(other) <= read for other in others)
        )
    except OSError:
        return False


def time_of(path: str | os.PathLike[str]) -> int:
    """Return when a file was changed, in microseconds as Sphinx counts them; -1 for no file."""
    status = os.stat(path)  # noqa: PTH116 - many files, a build
    return -(status.st_mtime_ns // -1000) if stat.S_ISREG(status.st_mode) else -1


def compared(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``BuildEnvironment.get_outdated_files``."""

    def get_outdated_files(self: BuildEnvironment, config_changed: bool) -> Any:
        if config_changed or self._app.verbosity >= DEBUG_VERBOSITY:
            return own(self, config_changed)
        found, known = self.found_docs, self.all_docs.keys()
        changed = {
            docname
            for docname in found & known
            if not is_as_read(self, docname)
            and _has_doc_changed(
                docname,
                filename=self.doc2path(docname),
                reread_always=self.reread_always,
                doctreedir=self.doctreedir,
                all_docs=self.all_docs,
                dependencies=self.dependencies,
            )
        }
        return found - known, changed, known - found

    return get_outdated_files


def time_of_templates(builder: StandaloneHTMLBuilder) -> int | None:
    """Return when the templates changed; None when more than that makes pages anew."""
    note = builder.outdir / ".buildinfo"
    try:
        time = int(builder.templates.newest_template_mtime() * 10**6)
        same = builder.build_info == BuildInfo.load(note)
        return time if same and time <= _last_modified_time(note) else None
    except (OSError, ValueError):
        return None


def written_before(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``StandaloneHTMLBuilder.get_outdated_docs``."""

    def get_outdated_docs(self: StandaloneHTMLBuilder) -> Iterator[str]:
        plain = type(self) is StandaloneHTMLBuilder and self._app.verbosity < DEBUG_VERBOSITY
        template_time = time_of_templates(self) if plain else None
        if template_time is None:
            yield from own(self)
            return
        for docname in self.env.found_docs:
            if docname not in self.env.all_docs:
                yield docname
                continue
            try:
                source_time = _last_modified_time(source_of(self.env, docname))
            except OSError:
                continue  # as Sphinx does: it is gone
            try:
                page_time = _last_modified_time(f"{self.outdir}/{docname}{self.out_suffix}")
            except OSError:
                page_time = 0
            if max(source_time, template_time) > page_time:
                yield docname

    return get_outdated_docs


SHORTCUTS = (
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.project", "Project.discover", discovered),
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.environment", "BuildEnvironment.get_outdated_files",
             compared),
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.builders.html",
             "StandaloneHTMLBuilder.get_outdated_docs", written_before),
)  # fmt: skip
