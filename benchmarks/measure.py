"""Run a build and measure it: wall time, the largest process, the size of what it wrote."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.posts import Posts
from benchmarks.tool import UnavailableError, set_aside

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.posts import Mix
    from benchmarks.tool import Tool

SETTLE_S = 1.1
"""So long after what was written before comes an edit: some tools compare whole seconds."""


@dataclass
class Series:
    """All runs of one scenario of one tool."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """Processor seconds of all processes: steadier than wall time on a busy machine."""
    rss_mb: float = 0.0
    """The largest process of any run."""

    def add(self, seconds: float, cpu: float, rss_mb: float) -> None:
        """Take one run in."""
        self.seconds.append(round(seconds, 3))
        self.cpu.append(round(cpu, 3))
        self.rss_mb = max(self.rss_mb, round(rss_mb, 1))

    def summary(self) -> dict[str, Any]:
        """Return what the results file keeps."""
        return {
            "median_s": round(median(self.seconds), 3),
            "min_s": min(self.seconds),
            "max_s": max(self.seconds),
            "runs_s": self.seconds,
            "cpu_s": round(median(self.cpu), 3),
            "rss_mb": self.rss_mb,
        }


class Bench:
    """One tool with one number of posts; :meth:`cold` and :meth:`changes` measure once each.

    All cold builds come before the first change: a change replaces files, which ext4 charges to
    the build after it as it does files that are removed.
    """

    def __init__(self, tool: Tool, number: int, mix: Mix | None = None) -> None:
        self.tool, self.number = tool, number
        self.version = tool.install()
        self.source = Posts(mix)
        self.project = tool.write(number, mix)
        self.runs: dict[str, Series] = {}
        self.added = number
        self.edits = 0
        self.output: dict[str, Any] = {}

    def cold(self) -> None:
        """Build once with nothing there from before."""
        for name in self.tool.outputs:
            set_aside(self.project / name)
        self.build("cold")
        if not self.output:
            self.output = size(self.project / self.tool.outputs[0])

    def changes(self) -> None:
        """Build once with nothing changed, once after an edit and once with a new post."""
        self.build("unchanged")
        time.sleep(SETTLE_S)
        self.edit()
        self.build("edit")
        time.sleep(SETTLE_S)
        self.add()
        self.build("new")

    def build(self, scenario: str) -> None:
        """Build and note the cost under *scenario*."""
        log = self.project.parent / f"{scenario}.log"
        self.note(scenario, *timed(self.tool.filled(self.tool.command), self.project, log))

    def note(self, scenario: str, seconds: float, cpu: float = 0.0, rss_mb: float = 0.0) -> None:
        """Take one run of *scenario* in."""
        self.runs.setdefault(scenario, Series()).add(seconds, cpu, rss_mb)

    @property
    def spent(self) -> float:
        """The seconds that its builds have taken so far."""
        return sum(sum(series.seconds) for series in self.runs.values())

    def edit(self) -> str:
        """Change the text of the post in the middle; return the new words."""
        self.edits += 1
        words = f"{self.edits}回目の書き直し"
        post = self.source.post(self.number // 2, self.tool.dialect)
        self.tool.write_post(self.project, post, f"\nこれは{words}である。\n")
        return words

    def add(self) -> None:
        """Write one post more."""
        self.tool.write_post(self.project, self.source.post(self.added, self.tool.dialect))
        self.added += 1

    def result(self) -> dict[str, Any]:
        """Return everything measured, as the results file keeps it."""
        return {
            "tool": self.tool.name,
            "version": self.version,
            "note": self.tool.note,
            "posts": self.number,
            "when": datetime.now(UTC).isoformat(timespec="minutes"),
            "load": round(os.getloadavg()[1], 2),
            "scenarios": {name: runs.summary() for name, runs in self.runs.items()},
            **self.output,
        }


def timed(command: list[str], folder: Path, log: Path) -> tuple[float, float, float]:
    """Run *command*; return wall and processor seconds, and its largest process in MB."""
    with log.open("wb") as stream:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=stream, stderr=stream, env=usual())
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        tail = log.read_text(errors="replace").strip().splitlines()[-5:]
        raise UnavailableError(f"its build failed: {' / '.join(tail)}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def usual() -> dict[str, str]:
    """Return the environment of an ordinary machine, where Python keeps compiled modules."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def size(folder: Path) -> dict[str, Any]:
    """Return how many files a site has and how large they are together."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        "output_files": len(files),
        "output_mb": round(sum(path.stat().st_size for path in files) / 1e6, 1),
    }
