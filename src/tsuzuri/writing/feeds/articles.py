"""The articles that feeds show, kept between builds.

The text of a post in a feed is the HTML of its page.  A page is written when something in it has
changed, by any of several processes; each keeps the cleaned article in a file of its own, so that
a feed is complete although most of its posts were not written by this build.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def articles_folder(app: Sphinx) -> Path:
    """Return where the cleaned articles of pages are kept between builds."""
    return Path(app.doctreedir) / "tsuzuri-articles" / app.builder.name


def article_file(app: Sphinx, docname: str) -> Path:
    """Return where the cleaned article of a page is kept between builds."""
    return articles_folder(app) / f"{docname}.html"


def article(app: Sphinx, docname: str) -> str:
    """Return the cleaned article of a page; nothing when its page was never written."""
    try:
        return article_file(app, docname).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def stamp(file: str) -> tuple[int, int] | None:
    """Return size and time of a *file*; nothing when there is none."""
    try:
        status = os.stat(file)  # noqa: PTH116 - many files, a build
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
