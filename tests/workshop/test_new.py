"""`tsuzuri new` begins a post that the build takes without a word."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from tsuzuri.reading.frontmatter import read_front_matter
from tsuzuri.workshop.cli import cli

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty site, at a moment when it is already tomorrow in Tokyo."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1726160400")  # 2024-09-12T17:00:00Z
    (tmp_path / "conf.py").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["new", *arguments])


def test_a_post_begins_with_today_in_the_sites_zone(site: Path) -> None:
    """A post begun at two in the morning in Tokyo has Tokyo's day."""
    result = run("題名: 入門", "--slug", "nyumon", "--tag", "機械学習", "--tag", "C#", "--draft")
    assert (result.exit_code, result.output) == (0, "posts/2024-09-13-nyumon.md\n")
    text = (site / "posts/2024-09-13-nyumon.md").read_text(encoding="utf-8")
    reading = read_front_matter(
        text, path="posts/2024-09-13-nyumon.md", zone=ZoneInfo("Asia/Tokyo")
    )
    assert reading.findings == ()
    front_matter = reading.front_matter
    assert front_matter.title == "題名: 入門"
    assert front_matter.tags == ("機械学習", "C#")
    assert front_matter.slug == "nyumon"
    assert front_matter.draft
    assert str(front_matter.date) == "2024-09-13 00:00:00+09:00"


@pytest.mark.parametrize("title", ["2024", "no", "a: b # c", "'", '"x"', "- [ ]", "{{ x }}", "@a"])
def test_any_title_survives(site: Path, title: str) -> None:
    """What YAML takes for something else is quoted."""
    assert run("--slug", "x", "--", title).exit_code == 0
    text = (site / "posts/2024-09-13-x.md").read_text(encoding="utf-8")
    assert read_front_matter(text, path="a.md", zone=ZoneInfo("UTC")).front_matter.title == title


def test_a_slug_is_taken_from_ascii_only(site: Path) -> None:
    """A Japanese title is not romanised by guess."""
    assert run("Hello, World!").output == "posts/2024-09-13-hello-world.md\n"
    result = run("題名")
    assert result.exit_code == 2
    assert "--slug my-post" in result.output


def test_at_a_terminal_the_slug_is_asked_for(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a title in ASCII proposes can be taken with the return key."""
    monkeypatch.setattr("tsuzuri.workshop.new.is_terminal", lambda: True)
    answered = CliRunner().invoke(cli, ["new", "題名"], input="dai\n")
    assert answered.output.endswith("posts/2024-09-13-dai.md\n")
    proposed = CliRunner().invoke(cli, ["new", "Hello, World!"], input="\n")
    assert proposed.output.endswith("posts/2024-09-13-hello-world.md\n")


@pytest.mark.skipif(sys.platform == "win32", reason="the editor of this test is a POSIX command")
def test_the_editor_opens_the_new_post(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--edit` hands the file to $EDITOR; without it, no editor is started."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "sed -i -e '$a edited'")
    assert run("a", "--edit").exit_code == 0
    assert run("b").exit_code == 0
    assert (site / "posts/2024-09-13-a.md").read_text().endswith("edited\n")
    assert "edited" not in (site / "posts/2024-09-13-b.md").read_text()


def test_nothing_is_overwritten_and_nothing_leaves_the_site(site: Path) -> None:
    """A slug that exists or climbs out is refused before a file is touched."""
    assert run("a", "--slug", "taken").exit_code == 0
    before = sorted(site.rglob("*"))
    assert run("b", "--slug", "taken", "--folder").exit_code == 2
    assert run("b", "--slug", "../../b").exit_code == 2
    assert sorted(site.rglob("*")) == before


def test_a_folder_and_an_own_template(site: Path) -> None:
    """Settings decide what a new post is; the template sees all that is known."""
    (site / "conf.py").write_text(
        'tsuzuri_new_post = "folder"\ntsuzuri_new_post_template = "t.md"\n'
        'tsuzuri_timezone = "America/New_York"\n'
    )
    (site / "t.md").write_text("---\n{{ 'title' | line(title) }}\n---\n{{ slug }} {{ date }}\n")
    assert run("a b").output == "posts/2024-09-12-a-b/index.md\n"
    assert (site / "posts/2024-09-12-a-b/index.md").read_text() == (
        "---\ntitle: a b\n---\na-b 2024-09-12\n"
    )
    (site / "t.md").write_text("{{ title.__class__.__mro__ }}{% nonsense %}")
    assert run("c").exit_code == 2


def test_without_a_site_it_could_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A post is not written into whatever folder one happens to be in."""
    monkeypatch.chdir(tmp_path)
    result = run("a")
    assert result.exit_code == 2
    assert "there is no conf.py" in result.output
    (tmp_path / "conf.py").write_text("import nonsense_that_is_not_there")
    assert run("a").exit_code == 2


def test_the_new_post_is_built(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """A post that was begun and not yet written is no reason for a warning."""
    site = build()
    (site.src / "conf.py").write_text("")
    monkeypatch.chdir(site.src)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1726160400")
    assert run("題名", "--slug", "dai", "--tag", "x").exit_code == 0
    built = build()
    assert built.warnings == ()
    assert "posts/2024-09-13-dai.html" in built.files()
