"""Documents shared out among processes: each done once, nothing lost, no failure unheard."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from logging import Handler, LogRecord
from typing import TYPE_CHECKING

import pytest
from sphinx.errors import SphinxParallelError
from sphinx.util import logging

from benchmarks.posts import tsuzuri_files
from tests.quick.test_shortcuts import contents
from tsuzuri.quick.crew import shared_out
from tsuzuri.quick.parallel import shared_pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Build

NAMES = [f"posts/{number}" for number in range(40)]


def test_each_document_is_done_once() -> None:
    """By two processes, which tell of their progress."""
    counts: list[int] = []

    def count(names: Iterator[str]) -> tuple[int, int]:
        return os.getpid(), len(list(names))

    shares = {result: names for names, result in shared_out(NAMES, 2, count, counts.append)}
    assert sorted(name for names in shares.values() for name in names) == sorted(NAMES)
    assert [len(names) for names in shares.values()] == [number for _pid, number in shares]
    assert os.getpid() not in {pid for pid, _number in shares}
    assert counts[-1] == len(NAMES)


def test_no_documents_are_no_work() -> None:
    assert list(shared_out([], 2, list, lambda _count: None)) == []


def test_a_failure_ends_all() -> None:
    """With its own words."""

    def fail(names: Iterator[str]) -> None:
        raise ValueError(f"can't read {next(names)}")

    with pytest.raises(SphinxParallelError, match="can't read posts/"):
        list(shared_out(NAMES, 2, fail, lambda _count: None))


def test_a_killed_process_is_a_failure() -> None:
    """The kernel kills the largest process when memory runs out."""

    def die(_names: Iterator[str]) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(SphinxParallelError, match="killed"):
        list(shared_out(NAMES, 2, die, lambda _count: None))


SLOW = """
import sys, time
from tsuzuri.quick.crew import shared_out
from tsuzuri.quick.parallel import shared_pages
def work(names):
    for name in names:
        with open(sys.argv[1], "a") as log:
            log.write(name + chr(10))
        time.sleep(0.02)
list(shared_out([str(n) for n in range(10_000)], 2, work, lambda count: None))
"""


def test_no_process_outlives_the_first(tmp_path: Path) -> None:
    """What a killed build left running would write into the next one's files."""
    log = tmp_path / "log"
    process = subprocess.Popen([sys.executable, "-c", SLOW, str(log)])
    while not log.exists() or log.stat().st_size < 100:
        assert process.poll() is None
        time.sleep(0.02)
    process.kill()
    process.wait()
    time.sleep(0.5)
    ended = log.stat().st_size
    time.sleep(0.5)
    assert log.stat().st_size == ended


class Heard(Handler):
    """Keeps what is logged, whatever builds before have set up."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: LogRecord) -> None:
        self.messages.append(record.getMessage())


def test_warnings_come_through() -> None:
    """What a process warns of is logged in the first one."""
    logger, heard = logging.getLogger("tsuzuri"), Heard()
    logger.logger.addHandler(heard)

    def warn(names: Iterator[str]) -> None:
        for name in names:
            logger.warning("%s is odd", name)

    try:
        list(shared_out(NAMES[:3], 2, warn, lambda _count: None))
    finally:
        logger.logger.removeHandler(heard)
    assert sorted(message.split()[0] for message in heard.messages) == NAMES[:3]


def test_the_site_is_the_same_with_two_processes(build: Build) -> None:
    """Every byte: pages, lists, feeds, images, and what the next build finds."""
    files = dict(tsuzuri_files(8))
    alone = contents(build(files).out)
    together = contents(build(fresh=True, parallel=2).out)
    assert alone.keys() == together.keys()
    assert [name for name in alone if alone[name] != together[name]] == []


def test_unknown_extensions_resolve_where_sphinx_promised(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An extension that remembers what it resolved finds it at the end."""
    extension = """
seen = set()
def setup(app):
    app.connect("doctree-resolved", lambda app, doctree, name: seen.add(name))
    app.connect("build-finished", lambda app, _: app.srcdir.joinpath("seen").write_text(
        " ".join(sorted(seen))))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""
    (tmp_path / "remembers.py").write_text(extension, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    files = dict(tsuzuri_files(8))
    site = build(files, parallel=2, extensions=["tsuzuri", "remembers"])
    seen = (site.src / "seen").read_text(encoding="utf-8").split()
    assert len(seen) >= 8


def test_pages_of_lists_are_shared_out(build: Build) -> None:
    """Unless an extension that we don't know looks at pages: it may remember what it saw."""
    app = build({"index.md": "# 題\n"}).app
    app.parallel = 2
    written = app.outdir / "written"
    written.mkdir()

    def note(name: str, _context: object, _template: str) -> None:
        (written / f"{name}.{os.getpid()}").touch()

    app.builder.handle_page = note  # type: ignore[attr-defined] # of the HTML builders
    pages: list[tuple[str, dict[str, object], str]] = [(name, {}, "x") for name in "abcdefg"]
    assert list(shared_pages(app, pages[:2])) == pages[:2]
    assert list(shared_pages(app, pages)) == []
    names = sorted(file.name for file in written.iterdir())
    assert [name[0] for name in names] == list("abcdefg")
    others = {name.partition(".")[2] for name in names[1:]}
    assert str(os.getpid()) not in others
    app.connect("html-page-context", lambda *_of: None)
    assert list(shared_pages(app, pages)) == pages
