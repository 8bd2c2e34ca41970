"""Building again and again in one process."""

from __future__ import annotations

import io
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import sphinx.domains.python  # noqa: F401 - later, its words would stay in the first build's language
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.console import nocolor

from tsuzuri.workshop.live.complaints import (
    Complaint,
    read_complaints,
    read_exception,
    still_valid,
)
from tsuzuri.workshop.live.preview import Preview, docutils_of
from tsuzuri.workshop.live.run import Run
from tsuzuri.writing.search.indexing import BUNDLE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

CONSOLE = "console"
"""Sphinx's own messages, which it loads once a process."""


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
    shown_after: float | None = None
    """The seconds until the saved pages could be seen; all else came after them."""
    shown_first: bool = False
    """Whether the saved pages were shown before anything else was looked at."""

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
    preview: Preview | None = None
    complaints: tuple[Complaint, ...] = ()

    def build(
        self,
        changed: Iterable[Path] = (),
        *,
        written: Callable[[], object] = lambda: None,
        parallel: int = 1,
    ) -> Outcome:
        """Build what *changed* makes necessary; *written* is called when pages can be seen.

        An output that went wrong on the way is told in the outcome, never raised.
        """
        start = time.perf_counter()
        changed = set(changed)
        run = Run(self.out, written, start)
        shown_first = self.shown(changed)
        if shown_first:
            run.tell()
        stream = io.StringIO()
        try:
            with docutils_of(self.source):
                app = self.application(stream, parallel)
                run.watch(app)
                forget_read(app.env, changed)
                self.env = self.preview = None
                app.build()
                self.env, self.preview = app.env, Preview(app)
        except Exception as error:
            found = [read_exception(error, self.source)]
            self.complaints = (*found, *(c for c in self.complaints if not c.fatal))
            return Outcome(time.perf_counter() - start, self.complaints)
        self.complaints = self.judged(stream.getvalue(), run.looked_at, app.env)
        seconds = time.perf_counter() - start
        index = partial(run.index, self.out / BUNDLE) if run.index else None
        pages = tuple(sorted(run.resolved))
        return Outcome(seconds, self.complaints, pages, index, run.shown_after, shown_first)

    def shown(self, changed: Collection[Path]) -> bool:
        """Show the pages of the *changed* files at once, when they are documents that we know."""
        if self.env is None or self.preview is None:
            return False
        docnames = [self.env.path2doc(path) for path in changed if path.is_file()]
        known = [name for name in docnames if name in self.env.all_docs]
        return len(known) == len(changed) and self.preview.show(known)

    def application(self, warning: io.StringIO, parallel: int) -> Live:
        """Return an application for one build; its configuration is read anew."""
        nocolor()
        forget_modules(self.source)
        forget_translations()
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
        fresh = list(read_complaints(output, self.source))
        left = {
            path: env.path2doc(self.source / path) for path in {c.path for c in self.complaints}
        }
        known = {path for path, name in left.items() if name in env.all_docs}
        looked = {path for path in known if left[path] in looked_at}
        old = still_valid(self.complaints, looked, known)
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


def forget_read(env: BuildEnvironment, changed: Iterable[Path]) -> None:
    """Have each of the *changed* documents read, whatever its time stamp says.

    Sphinx notes when it read a file, not what it read: a save in between would be lost.
    """
    for path in changed:
        name = env.path2doc(path)
        if name in env.all_docs:
            env.all_docs[name] = 0


def forget_translations() -> None:
    """Have the next application load its translations, and those alone.

    Sphinx hangs them behind those of the application before, one more each time: each look-up
    takes longer, and after a thousand saves Python refuses to go so deep.
    """
    for namespace, catalog in list(translators):
        if namespace != CONSOLE:
            del translators[namespace, catalog]


def forget_modules(source: Path) -> None:
    """Have Python modules of the site itself imported anew, as a new process would."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        inside = file.startswith(f"{source}/") and not file.startswith(sys.prefix)
        if inside and "tsuzuri" not in name.split(".") and name != "__main__":
            del sys.modules[name]
