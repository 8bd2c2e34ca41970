"""A disk that takes nothing more: how a build learns of it, and what it tells.

Sphinx warns of a file of style that it could not copy and goes on: the site would be published
without it.  What fails while a page is written is shown as an error of whoever wrote it.
"""

from __future__ import annotations

import errno
import logging
import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOGGER = logging.getLogger("sphinx")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
NUMBER = re.compile(r"\[Errno (\d+)\]")


class Copies(logging.Handler):
    """Listens for files that Sphinx could not copy for want of room, between two calls."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.failed: OSError | None = None
        """The first failure."""

    def watch(self) -> None:
        """Listen from now on."""
        self.failed = None
        LOGGER.addHandler(self)

    def stop(self) -> None:
        """Listen no longer."""
        LOGGER.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Remember the error that a warning is about."""
        values = record.args if isinstance(record.args, tuple) else ()
        for value in values:
            if isinstance(value, OSError) and value.errno in FULL | {errno.EROFS}:
                self.failed = self.failed or value


def refusal_in(error: BaseException) -> OSError | None:
    """Return the refusal of a disk that led to *error*, if one did.

    What another process of a parallel build met is known by its text alone.  A file that can't
    be opened for reading is no refusal of the disk's.
    """
    for cause in causes(error):
        if isinstance(cause, OSError):
            return cause if cause.errno in FULL | {errno.EROFS} else None
    numbers = [int(number) for number in NUMBER.findall(str(error))]
    return next((OSError(n, os.strerror(n)) for n in numbers if n in FULL | {errno.EROFS}), None)


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield *error* and what led to it."""
    now: BaseException | None = error
    while now is not None:
        yield now
        now = now.__cause__ or now.__context__


def in_words(error: OSError, folder: Path) -> str:
    """Return what to tell of *error*, met while writing into *folder* or what it names."""
    place = error.filename2 or error.filename or folder
    if error.errno in FULL:
        mend = "make room on that disk"
    elif error.errno in CLOSED:
        mend = "make it writable, or give another folder"
    else:
        mend = "mend it"
    return (
        f"can't write {place}: {error.strerror}; what was published before is whole; "
        f"{mend} and build again"
    )
