"""Results: merged by tool and size, readable as a table and as plots."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from benchmarks.report import merge, plot, table

MACHINE = {
    "processor": "Abacus", "cores": 2, "memory_gb": 8.0, "system": "Linux", "python": "3.11",
}  # fmt: skip


def result(tool: str, posts: int, seconds: float) -> dict[str, Any]:
    runs = {
        "median_s": seconds,
        "min_s": seconds / 2,
        "max_s": seconds * 2,
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
    assert (
        "| hugo 1.0 | **1.00** (0.50 to 2.00) | **1.00** (0.50 to 2.00) | 1.5 s | 90 MB |"
        in table(data)
    )


def test_a_plot_has_a_line_a_tool_on_logarithmic_axes(tmp_path: Path) -> None:
    """A cost that grows linearly is a straight line at 45 degrees of equal decades."""
    results = [result("tsuzuri", posts, posts / 10) for posts in (10, 100, 1000)]
    root = ET.fromstring(plot(merge(tmp_path / "r.json", MACHINE, results), "cold"))
    ns = "{http://www.w3.org/2000/svg}"
    dots = [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in root.iter(f"{ns}circle")]
    assert len(dots) == 3
    assert abs((dots[1][0] - dots[0][0]) - (dots[2][0] - dots[1][0])) < 0.3
    assert abs((dots[1][1] - dots[0][1]) - (dots[2][1] - dots[1][1])) < 0.3
