"""Front matter as other tools write it says the same here."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tsuzuri.reading.dates import from_file_name, parse_date
from tsuzuri.reading.dialects import DIALECTS, find, rows
from tsuzuri.reading.frontmatter import FrontMatter, read_front_matter
from tsuzuri.reading.kinds import READERS

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases/front-matter.toml").read_text(encoding="utf-8")
)["case"]
TOKYO = ZoneInfo("Asia/Tokyo")


def plain(value: Any) -> Any:
    """Return a field's value as the cases write it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_front_matter_says_the_same(case: dict[str, Any]) -> None:
    """A post moved here unedited keeps its title, dates, tags, drafts and old addresses."""
    text = case["text"]
    reading = read_front_matter(text, path=case.get("path", "posts/a.md"), zone=TOKYO)
    assert [str(finding) for finding in reading.findings] == []
    assert not reading.held_back
    read = {name: plain(getattr(reading.front_matter, name)) for name in case["expect"]}
    assert read == case["expect"]


def test_the_body_keeps_its_line_numbers() -> None:
    """A warning about line 6 of the body has to point at line 6 of the file."""
    for text in ("---\ntitle: a\n---\n\nbody", "+++\ntitle='a'\n+++\r\n\r\nbody",
                 "Title: a\nDate: 2024-09-12\n\n\nbody"):  # fmt: skip
        reading = read_front_matter(text, path="a.md", zone=TOKYO)
        assert reading.body == "\n" * 4 + "body"
        assert reading.front_matter.title == "a"


def test_lines_name_where_each_field_was_written() -> None:
    """Later findings about a field need its line, whatever key and notation said it."""
    yaml = "---\ntitle: a\n\npubDate: 2024-09-12\ndraft: false\nprivate: true\n---\n"
    assert read_front_matter(yaml, path="a.md", zone=TOKYO).lines == {
        "title": 2, "date": 4, "draft": 5,
    }  # fmt: skip
    toml = "+++\ntitle = '''\nslug = no\n'''\n\n[taxonomies]\ntags = ['a']\n+++\n"
    assert read_front_matter(toml, path="a.md", zone=TOKYO).lines == {"title": 2, "tags": 7}


def test_a_text_without_front_matter_is_left_alone() -> None:
    """Most pages of the docs have none."""
    reading = read_front_matter("# Title\n\nText.\n", path="a.md", zone=TOKYO)
    assert reading.body == "# Title\n\nText.\n"
    assert reading.front_matter == FrontMatter()


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-09-12", "2024-09-12T00:00:00+09:00"),
        ("2024/9/2", "2024-09-02T00:00:00+09:00"),
        ("2024.09.12", "2024-09-12T00:00:00+09:00"),
        ("2024-09-12 10:00", "2024-09-12T10:00:00+09:00"),
        ("2024-09-12T10:00:00.123Z", "2024-09-12T19:00:00.123000+09:00"),
        ("2024-09-12 10:00:00 +0900", "2024-09-12T10:00:00+09:00"),
        ("2024-09-12 10:00 JST", "2024-09-12T10:00:00+09:00"),
        ("2024-09-11T20:00-05", "2024-09-12T10:00:00+09:00"),
        ("2024年9月12日", "2024-09-12T00:00:00+09:00"),
        ("2024年9月12日(木)", "2024-09-12T00:00:00+09:00"),
        ("2024年9月12日 10:00", "2024-09-12T10:00:00+09:00"),
        ("2024年 9月 12日 午後3時5分", "2024-09-12T15:05:00+09:00"),
        ("2024年9月12日10時", "2024-09-12T10:00:00+09:00"),
        ("令和6年9月12日", "2024-09-12T00:00:00+09:00"),
        ("令和元年5月1日", "2019-05-01T00:00:00+09:00"),
        ("２０２４－０９－１２", "2024-09-12T00:00:00+09:00"),
        ("Jul 08 2022", "2022-07-08T00:00:00+09:00"),
        ("July 8th, 2022 10:30", "2022-07-08T10:30:00+09:00"),
        ("8 July 2022", "2022-07-08T00:00:00+09:00"),
        ("Thu, 12 Sep 2024 10:00:00 +0000", "2024-09-12T19:00:00+09:00"),
    ],
)
def test_dates_as_people_write_them(written: str, moment: str) -> None:
    """A date is the same moment on every machine, told in the site's zone."""
    assert parse_date(written, TOKYO).isoformat() == moment


@pytest.mark.parametrize(
    "written",
    ["", "2024", "20240912", "2024-9", "2024-13-01", "2023-02-29", "2024-09-12 25:00",
     "2024年13月1日", "Foo 8 2022", "12/09/2024", "2024-09/12", "1066-10-14", "午後13時"],
)  # fmt: skip
def test_what_is_no_date(written: str) -> None:
    """A date that has to be guessed is not guessed."""
    with pytest.raises(ValueError, match=r"."):
        parse_date(written, TOKYO)


def test_file_names_carry_dates_and_slugs() -> None:
    """Jekyll's file names, also for a post that is a folder."""
    day = datetime(2024, 9, 12, tzinfo=TOKYO)
    assert from_file_name("posts/2024-09-12-openai-o1.md", TOKYO) == (day, "openai-o1")
    assert from_file_name("posts/2024-09-12-推論/index.md", TOKYO) == (day, "推論")
    assert from_file_name("2024-09-12.md", TOKYO) == (day, None)
    assert from_file_name("posts/2024-13-12-a.md", TOKYO) == (None, None)
    assert from_file_name("posts/about.md", TOKYO) == (None, None)


def test_visible_from_is_the_later_moment() -> None:
    """Hugo's publishDate keeps a post back whatever date it shows."""
    early, late = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
    assert FrontMatter(date=early, publish_from=late).visible_from == late
    assert FrontMatter(date=late, publish_from=early).visible_from == late
    assert FrontMatter().visible_from is None


def test_a_key_means_the_same_in_every_dialect() -> None:
    """Nobody says which tool a file comes from, so no key may have two meanings."""
    meanings: dict[str, set[tuple[str, str, str]]] = {}
    for _dialect, key in rows():
        if key.field:
            meanings.setdefault(key.name.lower(), set()).add((key.field, key.kind, key.how))
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}


def test_the_table_is_sound() -> None:
    """Each row names a field and a kind that exist; each field has its own name as a key."""
    names = {item.name for item in fields(FrontMatter)}
    for dialect, key in rows():
        assert key.field in {"", *names}, (dialect.name, key)
        assert key.kind in READERS
    for name in names - {"sphinx"}:
        found = find(name)
        assert found is not None, name
        assert found.field == name
    assert len({dialect.name for dialect in DIALECTS}) == len(DIALECTS)


def test_a_front_matter_that_is_read_again_has_the_text_of_now() -> None:
    """What stands above is remembered, what stands below is not; another path may say more."""
    zone = ZoneInfo("Asia/Tokyo")
    head = "---\ntitle: 題\n---\n"
    first = read_front_matter(f"{head}一\n", path="posts/a.md", zone=zone)
    again = read_front_matter(f"{head}二\n", path="posts/a.md", zone=zone)
    dated = read_front_matter(f"{head}二\n", path="posts/2024-09-12-a.md", zone=zone)
    assert (first.body, again.body) == ("\n\n\n一\n", "\n\n\n二\n")
    assert first.front_matter == again.front_matter
    assert again.front_matter.date is None
    assert dated.front_matter.date == datetime(2024, 9, 12, tzinfo=zone)
