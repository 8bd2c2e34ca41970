"""Output files, written only when their bytes change, and never half."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

Listing = dict[str, list[int]]
"""Path below a folder to the size and the time of the file."""


def write_if_changed(path: str | os.PathLike[str], data: str | bytes) -> bool:
    """Make *data* the content of *path*; return whether anything had to be written.

    A file that already holds *data* keeps its modification time, so that copying a site to a
    server copies what changed.  A reader of the file sees the old content or the new, never a
    part of it: the new content is moved into place when it is complete.
    """
    target = Path(path)
    content = data.encode() if isinstance(data, str) else data
    if holds(target, content):
        return False
    temporary = target.with_name(f".{target.name[:40]}.{os.urandom(4).hex()}")
    try:
        fill(temporary, content)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def fill(path: Path, content: bytes) -> None:
    """Write a new file, in a folder that may have to be made."""
    try:
        file = path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("xb")
    with file:
        file.write(content)


def holds(path: Path, content: bytes) -> bool:
    """Return whether the file at *path* has exactly this *content*."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError):
        return False


def remove_if_exists(path: str | os.PathLike[str]) -> bool:
    """Remove the file at *path*; return whether there was one."""
    try:
        Path(path).unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def now_of_files(folder: Path) -> int:
    """Return the time of a file that is written in *folder* now, by the clock of its disk."""
    path = folder / "tsuzuri-now"
    path.touch()
    return path.stat().st_mtime_ns


def listing(folder: Path) -> Listing:
    """Return all files below *folder*, but for those that go while it is read.

    Raises :class:`FileNotFoundError` when there is no *folder*.
    """
    found: Listing = {}
    pending = [""]
    while pending:
        prefix = pending.pop()
        try:
            read(folder, prefix, found, pending)
        except FileNotFoundError:
            if not prefix:
                raise
    return found


def read(folder: Path, prefix: str, found: Listing, pending: list[str]) -> None:
    """Add the files of one folder to *found*, its folders to those that are *pending*."""
    with os.scandir(f"{folder}/{prefix}") as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                pending.append(f"{prefix}{entry.name}/")
            else:
                with suppress(FileNotFoundError):
                    status = entry.stat()
                    found[prefix + entry.name] = [status.st_size, status.st_mtime_ns]
