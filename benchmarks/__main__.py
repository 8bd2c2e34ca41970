"""The command: measure tools side by side and write what was found.

The rounds go round all tools, so that a busy minute of the machine falls on everyone.
"""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import machine, post_tables, report
from benchmarks.measure import Bench
from benchmarks.plot import gather, memory, plot, seconds
from benchmarks.posts import Mix
from benchmarks.serving import measure_live
from benchmarks.tool import ROOT, UnavailableError
from benchmarks.tools import OURS, PEERS, WITH_CARDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.tool import Tool

DATA = ROOT / "docs" / "explanation" / "performance"
PLOTTED = ("cold", "unchanged", "edit", "new", "live")


def arguments(argv: list[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--posts", type=numbers, default=[135], help="number of posts, or several")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each scenario")
    parser.add_argument("--budget", type=float, default=0, help="seconds after which a tool rests")
    parser.add_argument("--peers", action="store_true", help="measure the other tools too")
    parser.add_argument("--only", type=names, default=(), help="tools, separated by commas")
    parser.add_argument("--skip", type=names, default=(), help="tools, separated by commas")
    parser.add_argument("--profile", action="store_true", help="show where our time goes instead")
    parser.add_argument("--live", action="store_true", help="measure live servers too")
    parser.add_argument("--seed", type=int, default=Mix.seed, help="seed of the posts")
    parser.add_argument("--write", type=Path, default=DATA, help="folder for the results")
    return parser.parse_args(argv)


def names(text: str) -> tuple[str, ...]:
    """Return the parts of a list with commas."""
    return tuple(filter(None, text.split(",")))


def numbers(text: str) -> list[int]:
    """Return the numbers of a list with commas."""
    return [int(part) for part in names(text)]


def main(argv: list[str]) -> int:
    """Run the command; return its exit code."""
    options = arguments(argv)
    mix = Mix(seed=options.seed)
    if options.profile:
        from benchmarks.profiling import profile  # noqa: PLC0415 - needs Sphinx, the peers do not

        print(profile(Bench(OURS, options.posts[0], mix)))
        return 0
    described = machine.describe()
    for number in options.posts:
        say(f"{number:,} posts")
        benches = made(chosen(options), number, mix)
        publish(options.write, described, measured(benches, options))
    print((options.write / "table.txt").read_text(encoding="utf-8"))
    return 0


def chosen(options: argparse.Namespace) -> list[Tool]:
    """Return the tools that are asked for."""
    tools = [OURS, WITH_CARDS, *PEERS]
    if options.only:
        tools = [tool for tool in tools if tool.name in options.only]
    elif not options.peers:
        tools = [OURS]
    return [tool for tool in tools if tool.name not in options.skip]


def made(tools: list[Tool], number: int, mix: Mix) -> list[Bench]:
    """Return the tools with their posts, without those that can't be had."""
    benches = []
    for tool in tools:
        try:
            benches.append(Bench(tool, number, mix))
        except UnavailableError as error:
            say(f"{tool.name}: skipped, {error}")
    return benches


def measured(benches: list[Bench], options: argparse.Namespace) -> list[dict[str, Any]]:
    """Go round all tools as often as asked; return the results of those that got through."""
    failed: set[str] = set()
    start = time.monotonic()
    rounds = range(1, options.rounds + 1)
    for work, number in product((Bench.cold, Bench.changes), rounds):
        for bench in benches:
            name = bench.tool.name
            # no tool goes without any of the scenarios
            spent = number > 1 and options.budget and bench.spent > options.budget
            if name in failed or spent:
                continue
            if not got_through(name, partial(work, bench)):
                failed.add(name)
                continue
            last = "  ".join(f"{key} {runs.seconds[-1]:.2f}" for key, runs in bench.runs.items())
            gone = time.monotonic() - start
            say(f"{gone:5.0f} s  round {number} of {options.rounds}  {name}: {last}")
    left = [bench for bench in benches if bench.tool.name not in failed]
    for bench in left if options.live else []:
        got_through(bench.tool.name, partial(measure_live, bench, options.rounds))
        live = [f"{run:.2f}" for run in bench.runs["live"].seconds] if "live" in bench.runs else []
        say(f"{time.monotonic() - start:5.0f} s  live  {bench.tool.name}: {' '.join(live)}")
    return [bench.result() for bench in left]


def got_through(name: str, work: Callable[[], None]) -> bool:
    """Do *work*; return whether it went well, and say so when not."""
    try:
        work()
    except UnavailableError as error:
        say(f"{name}: skipped, {error}")
        return False
    return True


def say(text: str) -> None:
    """Tell how far it is."""
    print(text, file=sys.stderr, flush=True)


def publish(folder: Path, described: dict[str, Any], results: list[dict[str, Any]]) -> None:
    """Write results, table and plots into *folder*."""
    data = report.merge(folder / "results.json", described, results)
    (folder / "table.txt").write_text(report.table(data), encoding="utf-8")
    (folder / post_tables.TIMES).write_text(post_tables.times(data), encoding="utf-8")
    drawings = {
        name: plot(gather(data, seconds(name)), f"{report.COLUMNS[name]}, wall seconds", "s")
        for name in PLOTTED
    }
    drawings["memory"] = plot(gather(data, memory), "memory of the largest process", "MB")
    drawn = {name: drawing for name, drawing in drawings.items() if drawing}
    for name, drawing in drawn.items():
        (folder / f"{name}.svg").write_text(drawing, encoding="utf-8")
    (folder / "plots.txt").write_text(report.figures(drawn), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
