"""A build writes beside the published folder, and puts its files there when it went well.

Sphinx and its extensions write into the output folder file by file, each in place: a build that
is killed, or a disk that is full, leaves half a page behind, which then counts as newer than its
source.  So while a build runs, its output folder is one of our own beside the environment; at
its end :func:`~tsuzuri.writing.publishing.publish` moves what changed into the real one, each
file whole.  A build that did not come to its end leaves a mark, upon which the next one writes
everything again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html._assets import _file_checksum_inner
from sphinx.errors import SphinxError

from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.disk import Copies, in_words, refusal_in
from tsuzuri.writing.files import remove_if_exists
from tsuzuri.writing.publishing import publish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


SPHINX_KEEPS = (".buildinfo.bak",)
"""Notes of Sphinx on its last build that depend on the builds before it."""

APART = ("pagefind",)
"""Folders that the live server fills by itself, beside its builds: the search index."""


class PublishError(SphinxError):
    """Built files could not be written, or not be put where they are wanted."""

    category = "Output folder"


class Staging:
    """Where one application writes while it builds."""

    def __init__(self) -> None:
        self.real: Path | None = None
        """The output folder that was asked for, while another is in its place."""
        self.copies = Copies()

    def on_builder_inited(self, app: Sphinx) -> None:
        """Let the first build of *app* write into a folder of our own.

        Sphinx copies all style and script files at every build, and never takes one back that a
        setting or a file no longer asks for: they start anew.
        """
        if is_site(app):
            shutil.rmtree(stage_of(app) / "_static", ignore_errors=True)
        self.enter(app)

    def enter(self, app: Sphinx) -> None:
        """Put a folder of our own in the place of the output folder."""
        if not is_site(app) or self.real is not None:
            return
        stage, mark = stage_of(app), mark_of(app)
        if mark.exists():
            shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True, exist_ok=True)
        mark.touch()
        # kept for the life of a process, whatever becomes of the files
        _file_checksum_inner.cache_clear()
        self.copies.watch()
        self.real = Path(app.outdir)
        redirect(app, self.real, stage)

    def on_env_before_read_docs(
        self, app: Sphinx, _env: BuildEnvironment, _names: Sequence[str]
    ) -> None:
        """Do so for each further build of the same application."""
        self.enter(app)

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Publish what was built, when the build went well."""
        if self.real is None:
            return
        real, self.real = self.real, None
        stage = stage_of(app)
        redirect(app, stage, real)
        self.copies.stop()
        failed = self.copies.failed or (refusal_in(exception) if exception else None)
        if failed is not None:
            raise PublishError(in_words(failed, Path(app.doctreedir))) from failed
        if exception is None:
            for name in SPHINX_KEEPS:
                remove_if_exists(stage / name)
            try:
                publish(stage, real, record_of(app, real), APART)
            except OSError as error:
                raise PublishError(in_words(error, real)) from error
            mark_of(app).unlink(missing_ok=True)


def record_of(app: Sphinx, real: Path) -> Path:
    """Return where is kept what *real* holds of ours; both may be moved together."""
    way = os.path.relpath(real, app.doctreedir)
    name = hashlib.blake2b(way.encode(), digest_size=6).hexdigest()
    return Path(app.doctreedir) / f"tsuzuri-published-{name}.json"


def stage_of(app: Sphinx) -> Path:
    """Return where *app* writes while it builds."""
    return Path(app.doctreedir) / f"tsuzuri-stage-{app.builder.name}"


def mark_of(app: Sphinx) -> Path:
    """Return the file that stands for a build under way."""
    return Path(app.doctreedir) / f"tsuzuri-stage-{app.builder.name}.unfinished"


def redirect(app: Sphinx, old: Path, new: Path) -> None:
    """Make *new* the output folder of *app* and of its builder, and of what it took from *old*."""
    for owner in (app, app.builder):
        for name, value in list(vars(owner).items()):
            if isinstance(value, Path) and value.is_relative_to(old) and name != "_doctreedir":
                setattr(owner, name, type(value)(new / value.relative_to(old)))


def setup_staging(app: Sphinx) -> None:
    """Write beside the output folder; before anything looks at it, until all is written."""
    staging = Staging()
    app.connect("builder-inited", staging.on_builder_inited, priority=0)
    app.connect("env-before-read-docs", staging.on_env_before_read_docs, priority=0)
    app.connect("build-finished", staging.on_build_finished, priority=2000)
