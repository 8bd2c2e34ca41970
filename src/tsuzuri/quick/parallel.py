"""Reading and writing in as many processes as ``-j`` names, each with its share of all documents.

:mod:`tsuzuri.quick.crew` says why Sphinx's own way is not used.
"""

from __future__ import annotations

import pickle
from functools import wraps
from typing import TYPE_CHECKING, Any

from sphinx.builders import _write_docname
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import __
from sphinx.util.display import status_iterator
from sphinx.util.parallel import parallel_available

from tsuzuri.progress import Progress
from tsuzuri.quick.contents import hand_over
from tsuzuri.quick.crew import shared_out
from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

PAGE_BUILDERS = (StandaloneHTMLBuilder, DirectoryHTMLBuilder)
KNOWN = (
    "tsuzuri", "sphinx", "docutils", "myst_parser", "ablog", "sphinx_book_theme",
    "pydata_sphinx_theme", "sphinx_design", "sphinx_copybutton", "matplotlib", "alabaster",
)  # fmt: skip
"""Packages whose handlers leave nothing behind when they resolve a page but what is carried."""


FEW = 4
"""So many documents are done sooner than processes are forked."""


def bar(label: str, colour: str, names: Sequence[str], verbosity: int) -> Callable[[int], None]:
    """Return a function that moves the progress on to a number of documents.

    Sphinx tells every document, and nothing when it was asked to be quiet; a terminal gets a bar
    in any case.
    """
    told = status_iterator(names, label, colour, len(names), verbosity)
    steps = iter(names) if verbosity < 0 else told
    progress = Progress(label.rstrip(". "), len(names))
    shown = 0

    def to(count: int) -> None:
        nonlocal shown
        if count < len(names):
            progress.to(count)
        else:
            progress.end()
        while shown < count:
            next(steps)
            shown += 1
        if count == len(names):
            next(steps, None)

    return to


def strangers(app: Any, *events: str) -> bool:
    """Tell whether one of *events* calls what we don't know.

    Sphinx promises extensions that it does some work in the first process, where they may
    remember what they saw.
    """
    listeners = app.events.listeners
    return unknown(item.handler.__module__ for name in events for item in listeners[name])


def unknown(modules: Iterable[str]) -> bool:
    """Tell whether one of *modules* is of none of the known packages."""
    return any(module.partition(".")[0] not in KNOWN for module in modules)


def resolved_by_strangers(app: Any) -> bool:
    """Tell whether resolving a page, for Sphinx a work of one process, calls what we don't know."""
    events = ("doctree-resolved", "missing-reference", "warn-missing-reference")
    transforms = app.registry.get_post_transforms()
    return strangers(app, *events) or unknown(item.__module__ for item in transforms)


def reading(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``Builder._read_parallel``."""

    @wraps(own)
    def _read_parallel(self: Any, docnames: list[str], nproc: int) -> None:
        if len(docnames) <= FEW:
            self._read_serial(docnames)
            return
        for docname in docnames:
            self.events.emit("env-purge-doc", self.env, docname)
            self.env.clear_doc(docname)

        def read(names: Iterator[str]) -> bytes:
            self.env._app = self._app
            for docname in names:
                self.read_doc(docname, _cache=False)
            return pickle.dumps(self.env, pickle.HIGHEST_PROTOCOL)

        step = bar(__("reading sources... "), "purple", docnames, self.config.verbosity)
        for names, sent in shared_out(docnames, nproc, read, step):
            env = pickle.loads(sent)  # noqa: S301 - our own
            hand_over(env)
            self.env.merge_info_from(names, env, self._app)

    return _read_parallel


def writing(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``Builder._write_parallel``, for pages made by extensions that we know."""

    @wraps(own)
    def _write_parallel(self: Any, docnames: Sequence[str], nproc: int) -> None:
        if len(docnames) <= FEW:
            self._write_serial(docnames)
            return
        known = type(self) in PAGE_BUILDERS and self.indexer is None
        if not known or resolved_by_strangers(self._app):
            own(self, docnames, nproc)
            return

        def write(names: Iterator[str]) -> dict[str, str]:
            for docname in names:
                _write_docname(docname, env=self.env, builder=self, tags=self.tags)
            return dict(self.images)

        # what the first page warms up is warm in all processes
        first, *others = docnames
        _write_docname(first, env=self.env, builder=self, tags=self.tags)
        step = bar(__("writing output... "), "darkgreen", others, self.config.verbosity)
        for _names, images in shared_out(others, self._app.parallel, write, step):
            self.images.update(images)

    return _write_parallel


Page = tuple[str, dict[str, Any], str]
"""Name, context and template of a page that is no document."""


def shared_pages(app: Any, pages: Sequence[Page]) -> Sequence[Page]:
    """Write *pages* in as many processes as ``-j`` names; return those that are left to Sphinx.

    Sphinx writes all pages that are no documents one after the other.
    """
    if (
        app.parallel < 2  # noqa: PLR2004 - one process is what Sphinx has
        or not parallel_available
        or len(pages) <= FEW
        or type(app.builder) not in PAGE_BUILDERS
        or strangers(app, "html-page-context")
    ):
        return pages

    def write(numbers: Iterator[str]) -> None:
        for number in numbers:
            app.builder.handle_page(*pages[int(number)])

    # what the first page warms up is warm in all processes
    app.builder.handle_page(*pages[0])
    others = [str(number) for number in range(1, len(pages))]
    for _done in shared_out(others, app.parallel, write, lambda _count: None):
        pass
    return ()


SHORTCUTS = (
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.builders", "Builder._read_parallel", reading),
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.builders", "Builder._write_parallel", writing),
)
