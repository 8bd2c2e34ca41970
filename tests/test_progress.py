"""Progress is seen on a terminal, and stays out of logs."""

import io

import pytest

from tsuzuri.progress import Progress, line


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_bar_count_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build of ten thousand posts looks as if it hung."""
    monkeypatch.setattr("time.monotonic", iter([100.0, 160.0, 160.01]).__next__)
    stream = Terminal()
    with Progress("reading sources", 400, stream) as progress:
        progress.to(100, "posts/a")
        progress.to(101, "posts/b")
    shown, after = stream.getvalue().split("\r\x1b[K")[1:]
    assert shown == "reading sources " + "━" * 6 + "─" * 18 + " 100 of 400, 3 min 0 s left  posts/a"
    assert after == ""


def test_a_log_gets_nothing() -> None:
    """Control characters fill the log of a server."""
    stream = io.StringIO()
    with Progress("reading", 4, stream) as progress:
        progress.to(2)
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("count", "seconds", "expected"),
    [(0, 5.0, "0 of 8"), (1, 1.0, "1 of 8, 7 s left"), (8, 9.0, "8 of 8")],
)
def test_time_left_goes_by_what_is_done(count: int, seconds: float, expected: str) -> None:
    """The first and the last line have nothing to reckon with."""
    assert line("x", count, 8, seconds).endswith(expected)
