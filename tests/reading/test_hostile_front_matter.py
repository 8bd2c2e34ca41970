"""Whatever stands at the top of a file: a message with its line, no traceback, no hang."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import Build, post
from tsuzuri.reading.frontmatter import read_front_matter

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases/front-matter-hostile.toml").read_text(encoding="utf-8")
)["case"]
ZONE = ZoneInfo("Asia/Tokyo")


def text_of(case: dict[str, Any]) -> str:
    """Return the text of *case*, which may be too long to be written out."""
    if "text" in case:
        return str(case["text"])
    return str(case["head"] + case["repeated"] * case["times"] + case.get("tail", ""))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_problem_is_told_with_its_line(case: dict[str, Any]) -> None:
    """A writer gets all messages of a file at once; nothing unclear is published by accident."""
    text = text_of(case)
    started = time.perf_counter()
    reading = read_front_matter(text, path="posts/a.md", zone=ZONE)
    took = time.perf_counter() - started
    told = [f"{finding.line}: {finding}" for finding in reading.findings]
    assert len(told) == len(case["findings"]), told
    for message, expected in zip(told, case["findings"], strict=True):
        line, _, part = expected.partition(": ")
        assert message.startswith(f"{line}: ")
        assert part in message
    assert reading.held_back == case.get("held", False)
    assert took < 2
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert reading.body.count("\n") == lines


def test_each_finding_says_how_to_mend_it() -> None:
    """A message without a way out is only half of one."""
    for case in CASES:
        for finding in read_front_matter(text_of(case), path="a.md", zone=ZONE).findings:
            assert finding.mend
            assert len(str(finding)) < 500


def test_a_site_of_hostile_posts_is_built(build: Build) -> None:
    """One bad file does not keep the others from being built, nor write outside the output."""
    small = {
        f"posts/bad-{number}.md": text_of(case)
        for number, case in enumerate(CASES)
        if "text" in case
    }
    broken = [number for number, case in enumerate(CASES) if "text" in case and case["findings"]]
    site = build(
        {
            **small,
            "posts/good.md": post(),
            "posts/latin.md": b"---\ntitle: caf\xe9\ndate: 2024-09-12\n---\n",
        }
    )
    warned = {warning.partition(":")[0] for warning in site.warnings}
    assert {f"posts/bad-{number}.md" for number in broken} <= warned
    assert "posts/latin.md" in warned
    assert "posts/good.html" in site.files()
    assert not any("Traceback" in warning for warning in site.warnings)
    held = {number for number in broken if CASES[number].get("held")}
    assert not {f"posts/bad-{number}.html" for number in held} & site.files()
    outside = {path.name for path in site.out.parent.parent.iterdir()}
    assert outside == {"src", "out", "doctrees"}
