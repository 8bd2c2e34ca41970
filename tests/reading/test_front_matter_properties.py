"""No text makes the reader of front matter fail, hang, or lose a line."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tsuzuri.reading.dates import parse_date
from tsuzuri.reading.dialects import rows
from tsuzuri.reading.frontmatter import read_front_matter
from tsuzuri.workshop.scalars import yaml_line

ZONE = ZoneInfo("Asia/Tokyo")
KEYS = st.sampled_from(sorted({key.name for _dialect, key in rows() if "*" not in key.name}))
VALUES = st.sampled_from(
    ["", "x", "2024-09-12", "true", "[a, b]", "{a: b}", "{name: x}", "'", "&a b", "*a", "1e9",
     "- x", "|\n  x", "[[a]]", "null", "{path: a, alt: [b]}", "!!x y", "令和6年9月12日", "\t", ":"]
)  # fmt: skip
LINES = st.lists(st.builds("{}: {}".format, KEYS, VALUES), max_size=8)


@given(st.text(max_size=200), st.sampled_from(["---\n", "+++\n", "Title: ", ""]))
@example("\n---\n", "---\n")
@settings(max_examples=300)
def test_any_text_is_read(text: str, opening: str) -> None:
    """Bad input is a finding, never an exception."""
    whole = opening + text
    reading = read_front_matter(whole, path="posts/a.md", zone=ZONE)
    newlines = whole.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert reading.body.count("\n") == newlines
    assert all(1 <= (finding.line or 1) <= newlines + 1 for finding in reading.findings)


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_any_value_of_any_key_is_read(lines: list[str]) -> None:
    """A key of any tool with a value of any shape: read, or told with a mend."""
    text = "\n".join(["---", *lines, "---", "text"])
    reading = read_front_matter(text, path="posts/a.md", zone=ZONE)
    for finding in reading.findings:
        assert finding.mend
        assert 1 <= (finding.line or 1) <= text.count("\n") + 1
    date = reading.front_matter.date
    assert date is None or date.tzinfo is not None


@given(st.text(max_size=60), st.sampled_from(["title", "description", "series"]))
def test_what_is_written_is_read_again(value: str, key: str) -> None:
    """A line that `tsuzuri new` writes says what it was told."""
    text = f"---\n{yaml_line(key, value)}\n---\n"
    reading = read_front_matter(text, path="a.md", zone=ZONE)
    if not reading.findings:
        expected = " ".join(value.splitlines()).strip()
        assert getattr(reading.front_matter, key) == (expected or None)


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(9998, 1, 1)))
def test_dates_come_back(moment: datetime) -> None:
    """Every date that can be written is read as it was meant."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=ZONE)
    assert parse_date(f"{moment.year}年{moment.month}月{moment.day}日", ZONE) == day
    assert parse_date(moment.date().isoformat(), ZONE) == day
    assert parse_date(moment.isoformat(), ZONE) == moment.replace(tzinfo=ZONE)
