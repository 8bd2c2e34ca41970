"""How far long work is: a bar with count and time left on a terminal, nothing anywhere else."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from types import TracebackType

BAR_WIDTH = 24
LINE_WIDTH = 78
EVERY_SECONDS = 0.1
CLEAR = "\r\x1b[K"
MINUTE_SECONDS = 60


class Progress:
    """The progress of one piece of work, on standard error; its line goes when the work ends."""

    def __init__(self, label: str, total: int, stream: TextIO | None = None) -> None:
        self.label, self.total = label, total
        self.stream = stream or sys.stderr
        self.shown = self.stream.isatty() and total > 0
        self.start = time.monotonic()
        self.drawn = 0.0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.end()

    def to(self, count: int, name: str = "") -> None:
        """Say that *count* are done and that *name* is being worked on."""
        now = time.monotonic()
        if not self.shown or now - self.drawn < EVERY_SECONDS:
            return
        self.drawn = now
        self.stream.write(CLEAR + line(self.label, count, self.total, now - self.start, name))
        self.stream.flush()

    def end(self) -> None:
        """Take the line away."""
        if self.shown and self.drawn:
            self.stream.write(CLEAR)
            self.stream.flush()


def line(label: str, count: int, total: int, seconds: float, name: str = "") -> str:
    """Return what is shown when *count* of *total* took so many *seconds*."""
    full = BAR_WIDTH * count // total
    bar = "━" * full + "─" * (BAR_WIDTH - full)
    left = f", {duration(seconds / count * (total - count))} left" if 0 < count < total else ""
    return f"{label} {bar} {count:,} of {total:,}{left}  {name}".rstrip()[:LINE_WIDTH]


def duration(seconds: float) -> str:
    """Return *seconds* as people say it."""
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, MINUTE_SECONDS)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
