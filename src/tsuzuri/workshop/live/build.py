"""Building again and again in one process."""

from __future__ import annotations

import io
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.application import Sphinx
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tsuzuri.workshop.live.complaints import (
    Complaint,
    read_complaints,
    read_exception,
    still_valid,
)
from tsuzuri.writing.publishing import put
from tsuzuri.writing.search import BUNDLE, LATER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from docutils import nodes
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True)
class Outcome:
    """What one build came to."""

    seconds: float
    complaints: tuple[Complaint, ...] = ()
    """All that is wrong with the site now, not only what this build looked at."""
    written: tuple[str, ...] = ()
    """Documents whose pages were written."""
    index: Callable[[], object] | None = None
    """Brings the search up to date; left to be done beside the next builds."""

    @property
    def failed(self) -> bool:
        """Whether the build ended before its time."""
        return any(item.fatal for item in self.complaints)


@dataclass
class Workshop:
    """A site's source and output, and the environment of its last build."""

    source: Path
    out: Path
    doctrees: Path
    overrides: dict[str, Any] = field(default_factory=dict)
    env: BuildEnvironment | None = None
    complaints: tuple[Complaint, ...] = ()

    def build(
        self,
        changed: Iterable[Path] = (),
        *,
        written: Callable[[], object] = lambda: None,
        parallel: int = 1,
    ) -> Outcome:
        """Build what *changed* makes necessary; *written* is called when the pages are there.

        An output that went wrong on the way is told in the outcome, never raised.
        """
        start = time.perf_counter()
        stream = io.StringIO()
        run = Run(self.out, written)
        try:
            with patch_docutils(str(self.source)), docutils_namespace():
                app = self.application(stream, parallel)
                run.watch(app)
                forget_read(app.env, changed)
                self.env = None
                app.build()
                self.env = app.env
        except Exception as error:
            found = [read_exception(error, self.source)]
            self.complaints = (*found, *(c for c in self.complaints if not c.fatal))
            return Outcome(time.perf_counter() - start, self.complaints)
        self.complaints = self.judged(stream.getvalue(), run.looked_at, app.env)
        seconds = time.perf_counter() - start
        index = partial(run.index, self.out / BUNDLE) if run.index else None
        return Outcome(seconds, self.complaints, tuple(sorted(run.resolved)), index)

    def application(self, warning: io.StringIO, parallel: int) -> Live:
        """Return an application for one build; its configuration is read anew."""
        nocolor()
        forget_modules(self.source)
        return Live(
            self.env,
            srcdir=self.source,
            confdir=self.source,
            outdir=self.out,
            doctreedir=self.doctrees,
            buildername="html",
            confoverrides=self.overrides,
            status=None,
            warning=warning,
            parallel=parallel,
        )

    def judged(
        self, output: str, looked_at: Collection[str], env: BuildEnvironment
    ) -> tuple[Complaint, ...]:
        """Return what is wrong with the site, after a build that wrote *output*."""
        paths = {env.doc2path(name, base=False).as_posix(): name for name in env.all_docs}
        looked = {path for path, name in paths.items() if name in looked_at}
        fresh = list(read_complaints(output, self.source))
        old = still_valid(self.complaints, looked, paths)
        return tuple(dict.fromkeys([*fresh, *old]))


class Live(Sphinx):
    """An application that takes over the environment of the one before it, without pickling."""

    def __init__(self, known: BuildEnvironment | None, **arguments: Any) -> None:
        self.known = known
        super().__init__(**arguments)

    def _init_env(self, freshenv: bool) -> BuildEnvironment:
        if self.known is None:
            return super()._init_env(freshenv)
        # what pickling leaves out (caches, the application before) is left out here too
        self.known.__setstate__(self.known.__getstate__())
        self.known.setup(self)
        self._fresh_env_used = False
        return self.known


class Run:
    """What happens in one build."""

    def __init__(self, out: Path, written: Callable[[], object]) -> None:
        self.out = out
        self.written = written
        self.read: set[str] = set()
        self.resolved: set[str] = set()
        self.index: Callable[[Path], object] | None = None

    @property
    def looked_at(self) -> set[str]:
        """The documents that were read or written."""
        return self.read | self.resolved

    def watch(self, app: Sphinx) -> None:
        """Listen to the build's events."""
        app.connect("env-before-read-docs", self.on_env_before_read_docs)
        app.connect("doctree-resolved", self.on_doctree_resolved)
        app.connect("html-collect-pages", self.on_html_collect_pages, priority=1)
        app.connect(LATER, self.on_index)

    def on_env_before_read_docs(
        self, _app: Sphinx, _env: BuildEnvironment, docnames: list[str]
    ) -> None:
        """Note what is read."""
        self.read.update(docnames)

    def on_doctree_resolved(self, _app: Sphinx, _doctree: nodes.document, docname: str) -> None:
        """Note what is written."""
        self.resolved.add(docname)

    def on_html_collect_pages(self, app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
        """Publish the documents' pages and say so; the lists and all else come after them."""
        builder = cast("StandaloneHTMLBuilder", app.builder)
        for docname in sorted(self.resolved):
            page = Path(builder.get_outfilename(docname))
            if page.is_file():
                put(page, self.out / page.relative_to(app.outdir))
        self.written()
        return []

    def on_index(self, _app: Sphinx, index: Callable[[Path], object]) -> bool:
        """Take the indexing over, to be done later."""
        self.index = index
        return True


def forget_read(env: BuildEnvironment, changed: Iterable[Path]) -> None:
    """Have each of the *changed* documents read, whatever its time stamp says.

    Sphinx notes when it read a file, not what it read: a save in between would be lost.
    """
    known = {Path(env.doc2path(name)): name for name in env.all_docs}
    for path in changed:
        if path in known:
            env.all_docs[known[path]] = 0


def forget_modules(source: Path) -> None:
    """Have Python modules of the site itself imported anew, as a new process would."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        inside = file.startswith(f"{source}/") and not file.startswith(sys.prefix)
        if inside and "tsuzuri" not in name.split(".") and name != "__main__":
            del sys.modules[name]
