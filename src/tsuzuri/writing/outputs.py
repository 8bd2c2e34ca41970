"""What a build leaves in the output folder is what its input asks for, and nothing older.

Sphinx never removes a file: a deleted post, a tag that no post has any more, an image that no
page shows would stay for ever.  Each build therefore notes which files it stands for, and
removes those that the build before noted and it does not.  What it did not note it never touches.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

from tsuzuri.reading.sources import SourceDomain
from tsuzuri.writing.notes import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

EVENT = "tsuzuri-outputs"
"""Emitted with the application; a feature returns its files' paths below the output folder."""


class Outputs:
    """The files of one build."""

    def __init__(self) -> None:
        self.collected: set[str] = set()
        """Names of pages that are no documents: archives, search and the like."""

    def on_html_page_context(
        self,
        app: Sphinx,
        pagename: str,
        _templatename: str,
        _context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Note a page that is written without a document."""
        if doctree is None and pagename not in app.env.all_docs:
            self.collected.add(pagename)

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Remove what an earlier build wrote and this one does not stand for."""
        if exception is not None or not isinstance(app.builder, StandaloneHTMLBuilder):
            return
        expected = {*documents(app.builder), *assets(app.builder)}
        expected |= {output_name(app.builder, name) for name in self.collected}
        for paths in app.events.emit(EVENT):
            expected.update(paths or ())
        note: Note[list[str]] = Note(app, "outputs")
        remove_stale(Path(app.outdir), set(note.recall() or ()) - expected)
        note.keep(sorted(expected))


def documents(builder: StandaloneHTMLBuilder) -> Iterator[str]:
    """Yield the page and the copied source of every document."""
    suffix = builder.config.html_sourcelink_suffix
    sources = SourceDomain.of(builder.env)
    for docname in builder.env.all_docs:
        yield output_name(builder, docname)
        source = sources.path(docname)
        yield f"_sources/{source}{suffix if not source.endswith(suffix) else ''}"


def assets(builder: StandaloneHTMLBuilder) -> Iterator[str]:
    """Yield the images and downloads of every document."""
    for _docs, name in builder.env.images.values():
        yield f"{builder.imagedir}/{name}"
    for _docs, download in builder.env.dlfiles.values():
        yield f"_downloads/{download}"


def output_name(builder: StandaloneHTMLBuilder, pagename: str) -> str:
    """Return the file of a page below the output folder, with forward slashes."""
    if type(builder) is StandaloneHTMLBuilder:  # by far the most; without a path object for each
        return pagename + builder.out_suffix
    return relative(builder, builder.get_outfilename(pagename))


def relative(builder: StandaloneHTMLBuilder, path: object) -> str:
    """Return *path* below the output folder, with forward slashes."""
    # thousands a build: as texts, which are compared in a tenth of the time
    return str(path).removeprefix(f"{builder.outdir}{os.sep}").replace(os.sep, "/")


def remove_stale(outdir: Path, stale: set[str]) -> None:
    """Remove the *stale* files below *outdir* and the folders that they leave empty."""
    for name in sorted(stale):
        file = outdir / name
        file.unlink(missing_ok=True)
        for folder in file.parents:
            if folder == outdir or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()


def setup_outputs(app: Sphinx) -> None:
    """Keep the output folder clean; set up before the features that listen to its event."""
    outputs = Outputs()
    app.add_event(EVENT)
    app.connect("html-page-context", outputs.on_html_page_context)
    app.connect("build-finished", outputs.on_build_finished, priority=900)
