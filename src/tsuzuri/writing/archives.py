"""The pages that list posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tsuzuri.posts import _ablog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


def on_html_collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Hand ABlog's pages to Sphinx."""
    yield from _ablog.archive_pages(app)


def setup_archives(app: Sphinx) -> None:
    """Register the pages that list posts."""
    app.connect("html-collect-pages", on_html_collect_pages)
