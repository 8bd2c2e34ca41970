"""The command: measure tools side by side and write what was found.

The rounds go round all tools, so that a busy minute of the machine falls on everyone.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from benchmarks import machine, report
from benchmarks.measure import Bench
from benchmarks.posts import Mix
from benchmarks.tools import OURS, PEERS, ROOT, UnavailableError

DATA = ROOT / "docs" / "explanation" / "performance"


def arguments(argv: list[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--posts", type=int, default=135, help="number of posts")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each scenario")
    parser.add_argument("--peers", action="store_true", help="measure the other tools too")
    parser.add_argument("--only", default="", help="names of tools, separated by commas")
    parser.add_argument("--profile", action="store_true", help="show where our time goes instead")
    parser.add_argument("--live", action="store_true", help="measure live servers too")
    parser.add_argument("--seed", type=int, default=Mix.seed, help="seed of the posts")
    parser.add_argument("--write", type=Path, default=DATA, help="folder for the results")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Run the command; return its exit code."""
    options = arguments(argv)
    mix = Mix(seed=options.seed)
    if options.profile:
        from benchmarks.profiling import profile  # noqa: PLC0415 - needs Sphinx, the peers do not

        print(profile(Bench(OURS, options.posts, mix)))
        return 0
    only = set(filter(None, options.only.split(",")))
    tools = [OURS, *PEERS] if options.peers or only else [OURS]
    benches = {}
    for tool in tools:
        if only and tool.name not in only:
            continue
        try:
            benches[tool.name] = Bench(tool, options.posts, mix)
        except UnavailableError as error:
            print(f"{tool.name}: skipped, {error}", file=sys.stderr)
    write(options.write, machine.describe(), measured(benches, options))
    return 0


def measured(benches: dict[str, Bench], options: argparse.Namespace) -> list[dict[str, Any]]:
    """Go round all tools as often as asked; return the results of those that got through."""
    for number in range(options.rounds):
        for name, bench in list(benches.items()):
            try:
                bench.round()
                if options.live and number == options.rounds - 1:
                    bench.serve(options.rounds)
            except UnavailableError as error:
                print(f"{name}: skipped, {error}", file=sys.stderr)
                del benches[name]
                continue
            last = {key: runs.seconds[-1] for key, runs in bench.runs.items()}
            print(f"{number + 1}/{options.rounds} {name} {last}", file=sys.stderr)
    return [bench.result() for bench in benches.values()]


def write(folder: Path, described: dict[str, Any], results: list[dict[str, Any]]) -> None:
    """Write results, table and plots into *folder*, and print the table."""
    data = report.merge(folder / "results.json", described, results)
    text = report.table(data)
    (folder / "table.txt").write_text(text, encoding="utf-8")
    for scenario in ("cold", "edit"):
        drawing = report.plot(data, scenario)
        if drawing:
            (folder / f"{scenario}.svg").write_text(drawing, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
