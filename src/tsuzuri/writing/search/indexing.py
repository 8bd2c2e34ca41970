"""When the index is made: beside the lists and the feeds, or later, or not at all."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tsuzuri.problems import Finding, Problem, report
from tsuzuri.progress import Progress
from tsuzuri.quick.aside import begun
from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.notes import Note
from tsuzuri.writing.search.bundle import Subject, facets, make_index
from tsuzuri.writing.search.lexicon import ENTRY
from tsuzuri.writing.search.pagefind import PagefindError
from tsuzuri.writing.search.texts import narrowing, pages, stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

BUNDLE = "pagefind"
LATER = "tsuzuri-index"
"""Emitted with a function that makes the index in a folder; a listener that returns true calls it
when it likes."""


class Indexing:
    """The index of one build, made beside the lists and the feeds."""

    def __init__(self) -> None:
        self.finish: Callable[[], object] | None = None

    def on_pages_written(self, app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
        """Begin when the articles are written, unless someone may take the indexing over."""
        self.finish = None
        if is_site(app) and not app.events.listeners.get(LATER):
            index = indexing(app)
            self.finish = begun(lambda: index(Path(app.outdir, BUNDLE)), app.parallel)
        return []

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """See to it that the articles of a build that went well are indexed."""
        finish, self.finish = self.finish, None
        if not is_site(app):
            return
        if finish is None and exception is None:
            index = indexing(app)
            if app.emit_firstresult(LATER, index):
                return
            finish = partial(index, Path(app.outdir, BUNDLE))
        try:
            if finish is not None:
                finish()
        except (PagefindError, OSError) as error:
            cause = f"the search index was not made: {error}"
            mend = "the one of the build before, if there is one, stays; mend it and build again"
            report([Finding(Problem.SEARCH, cause, mend, "conf.py")], str(app.srcdir))


def indexing(app: Sphinx) -> Callable[[Path], bool]:
    """Return what makes the index of all articles as they are now in a folder.

    When the texts are those of the index that is there, they are not even read.
    """
    memory = Path(app.doctreedir) / f"tsuzuri-index-{app.builder.name}"
    note: Note[list[str | None]] = Note(app, "indexed")
    now = stamp(app)
    if note.recall() == [now, published(Path(app.outdir, BUNDLE))]:
        return lambda _folder: False
    found = pages(app)
    subject = Subject(found, facets(narrowing(found)), app.config.language)

    def make(folder: Path) -> bool:
        note.forget()
        with Progress("indexing for the search", len(subject.pages)) as progress:
            make_index(subject, folder, memory, progress.to)
        note.keep([now, published(folder)])
        return True

    return make


def published(folder: Path) -> str | None:
    """Return what names the index in *folder*, if there is one."""
    try:
        return (folder / ENTRY).read_text(encoding="utf-8")
    except OSError:
        return None


def setup_indexing(app: Sphinx) -> None:
    """Make the index at each build."""
    app.add_event(LATER)
    index = Indexing()
    app.connect("html-collect-pages", index.on_pages_written, priority=0)
    # late: it waits for the index, and others have something to do meanwhile
    app.connect("build-finished", index.on_build_finished, priority=850)
