"""Where the time of one build goes: ``PROFILE=1 make bench``."""

from __future__ import annotations

import cProfile
import io
import os
import pstats
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.cmd.build import build_main

if TYPE_CHECKING:
    from benchmarks.measure import Bench

LINES = 60


def profile(bench: Bench) -> str:
    """Build *bench*'s project cold, then after an edit, in this process; return both profiles."""
    parts = []
    for scenario in ("cold", "edit"):
        arguments = ["-q", "-b", "html", "-d", "_build/profile/doctrees"]
        if scenario == "edit":
            bench.edit()
        else:
            arguments.append("-E")
        recorder = cProfile.Profile()
        here = Path.cwd()
        os.chdir(bench.project)
        try:
            recorder.runcall(build_main, [*arguments, ".", "_build/profile/html"])
        finally:
            os.chdir(here)
        recorder.dump_stats(bench.project / f"{scenario}.prof")
        for order in ("cumulative", "tottime"):
            text = io.StringIO()
            pstats.Stats(recorder, stream=text).sort_stats(order).print_stats(LINES)
            parts.append(f"== {scenario}, by {order}\n{text.getvalue()}")
    return "\n".join(parts)
