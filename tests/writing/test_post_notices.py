"""Readers learn how old a post is, and talk about it only when they want to."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from sphinx.errors import ConfigError

from tests.conftest import post
from tests.writing.samples import TOKYO, make_post
from tsuzuri.writing.post_notices import giscus_attributes, told_age

if TYPE_CHECKING:
    from tests.conftest import Build

GISCUS = {"repo": "a/b", "repo_id": "R_1", "category": "Comments", "category_id": "C_2"}


@pytest.mark.parametrize(
    ("now", "threshold", "expected"),
    [
        ("2026-09-11", 2, 0),
        ("2026-09-12", 2, 2),
        ("2029-01-01", 2, 4),
        ("2029-01-01", 0, 0),
    ],
)
def test_an_age_is_told_from_its_anniversary_on(now: str, threshold: int, expected: int) -> None:
    old = make_post(date=datetime(2024, 9, 12, tzinfo=TOKYO))
    moment = datetime.fromisoformat(f"{now}T00:00:00+09:00")
    assert told_age(old, moment, threshold) == expected


def test_an_update_makes_a_post_young() -> None:
    fresh = make_post(
        date=datetime(2014, 9, 12, tzinfo=TOKYO), updated=datetime(2026, 1, 1, tzinfo=TOKYO)
    )
    assert told_age(fresh, datetime(2026, 6, 1, tzinfo=TOKYO), 1) == 0


def test_the_page_of_an_old_post_says_so_when_its_day_comes(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing changes in the files on that day; the page must be written all the same."""
    files: dict[str, str | bytes | None] = {"posts/a.md": post(date="2014-01-01")}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1420000000")  # 2014-12-31
    assert not build(files, tsuzuri_old_post_years=1).page("posts/a.html").select(".tz-age")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1520000000")  # 2018-03-02
    [note] = build(tsuzuri_old_post_years=1).page("posts/a.html").select(".tz-age")
    assert "4年以上" in note.get_text()


def test_comments_ask_nobody_before_the_reader_does(build: Build) -> None:
    files: dict[str, str | bytes | None] = {
        "posts/a.md": post(),
        "posts/b.md": post(comments="false"),
    }
    site = build(files, tsuzuri_giscus=GISCUS)
    assert site.warnings == ()
    [button] = site.page("posts/a.html").select("button[data-giscus]")
    attributes = json.loads(str(button["data-giscus"]))
    assert attributes["data-repo-id"] == "R_1"
    assert attributes["data-term"] == "a"
    assert "giscus.app/client" not in site.text("posts/a.html")
    for path in ("posts/b.html", "index.html", "blog.html"):
        assert not site.page(path).select("button[data-giscus]"), path


def test_a_discussion_is_found_by_the_slug_unless_told_otherwise() -> None:
    found = giscus_attributes(GISCUS, make_post())
    assert (found["data-mapping"], found["data-term"]) == ("specific", "post-01")
    other = giscus_attributes({**GISCUS, "mapping": "title"}, make_post())
    assert other["data-mapping"] == "title"
    assert "data-term" not in other


def test_half_a_setting_is_refused(build: Build) -> None:
    with pytest.raises(ConfigError, match="repo_id, category, category_id missing"):
        build(tsuzuri_giscus={"repo": "a/b"})
