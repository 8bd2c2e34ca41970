"""Symbolic links among the static files that lead out of the site are not published."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tsuzuri.problems import report
from tsuzuri.reading.outside import links_out, refused, roots
from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.files import remove_if_exists

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Take out of the output what Sphinx copied through such a link."""
    if exception is not None or not is_site(app):
        return
    out, folders, found = Path(app.outdir), roots(app.env), []
    places = [(entry, out / "_static") for entry in app.config.html_static_path]
    places += [(entry, out) for entry in app.config.html_extra_path]
    for entry, target in places:
        folder = Path(app.confdir, entry)
        for link in sorted(links_out(folder, folders)) if folder.is_dir() else ():
            shutil.rmtree(target / link, ignore_errors=True)
            remove_if_exists(target / link)
            found.append(refused(str((folder / link).resolve()), f"{entry}/{link.as_posix()}"))
    report(found, str(app.srcdir))


def setup_static_links(app: Sphinx) -> None:
    """Publish the site's own files."""
    app.connect("build-finished", on_build_finished, priority=930)
