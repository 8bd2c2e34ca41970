"""A build writes beside the published folder, and puts its files there when it went well.

Sphinx and its extensions write into the output folder file by file, each in place: a build that
is killed, or a disk that is full, leaves half a page behind, which then counts as newer than its
source.  So while a build runs, its output folder is one of our own beside the environment; at
its end :func:`publish` moves what changed into the real one, each file whole.  A build that did
not come to its end leaves a mark, upon which the next one writes everything again.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx.builders.html._assets import _file_checksum_inner
from sphinx.errors import SphinxError

from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.files import (
    Listing,
    holds,
    listing,
    remove_if_exists,
    write_if_changed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


SPHINX_KEEPS = (".buildinfo.bak",)
"""Notes of Sphinx on its last build that depend on the builds before it."""


class PublishError(SphinxError):
    """The built files could not be put where they are wanted."""

    category = "Output folder"


class Staging:
    """Where one application writes while it builds."""

    def __init__(self) -> None:
        self.real: Path | None = None
        """The output folder that was asked for, while another is in its place."""

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
        if exception is None:
            for name in SPHINX_KEEPS:
                remove_if_exists(stage / name)
            try:
                publish(stage, real, record_of(app, real))
            except OSError as error:
                raise PublishError(
                    f"can't write {error.filename2 or error.filename or real}: {error.strerror}; "
                    "the files published before are whole; mend it and build again"
                ) from error
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


def load(record: Path) -> Listing:
    """Return what was published, by the *record* of it; nothing when that can't be read."""
    try:
        return cast("Listing", json.loads(record.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def publish(stage: Path, real: Path, record: Path) -> None:
    """Make *real* hold the files of *stage*; remove those that only the *record* knows.

    What the record does not know was never ours and is left alone.  While files are moved, the
    record holds the old and the new ones, so that a run that is killed here can be made good.
    """
    real.mkdir(parents=True, exist_ok=True)
    wanted, before, present = listing(stage), load(record), listing(real)
    changed = [
        name
        for name, known in wanted.items()
        if before.get(name) != known or present.get(name, [-1])[0] != known[0]
    ]
    gone = before.keys() - wanted.keys()
    if changed or gone:
        save(record, before | {name: [] for name in changed})
        # what pages ask for stands before the pages
        for name in sorted(changed, key=lambda name: (name.endswith(".html"), name)):
            put(stage / name, real / name)
        remove(real, gone)
    save(record, wanted)


def save(record: Path, files: Listing) -> None:
    """Write the *record*."""
    write_if_changed(record, json.dumps(files, ensure_ascii=False, indent=0, sort_keys=True))


def put(source: Path, target: Path) -> None:
    """Make *target* hold what *source* holds, at once."""
    content = source.read_bytes()
    if holds(target, content):
        return
    # outside the published folder: what is left there by a killed build is never published
    copy = source.with_name(f".{source.name[:40]}.publishing")
    copy.write_bytes(content)
    try:
        move(copy, target)
    except OSError as error:
        copy.unlink()
        if error.errno != errno.EXDEV:
            raise
        write_if_changed(target, content)


def move(file: Path, target: Path) -> None:
    """Move *file* to *target*, in a folder that may have to be made."""
    try:
        file.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)


def remove(folder: Path, names: Iterable[str]) -> None:
    """Remove files of *folder*, and the folders below it that this leaves empty."""
    for name in sorted(names):
        remove_if_exists(folder / name)
        for parent in Path(name).parents:
            if (
                parent == Path()
                or not (folder / parent).is_dir()
                or any((folder / parent).iterdir())
            ):
                break
            (folder / parent).rmdir()


def setup_staging(app: Sphinx) -> None:
    """Write beside the output folder; before anything looks at it, until all is written."""
    staging = Staging()
    app.connect("builder-inited", staging.on_builder_inited, priority=0)
    app.connect("env-before-read-docs", staging.on_env_before_read_docs, priority=0)
    app.connect("build-finished", staging.on_build_finished, priority=2000)
