"""What happens in one build: what is read and written, and when pages can be seen."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tsuzuri.writing.publishing import put
from tsuzuri.writing.search.indexing import BUNDLE, LATER

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment


class Run:
    """What happens in one build."""

    def __init__(self, out: Path, written: Callable[[], object], start: float) -> None:
        self.out = out
        self.written = written
        self.start = start
        self.shown_after: float | None = None
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
        app.connect("html-collect-pages", self.on_html_collect_pages, priority=1)
        app.connect(LATER, self.on_index)
        # no event says it: pages may be written in other processes, and theirs stay there
        own = app.builder.write_documents

        def write_documents(docnames: Set[str]) -> None:
            self.resolved.update(docnames)
            own(docnames)

        app.builder.write_documents = write_documents  # type: ignore[method-assign] # as said

    def on_env_before_read_docs(
        self, _app: Sphinx, _env: BuildEnvironment, docnames: list[str]
    ) -> None:
        """Note what is read."""
        self.read.update(docnames)

    def on_html_collect_pages(self, app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
        """Publish the documents' pages and say so; the lists and all else come after them."""
        builder = cast("StandaloneHTMLBuilder", app.builder)
        pages = [Path(builder.get_outfilename(docname)) for docname in sorted(self.resolved)]
        for file in (*new_files(Path(app.outdir, builder.imagedir), self.out), *pages):
            if file.is_file():
                put(file, self.out / file.relative_to(app.outdir))
        self.tell()
        return []

    def tell(self) -> None:
        """Say that pages can be seen."""
        if self.shown_after is None:
            self.shown_after = time.perf_counter() - self.start
        self.written()

    def on_index(self, app: Sphinx, index: Callable[[Path], object]) -> bool:
        """Take the indexing over, to be done later, in the published folder.

        An index of an earlier build would be published over it.
        """
        self.index = index
        shutil.rmtree(Path(app.outdir, BUNDLE), ignore_errors=True)
        return True


def new_files(folder: Path, out: Path) -> list[Path]:
    """Return the files of the image *folder* that are not published below *out* yet."""
    there = {path.name for path in (out / folder.name).glob("*")}
    return [path for path in folder.glob("*") if path.name not in there]
