"""Which files make a site, and when they change."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import watch

logging.getLogger("watchfiles").setLevel(logging.WARNING)

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

QUIET_MS = 10
"""A save is over when nothing has changed for so long; editors write in several steps."""
PATIENCE_MS = 400
"""But a stream of saves is not waited for any longer than this."""
IGNORED_FOLDERS = frozenset(
    {"__pycache__", "node_modules", ".git", ".hg", ".venv", "venv", ".cache", "_build"}
)
IGNORED_ENDINGS = ("~", ".swp", ".swx", ".tmp", ".pyc", ".part", ".crdownload", "4913")


def is_source(path: Path, source: Path, out: tuple[Path, ...]) -> bool:
    """Return whether *path* may have a part in what is built from *source*."""
    if any(path == folder or folder in path.parents for folder in out):
        return False
    inside = path.relative_to(source).parts if source in path.parents else path.parts[-1:]
    if any(part in IGNORED_FOLDERS for part in inside):
        return False
    name = path.name
    return not name.endswith(IGNORED_ENDINGS) and not name.startswith((".#", "#", ".~"))


def changes(
    source: Path, out: tuple[Path, ...], stop: threading.Event
) -> Iterator[frozenset[Path]]:
    """Yield the files that changed together, until *stop* is set."""
    for batch in watch(
        source,
        watch_filter=lambda _change, path: is_source(Path(path), source, out),
        debounce=PATIENCE_MS,
        step=QUIET_MS,
        stop_event=stop,
        rust_timeout=500,
        yield_on_timeout=False,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        yield frozenset(Path(path) for _change, path in batch)
