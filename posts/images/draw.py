"""Draw the charts of the posts from published figures: ``python posts/images/draw.py``.

The numbers are those of OpenAI's announcement of 2024-09-12; each post links to its source.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib import pyplot as plt
from matplotlib.container import BarContainer

from tsuzuri.reading.charts.style import Scheme, chart_style, svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

FOLDER = Path(__file__).parent
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def label_bars(axes: Axes, form: str) -> None:
    """Write each bar's value at its end."""
    for container in axes.containers:
        if isinstance(container, BarContainer):
            axes.bar_label(container, fmt=form, padding=3, fontsize=10)


def aime() -> None:
    """Draw the AIME 2024 results of GPT-4o and o1."""
    names = ["GPT-4o（平均）", "o1（1回）", "o1（64回の多数決）", "o1（1,000回から選ぶ）"]
    _, axes = plt.subplots(figsize=(7.2, 2.8))
    axes.barh(names, [12, 74, 83, 93], color=["C1", "C0", "C0", "C0"], height=0.62)
    axes.invert_yaxis()
    axes.set(xlim=(0, 100), xlabel="AIME 2024 の正答率（%）")
    axes.grid(axis="y", visible=False)
    label_bars(axes, "%g%%")


def preview() -> None:
    """Draw GPT-4o beside o1-preview, one attempt a problem."""
    tests = ["AIME 2024", "GPQA Diamond", "MATH", "MMLU"]
    pairs = {"GPT-4o": [9.3, 50.6, 60.3, 88.0], "o1-preview": [44.6, 73.3, 85.5, 92.3]}
    _, axes = plt.subplots(figsize=(7.2, 3.6))
    for place, (name, values) in enumerate(pairs.items()):
        left = [index + (place - 0.5) * 0.38 for index in range(len(tests))]
        axes.bar(left, values, width=0.36, label=name, color=["C1", "C0"][place])
    axes.set(xticks=range(len(tests)), xticklabels=tests, ylim=(0, 105), ylabel="正答率（%）")
    axes.grid(axis="x", visible=False)
    axes.legend(loc="upper left")
    label_bars(axes, "%.1f")


def mini() -> None:
    """Draw o1-mini between its siblings: AIME and Codeforces."""
    names = ["o1", "o1-mini", "o1-preview"]
    _, (left, right) = plt.subplots(1, 2, figsize=(7.2, 2.4), sharey=True)
    panel(left, names, [74.4, 70.0, 44.6], "AIME の正答率（%）", 100)
    panel(right, names, [1673, 1650, 1258], "Codeforces の Elo", 2200)
    label_bars(left, "%.1f")
    label_bars(right, "{:,.0f}")


def panel(axes: Axes, names: Sequence[str], values: Sequence[float], label: str, top: int) -> None:
    """Draw one half of a chart of three models."""
    axes.barh(names, values, color=["C0", "C1", "C0"], height=0.6)
    axes.set(xlim=(0, top), xlabel=label)
    axes.grid(axis="y", visible=False)
    if not axes.yaxis_inverted():
        axes.invert_yaxis()


CHARTS = {"o1-aime": aime, "o1-preview": preview, "o1-mini": mini}


def save(name: str, scheme: Scheme) -> None:
    """Write the current figure beside this file."""
    (FOLDER / f"{name}.{scheme}.svg").write_bytes(svg(plt.gcf()))
    plt.close()


if __name__ == "__main__":
    for scheme in SCHEMES:
        for name, draw in CHARTS.items():
            with chart_style(scheme):
                draw()
                save(name, scheme)
