"""The results as people read them: a Markdown table a size, and how the cost grows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.plot import memory

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COLUMNS = {
    "cold": "cold",
    "unchanged": "nothing changed",
    "edit": "one edit",
    "new": "new post",
    "live": "live: saved to shown",
    "open": "live: opens",
}
CAPTIONS = {
    "cold": "A cold build",
    "unchanged": "A build with nothing changed",
    "edit": "A build after one edit",
    "new": "A build after a new post",
    "live": "From a save to the page that the live server gives",
    "memory": "The memory of the largest process",
}
SAME = ("processor", "cores", "system", "python")
"""Figures stand beside each other only when these were the same."""
WORD_JOINER = "\N{WORD JOINER}"
"""Between the two numbers of a range, which no line parts."""
THOUSAND = 1000


def merge(path: Path, machine: dict[str, Any], results: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Put *results* into the results file at *path*.

    A new result replaces the one of its tool and size; a scenario that was not run again stays.
    What another machine measured goes.
    """
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known = old.get("machine", {})
    if any(known.get(name) != machine.get(name) for name in SAME):
        old = {}
    kept = {(item["tool"], item["posts"]): item for item in old.get("results", [])}
    for item in results:
        key = item["tool"], item["posts"]
        before = kept.get(key, {"scenarios": {}})
        kept[key] = {**before, **item, "scenarios": before["scenarios"] | item["scenarios"]}
    data = {"machine": machine, "results": [kept[key] for key in sorted(kept, key=by_size)]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return data


def by_size(key: tuple[str, int]) -> tuple[int, bool, str]:
    """Order by number of posts, ours first."""
    return key[1], key[0] != "tsuzuri", key[0]


def cell(scenario: dict[str, Any] | None) -> str:
    """Return a median with its least and its most; the number alone when there was one run."""
    if not scenario:
        return ""
    runs = len(scenario["runs_s"])
    if runs == 1:
        return f"{scenario['median_s']:.2f}"
    spread = f"{scenario['min_s']:.2f}–{WORD_JOINER}{scenario['max_s']:.2f}"
    return f"**{scenario['median_s']:.2f}** {spread}"


def table(data: dict[str, Any]) -> str:
    """Return one Markdown table for each number of posts, and one of how our cost grows."""
    machine = data["machine"]
    place = f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB"
    versions = machine.get("versions", {})
    with_versions = "".join(f", {name} {number}" for name, number in versions.items())
    lines = [
        f"{place}, {machine['system']}, Python {machine['python']}{with_versions}.",
        "Wall seconds of the whole process: median, then least to most; one number is one run.",
        "Memory is that of the largest process.",
        "",
        *notes(data["results"]),
    ]
    for number in sorted({item["posts"] for item in data["results"]}):
        rows = [item for item in data["results"] if item["posts"] == number]
        lines += ["", f"**{number:,} posts**", "", *size_table(rows)]
    return "\n".join([*lines, *growth(data)]) + "\n"


def notes(rows: Iterable[dict[str, Any]]) -> list[str]:
    """Return a list of what each tool makes, those together that make the same."""
    tools: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: by_size((row["tool"], 0))):
        those = tools.setdefault(row["note"] or "as it comes", [])
        if row["tool"] not in those:
            those.append(row["tool"])
    return [f"- {', '.join(those)}: {note}" for note, those in tools.items()]


def size_table(rows: list[dict[str, Any]]) -> list[str]:
    """Return the table of one number of posts, the fastest cold build first."""
    shown = [name for name in COLUMNS if any(name in row["scenarios"] for row in rows)]
    titles = [*(COLUMNS[name] for name in shown), "cold, processor", "memory", "output", "rounds"]
    lines = ["| | " + " | ".join(titles) + " |", "|---|" + "---:|" * len(titles)]
    for row in sorted(rows, key=lambda row: row["scenarios"]["cold"]["median_s"]):
        cold = row["scenarios"]["cold"]
        cells = [cell(row["scenarios"].get(name)) for name in shown]
        cells += [
            f"{cold['cpu_s']:.1f} s",
            f"{memory(row):,.0f}\u00a0MB",
            f"{row['output_mb']:,.1f}\u00a0MB",
        ]
        cells.append(str(len(cold["runs_s"])))
        lines.append(f"| {row['tool']} {row['version']} | " + " | ".join(cells) + " |")
    return lines


def growth(data: dict[str, Any]) -> list[str]:
    """Return how many seconds 1,000 posts cost us at each size."""
    rows = [item for item in data["results"] if item["tool"] == "tsuzuri"]
    if len({row["posts"] for row in rows}) <= 1:
        return []
    names = [name for name in ("cold", "unchanged", "edit", "new", "live") if any(
        name in row["scenarios"] for row in rows)]  # fmt: skip
    lines = ["", "**Seconds per 1,000 posts**, tsuzuri", ""]
    lines += ["| posts | " + " | ".join(COLUMNS[name] for name in names) + " | memory |"]
    lines += ["|---:|" + "---:|" * (len(names) + 1)]
    for row in rows:
        runs = [row["scenarios"].get(name) for name in names]
        cells = [f"{run['median_s'] / row['posts'] * THOUSAND:.2f}" if run else "" for run in runs]
        lines.append(f"| {row['posts']:,} | {' | '.join(cells)} | {memory(row):,.0f}\u00a0MB |")
    return lines


def figures(drawn: Iterable[str]) -> str:
    """Return the Markdown that shows the plots with these names."""
    shown = [
        f":::{{figure}} performance/{name}.svg\n"
        f":alt: {CAPTIONS[name]} over the number of posts, both axes logarithmic, a line a tool\n\n"
        f"{CAPTIONS[name]}.\n:::\n"
        for name in drawn
    ]
    return "\n".join(shown)
