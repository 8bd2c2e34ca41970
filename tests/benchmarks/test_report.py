"""Results: merged by tool and size, readable as a table and as plots."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from benchmarks.plot import apart, gather, plot, seconds
from benchmarks.report import WORD_JOINER, figures, merge, table

SVG = "{http://www.w3.org/2000/svg}"
MACHINE = {
    "processor": "Abacus", "cores": 2, "memory_gb": 8.0, "system": "Linux", "python": "3.11",
}  # fmt: skip


def result(tool: str, posts: int, seconds: float) -> dict[str, Any]:
    runs = {
        "median_s": seconds,
        "min_s": seconds / 2,
        "max_s": seconds * 2,
        "runs_s": [seconds / 2, seconds, seconds * 2],
        "rss_mb": 90.0,
        "cpu_s": 1.5,
    }
    return {
        "tool": tool, "version": "1.0", "note": "", "posts": posts, "output_mb": 3.0,
        "scenarios": {"cold": runs, "edit": runs},
    }  # fmt: skip


def test_a_new_run_replaces_the_old_one_of_its_size(tmp_path: Path) -> None:
    """Measuring one size again must keep the others."""
    path = tmp_path / "results.json"
    merge(path, MACHINE, [result("hugo", 10, 1.0), result("hugo", 100, 9.0)])
    data = merge(path, MACHINE, [result("hugo", 10, 2.0)])
    found = [(item["posts"], item["scenarios"]["cold"]["median_s"]) for item in data["results"]]
    assert found == [(10, 2.0), (100, 9.0)]


def test_the_table_gives_median_and_range(tmp_path: Path) -> None:
    """A figure without its spread says little on a shared machine."""
    data = merge(tmp_path / "r.json", MACHINE, [result("hugo", 10, 1.0), result("tsuzuri", 10, 2)])
    runs = f"**1.00** 0.50–{WORD_JOINER}2.00"
    assert f"| hugo 1.0 | {runs} | {runs} | 1.5 s | 90\u00a0MB | 3.0\u00a0MB | 3 |" in table(data)


def test_what_tools_make_is_said_once(tmp_path: Path) -> None:
    """In a list, those together that make the same: the tables have no room for it."""
    rows = [result(tool, posts, 1.0) for tool in ("zola", "hugo", "tsuzuri") for posts in (10, 20)]
    notes = {"zola": "no search", "hugo": "no search", "tsuzuri": ""}
    data = merge(tmp_path / "r.json", MACHINE, [row | {"note": notes[row["tool"]]} for row in rows])
    listed = [line for line in table(data).splitlines() if line.startswith("- ")]
    assert listed == ["- tsuzuri: as it comes", "- hugo, zola: no search"]


def test_a_plot_has_a_line_a_tool_on_logarithmic_axes(tmp_path: Path) -> None:
    """A cost that grows linearly is a straight line at 45 degrees of equal decades."""
    results = [result("tsuzuri", posts, posts / 10) for posts in (10, 100, 1000)]
    lines = gather(merge(tmp_path / "r.json", MACHINE, results), seconds("cold"))
    root = ET.fromstring(plot(lines, "cold", "s"))
    dots = [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in root.iter(f"{SVG}circle")]
    assert len(dots) == 3
    assert abs((dots[1][0] - dots[0][0]) - (dots[2][0] - dots[1][0])) < 0.3
    assert abs((dots[1][1] - dots[0][1]) - (dots[2][1] - dots[1][1])) < 0.3


def test_the_dotted_lines_have_the_slope_of_a_linear_cost(tmp_path: Path) -> None:
    """A reader compares a curve with them: a wrong slope would call a quadratic cost linear."""
    results = [result("tsuzuri", posts, posts / 10) for posts in (10, 100, 1000)]
    drawing = plot(gather(merge(tmp_path / "r.json", MACHINE, results), seconds("cold")), "", "s")
    root = ET.fromstring(drawing)
    dots = [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in root.iter(f"{SVG}circle")]
    (guide,) = (path for path in root.iter(f"{SVG}path") if path.get("class") == "slope")
    ends = [tuple(map(float, end.split())) for end in re.split("[ML]", guide.attrib["d"])[1:3]]
    assert len(ends) == 2
    measured = (dots[2][1] - dots[0][1]) / (dots[2][0] - dots[0][0])
    assert abs((ends[1][1] - ends[0][1]) / (ends[1][0] - ends[0][0]) - measured) < 0.02


def test_one_size_is_no_line(tmp_path: Path) -> None:
    """A plot with a single point a tool would show nothing."""
    data = merge(tmp_path / "r.json", MACHINE, [result("hugo", 10, 1.0)])
    assert plot(gather(data, seconds("cold")), "cold", "s") == ""
    assert figures([]) == ""


def test_labels_of_lines_that_end_together_do_not_overlap() -> None:
    """Two tools of the same speed are both named, inside the drawing."""
    heights = apart([100.0, 101.0, 390.0, 391.0])
    assert all(low - high >= 14 for high, low in pairwise(heights))
    assert max(heights) <= 440 - 48


def test_what_another_machine_measured_goes(tmp_path: Path) -> None:
    """Figures of two machines in one table would be read against each other."""
    path = tmp_path / "r.json"
    merge(path, MACHINE, [result("hugo", 10, 1.0)])
    data = merge(path, {**MACHINE, "processor": "Slide rule"}, [result("tsuzuri", 10, 1.0)])
    assert [item["tool"] for item in data["results"]] == ["tsuzuri"]


def test_a_scenario_that_was_not_run_again_stays(tmp_path: Path) -> None:
    """Measuring builds must not forget what live servers took."""
    path = tmp_path / "r.json"
    first = result("hugo", 10, 1.0)
    first["scenarios"]["live"] = first["scenarios"].pop("edit")
    merge(path, MACHINE, [first])
    (item,) = merge(path, MACHINE, [result("hugo", 10, 2.0)])["results"]
    assert item["scenarios"]["live"]["median_s"] == 1.0
    assert item["scenarios"]["cold"]["median_s"] == 2.0


def test_growth_is_told_for_a_thousand_posts(tmp_path: Path) -> None:
    """The cost of a post must not rise with the number of posts; the table says it."""
    results = [result("tsuzuri", posts, posts / 50) for posts in (100, 10_000)]
    text = table(merge(tmp_path / "r.json", MACHINE, results))
    assert "| 100 | 20.00 | 20.00 | 90\u00a0MB |" in text
    assert "| 10,000 | 20.00 | 20.00 | 90\u00a0MB |" in text
