"""Which documents are read again: those whose files are not those that were read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import post
from tsuzuri.reading import sources

if TYPE_CHECKING:
    import pytest

    from tests.conftest import Build


def test_a_file_that_is_put_back_with_its_old_time_is_read(build: Build) -> None:
    """What tar, rsync or a backup restores is older than the last build."""
    site = build({"posts/a.md": post("新しい本文。")})
    site.src.joinpath("posts/a.md").write_text(post("昔の本文である。"), encoding="utf-8")
    os.utime(site.src / "posts/a.md", (1_000_000_000, 1_000_000_000))
    assert "昔の本文である。" in build().article("posts/a.html").text


def test_a_file_that_is_put_back_with_the_same_time_and_size_is_read(build: Build) -> None:
    """In a reproducible archive, all files of all versions have one time."""
    site = build({"posts/a.md": post("版の一。")})
    path = site.src / "posts/a.md"
    doctree = Path(site.app.doctreedir, "posts/a.doctree")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    build()
    path.write_text(post("版の二。"), encoding="utf-8")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert "版の二。" in build().article("posts/a.html").text
    read = doctree.stat().st_mtime_ns
    path.write_text(post("版の二。"), encoding="utf-8")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    build()
    assert doctree.stat().st_mtime_ns == read, "the same text was read again"


def test_an_included_file_that_is_put_back_is_read(build: Build) -> None:
    """The same for code that a post shows from a file."""
    text = post("```{literalinclude} code.py\n```")
    site = build({"posts/a.md": text, "posts/code.py": "new = 1\n"})
    site.src.joinpath("posts/code.py").write_text("once = 2\n", encoding="utf-8")
    os.utime(site.src / "posts/code.py", (1_000_000_000, 1_000_000_000))
    assert "once = 2" in build().article("posts/a.html").text
    assert "once = 2" in build().article("posts/a.html").text


def test_another_version_of_a_reader_reads_all_again(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade the old and the new pages would differ for no reason a writer knows."""
    doctrees = Path(build({"posts/a.md": post(), "posts/b.md": post()}).app.doctreedir)

    def read_again() -> list[str]:
        before = {path: path.stat().st_mtime_ns for path in doctrees.rglob("*.doctree")}
        build()
        return sorted(path.stem for path, then in before.items() if path.stat().st_mtime_ns != then)

    assert read_again() == []
    monkeypatch.setattr(sources, "versions", lambda: ("another",))
    assert read_again() == ["a", "b", "index"]
    assert read_again() == []


def test_another_version_writes_the_pages_of_lists_again(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade a tag's page must not stay in yesterday's frame."""
    doctrees = Path(build({"posts/a.md": post(tags="[日記]")}).app.doctreedir)
    pages = [doctrees / "tsuzuri-stage-html/blog" / name for name in ("archive.html", "tag.html")]

    def written_again() -> list[str]:
        before = {path: path.stat().st_mtime_ns for path in pages}
        build()
        return [path.name for path, then in before.items() if path.stat().st_mtime_ns != then]

    assert written_again() == []
    monkeypatch.setattr(sources, "versions", lambda: ("another",))
    assert written_again() == ["archive.html", "tag.html"]
    assert written_again() == []


def test_a_change_of_our_own_code_counts_as_another_version(tmp_path: Path) -> None:
    """A checkout, or an editable installation, changes while its version stays."""
    (tmp_path / "part").mkdir()
    module = tmp_path / "part" / "a.py"
    module.write_text("x = 1\n")
    first = sources.own_code.__wrapped__(tmp_path)
    os.utime(module, (1, 1))
    assert sources.own_code.__wrapped__(tmp_path) == first
    module.write_text("x = 2\n")
    second = sources.own_code.__wrapped__(tmp_path)
    module.rename(tmp_path / "part" / "b.py")
    assert len({first, second, sources.own_code.__wrapped__(tmp_path)}) == 3
    assert sources.own_code() in sources.versions()
