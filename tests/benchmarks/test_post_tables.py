"""What the blog's post shows of measurements is what was measured."""

from __future__ import annotations

import json

from benchmarks import post_tables
from benchmarks.__main__ import DATA


def test_the_posts_figures_are_those_of_the_documentation() -> None:
    """A reader finds no other number in the post than in the documentation it links to."""
    results = json.loads((DATA / "results.json").read_text(encoding="utf-8"))
    audit = json.loads((DATA / "audit.json").read_text(encoding="utf-8"))
    shown = (DATA / post_tables.TIMES).read_text(encoding="utf-8")
    assert shown == post_tables.times(results)
    assert (DATA / post_tables.WEIGHTS).read_text(encoding="utf-8") == post_tables.weights(audit)


def test_times_are_medians_a_column_a_size() -> None:
    """The figures of a larger site stand beside those of a smaller one."""
    machine = {"processor": "P", "cores": 2}
    run = {"median_s": 1.26, "rss_mb": 99.6}
    data = {
        "machine": machine,
        "results": [
            {"tool": "astro", "posts": 135, "scenarios": {"cold": {**run, "median_s": 0.1}}},
            {"tool": "tsuzuri", "posts": 10000, "scenarios": {"cold": {**run, "median_s": 900}}},
            {"tool": "tsuzuri", "posts": 135, "scenarios": {"cold": run, "edit": run}},
        ],
    }
    lines = post_tables.times(data).splitlines()
    assert lines[3] == "|  | 135記事 | 10,000記事 |"
    assert lines[5:7] == [
        "| 初めから全部作る | 1.3秒 | 900.0秒 |",
        "| 1記事を直して作る | 1.3秒 | — |",
    ]
    assert lines[7] == "| 使ったメモリ（最大のプロセス） | 100MB | 100MB |"
