"""Cost over posts as SVG, both axes logarithmic: what grows as the posts do has one slope."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

COLOURS = ("#1f4e8c", "#2f7d4f", "#8a5a00", "#6b3fa0", "#00798c", "#a03f6b", "#57606a",
           "#3d5a00", "#c05a00", "#4a4e9e", "#7a3b2e", "#216e6e")  # fmt: skip
OURS = "#b3332b"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 440, 64, 150, 36, 48
LABEL_PX = 14
LEAST_SIZES = 2
"""A line needs two points."""
STYLE = (
    "svg{background:#fbfaf6}text{fill:#1f2328}.grid{stroke:#e4e0d6}.slope{stroke:#a8a394}"
    ".slope{stroke-dasharray:2 5;fill:none}"
    ".label{paint-order:stroke;stroke:#fbfaf6;stroke-width:4px}"
)

Lines = dict[str, list[tuple[int, float]]]


def seconds(scenario: str) -> Callable[[dict[str, Any]], float | None]:
    """Return what takes the median seconds of *scenario* out of a result."""
    return lambda item: item["scenarios"].get(scenario, {}).get("median_s")


def memory(item: dict[str, Any]) -> float:
    """Return the largest process of a result in MB."""
    return max(float(runs["rss_mb"]) for runs in item["scenarios"].values())


def gather(data: dict[str, Any], value: Callable[[dict[str, Any]], float | None]) -> Lines:
    """Return the points of each tool that was measured at several sizes."""
    lines: Lines = {}
    for item in data["results"]:
        found = value(item)
        if found:
            lines.setdefault(item["tool"], []).append((item["posts"], found))
    return {tool: sorted(line) for tool, line in lines.items() if len(line) >= LEAST_SIZES}


def plot(lines: Lines, title: str, unit: str) -> str:
    """Return an SVG of *lines* over the number of posts; empty without a line."""
    points = [point for line in lines.values() for point in line]
    if not points:
        return ""
    across = Axis([x for x, _ in points], LEFT, WIDTH - RIGHT)
    up = Axis([y for _, y in points], HEIGHT - BOTTOM, TOP)
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" font-size="12"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
    ]
    parts += [rule(across.place(tick), None, f"{tick:,.0f}") for tick in across.ticks()]
    parts += [rule(None, up.place(tick), f"{tick:,g} {unit}") for tick in up.ticks()]
    parts.append(slope(across, up))
    ordered = sorted(lines.items(), key=lambda line: -line[1][-1][1])
    labels = spread(
        {tool: (across.place(line[-1][0]), up.place(line[-1][1])) for tool, line in ordered}
    )
    for number, (tool, line) in enumerate(ordered):
        places = [(across.place(x), up.place(y)) for x, y in line]
        colour = OURS if tool == "tsuzuri" else COLOURS[number % len(COLOURS)]
        parts.append(curve(places, colour, tool, labels[tool]))
    parts.append(f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 10}" text-anchor="end">posts</text>')
    parts.append(f'<text x="{LEFT}" y="20">{escape(title)}</text></svg>')
    return "\n".join(parts) + "\n"


def spread(ends: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return where the label of each line stands: at its end, below the label before it."""
    labels: dict[str, tuple[float, float]] = {}
    for x in {x for x, _ in ends.values()}:
        tools = [tool for tool, end in ends.items() if end[0] == x]
        heights = apart([ends[tool][1] for tool in tools])
        labels |= {tool: (x + 8, height) for tool, height in zip(tools, heights, strict=True)}
    return labels


def apart(heights: list[float]) -> list[float]:
    """Return *heights*, which go down the drawing, moved so that labels there do not overlap."""
    placed: list[float] = []
    for height in heights:
        placed.append(max([height, *(last + LABEL_PX for last in placed[-1:])]))
    low = float(HEIGHT - BOTTOM)
    for number in reversed(range(len(placed))):
        placed[number] = min(placed[number], low)
        low = placed[number] - LABEL_PX
    return [round(height, 1) for height in placed]


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


def slope(across: Axis, up: Axis) -> str:
    """Return dotted lines of the slope that a cost has which grows as the posts do."""
    rise = across.high - across.low
    parts = []
    start = up.low - rise + 0.5
    while start < up.high:
        low = max(start, up.low)
        high = min(start + rise, up.high)
        if high > low:
            ends = [
                (across.place(10 ** (across.low + y - start)), up.place(10**y)) for y in (low, high)
            ]
            parts.append(f"M{ends[0][0]} {ends[0][1]}L{ends[1][0]} {ends[1][1]}")
        start += 1
    return f'<path class="slope" d="{"".join(parts)}"/>'


def rule(x: float | None, y: float | None, label: str) -> str:
    """Return a line of the grid with its label, upright at *x* or level at *y*."""
    if x is None:
        line = f'<path class="grid" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>'
        return f'{line}<text x="{LEFT - 6}" y="{y}" dy="4" text-anchor="end">{label}</text>'
    line = f'<path class="grid" d="M{x} {TOP}V{HEIGHT - BOTTOM}"/>'
    return f'{line}<text x="{x}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{label}</text>'


def curve(
    places: list[tuple[float, float]], colour: str, name: str, label: tuple[float, float]
) -> str:
    """Return the line of one tool, its points and its name."""
    path = "M" + "L".join(f"{x} {y}" for x, y in places)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in places)
    width = 3 if colour == OURS else 1.5
    text = f'class="label" x="{label[0]}" y="{label[1]}" dy="4" style="fill:{colour}"'
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>{dots}'
        f"<text {text}>{escape(name)}</text>"
    )
