"""Measure live servers: how soon one opens, and how soon after a save it has the new page."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.measure import usual
from benchmarks.tool import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measure import Bench

OPEN_PATIENCE_S = 900
RELOAD_PATIENCE_S = 120
CALM_S = 3.0
"""A server may give pages while it builds: an edit comes so long after what was before, or as
long after as a build takes that is longer."""
ASK_EVERY_S = 0.01
"""A server is asked for its page so often while it is waited for."""


def measure_live(bench: Bench, rounds: int) -> None:
    """Note under ``open`` a second start of the tool's server, under ``live`` its reloads."""
    if not bench.tool.serve:
        return
    with served(bench):
        pass
    start = time.perf_counter()
    with served(bench) as address:
        bench.note("open", time.perf_counter() - start)
        time.sleep(max(CALM_S, *bench.runs["cold"].seconds))
        for _ in range(rounds):
            bench.note("live", reload_seconds(bench, address))
            time.sleep(max(CALM_S, *bench.runs["edit"].seconds))


def reload_seconds(bench: Bench, address: str) -> float:
    """Edit the post in the middle; return how long its new page took."""
    page = address + bench.tool.page.format(slug=bench.source.slug(bench.number // 2))
    if not bench.tool.news:
        words = bench.edit()
        start = time.perf_counter()
        wait_for(page, words, RELOAD_PATIENCE_S)
        return time.perf_counter() - start
    with urllib.request.urlopen(address + bench.tool.news, timeout=RELOAD_PATIENCE_S) as news:
        news.readline()  # how things stand
        words = bench.edit()
        start = time.perf_counter()
        for line in news:
            if line.startswith(b"data:") and words in fetch(page):
                return time.perf_counter() - start
    raise UnavailableError("its server stopped telling news")


@contextmanager
def served(bench: Bench) -> Iterator[str]:
    """Run the tool's server; give its address once it has the page in the middle."""
    tool = bench.tool
    port = free_port()
    command = tool.filled(tool.serve, port=port)
    address = f"http://127.0.0.1:{port}/"
    with (bench.project.parent / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=bench.project,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=usual(),
            start_new_session=True,
        )
    try:
        page = tool.page.format(slug=bench.source.slug(bench.number // 2))
        wait_for(address + page, "<", OPEN_PATIENCE_S, process)
        yield address
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server and the processes that it started."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(10)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            return


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(
    url: str, words: str, patience_s: float, process: subprocess.Popen[bytes] | None = None
) -> None:
    """Return as soon as the page at *url* has *words*."""
    end = time.perf_counter() + patience_s
    while words not in fetch(url):
        if process is not None and process.poll() is not None:
            raise UnavailableError(f"its server ended with {process.returncode}")
        if time.perf_counter() > end:
            raise UnavailableError(f"its server did not give the page in {patience_s:.0f} s")
        time.sleep(ASK_EVERY_S)


def fetch(url: str) -> str:
    """Return the page at *url*, or an empty string while there is none."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return str(answer.read().decode("utf-8", "replace"))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""
