"""The results as people read them: a Markdown table a size, and plots of cost over posts."""

from __future__ import annotations

import json
import math
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COLUMNS = {"cold": "cold", "unchanged": "nothing changed", "edit": "one edit", "new": "new post",
           "live": "live"}  # fmt: skip
COLOURS = ("#b3332b", "#1f4e8c", "#2f7d4f", "#8a5a00", "#6b3fa0", "#00798c", "#a03f6b", "#57606a",
           "#3d5a00", "#c05a00")  # fmt: skip
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 440, 64, 150, 36, 48


def merge(path: Path, machine: dict[str, Any], results: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Put *results* into the results file at *path*, replacing the same tool and size."""
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"results": []}
    kept = {(item["tool"], item["posts"]): item for item in old["results"]}
    kept |= {(item["tool"], item["posts"]): item for item in results}
    data = {"machine": machine, "results": [kept[key] for key in sorted(kept, key=by_size)]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return data


def by_size(key: tuple[str, int]) -> tuple[int, bool, str]:
    """Order by number of posts, ours first."""
    return key[1], key[0] != "tsuzuri", key[0]


def cell(scenario: dict[str, Any] | None) -> str:
    """Return a median with its least and its most."""
    if not scenario:
        return ""
    return f"**{scenario['median_s']:.2f}** ({scenario['min_s']:.2f} to {scenario['max_s']:.2f})"


def table(data: dict[str, Any]) -> str:
    """Return one Markdown table for each number of posts."""
    machine = data["machine"]
    place = f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB"
    lines = [
        f"{place}, {machine['system']}, Python {machine['python']}.",
        "Wall seconds: median (least to most). Memory is that of the largest process.",
    ]
    for number in sorted({item["posts"] for item in data["results"]}):
        rows = [item for item in data["results"] if item["posts"] == number]
        shown = [name for name in COLUMNS if any(name in row["scenarios"] for row in rows)]
        titles = [*(COLUMNS[name] for name in shown), "cold, processor", "memory", "output"]
        lines += ["", f"**{number:,} posts**", ""]
        lines += ["| | " + " | ".join(titles) + " |", "|---|" + "---:|" * len(titles)]
        for row in sorted(rows, key=lambda row: row["scenarios"]["cold"]["median_s"]):
            cells = [cell(row["scenarios"].get(name)) for name in shown]
            memory = max(item["rss_mb"] for item in row["scenarios"].values())
            cells.append(f"{row['scenarios']['cold']['cpu_s']:.1f} s")
            cells += [f"{memory:,.0f} MB", f"{row['output_mb']:,.1f} MB"]
            name = f"{row['tool']} {row['version']}" + (f" ({row['note']})" if row["note"] else "")
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def plot(data: dict[str, Any], scenario: str) -> str:
    """Return an SVG of *scenario*'s seconds over the number of posts, both axes logarithmic."""
    lines: dict[str, list[tuple[int, float]]] = {}
    for item in data["results"]:
        if scenario in item["scenarios"]:
            point = (item["posts"], item["scenarios"][scenario]["median_s"])
            lines.setdefault(item["tool"], []).append(point)
    points = [point for line in lines.values() for point in line]
    if not points:
        return ""
    across = Axis([x for x, _ in points], LEFT, WIDTH - RIGHT)
    up = Axis([y for _, y in points], HEIGHT - BOTTOM, TOP)
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="12"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>',
        f"<title>{escape(COLUMNS[scenario])}: seconds over posts</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fbfaf6"/>',
    ]
    parts += [rule(across.place(tick), None, f"{tick:,.0f}") for tick in across.ticks()]
    parts += [rule(None, up.place(tick), f"{tick:g} s") for tick in up.ticks()]
    ends: list[float] = []
    ordered = sorted(lines.items(), key=lambda line: -line[1][-1][1])
    for number, (tool, line) in enumerate(ordered):
        places = [(across.place(x), up.place(y)) for x, y in sorted(line)]
        end = max([places[-1][1], *(taken + 14 for taken in ends[-1:])])
        ends.append(end)
        parts.append(curve(places, COLOURS[number % len(COLOURS)], tool, end))
    parts.append(f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 10}" text-anchor="end">posts</text>')
    parts.append(f'<text x="{LEFT}" y="20">{escape(COLUMNS[scenario])}, wall time</text></svg>')
    return "\n".join(parts) + "\n"


class Axis:
    """A logarithmic axis from one place of the drawing to another."""

    def __init__(self, values: list[float] | list[int], start: float, end: float) -> None:
        low, high = math.log10(min(values)), math.log10(max(values))
        self.low, self.high = (low - 0.1, high + 0.1)
        self.start, self.end = start, end

    def place(self, value: float) -> float:
        """Return where *value* is drawn."""
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        """Return the values that get a line: 1, 2 and 5 times a power of ten."""
        powers = range(math.floor(self.low), math.ceil(self.high) + 1)
        ticks = [step * 10.0**power for power in powers for step in (1, 2, 5)]
        return [tick for tick in ticks if self.low <= math.log10(tick) <= self.high]


def rule(x: float | None, y: float | None, label: str) -> str:
    """Return a line of the grid with its label, upright at *x* or level at *y*."""
    if x is None:
        line = f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#e4e0d6"/>'
        return f'{line}<text x="{LEFT - 6}" y="{y}" dy="4" text-anchor="end">{label}</text>'
    line = f'<path d="M{x} {TOP}V{HEIGHT - BOTTOM}" stroke="#e4e0d6"/>'
    return f'{line}<text x="{x}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{label}</text>'


def curve(places: list[tuple[float, float]], colour: str, name: str, label_y: float) -> str:
    """Return the line of one tool, its points and its name."""
    path = "M" + "L".join(f"{x} {y}" for x, y in places)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places)
    width = 3 if name == "tsuzuri" else 1.5
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>{dots}'
        f'<text x="{WIDTH - RIGHT + 12}" y="{label_y}" dy="4" fill="{colour}">{escape(name)}</text>'
    )
