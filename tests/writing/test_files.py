"""A file is written whole, and only when its bytes change."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tsuzuri.writing import files
from tsuzuri.writing.files import listing, remove_if_exists, write_if_changed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_an_unchanged_file_keeps_its_time(tmp_path: Path) -> None:
    """A server that copies by time would copy every feed after every build."""
    path = tmp_path / "a" / "feed.xml"
    assert write_if_changed(path, "綴り")
    os.utime(path, ns=(1, 1))
    assert not write_if_changed(path, "綴り".encode())
    assert path.stat().st_mtime_ns == 1


def test_a_change_of_the_same_length_is_written(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    write_if_changed(path, "ab")
    assert write_if_changed(path, "ba")
    assert path.read_bytes() == b"ba"


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "feed.xml"
    write_if_changed(path, "old")

    def fail(half: Path, _content: bytes) -> None:
        half.write_bytes(b"n")
        raise OSError("disk full")

    monkeypatch.setattr(files, "fill", fail)
    with pytest.raises(OSError, match="disk full"):
        write_if_changed(path, "new")
    assert [(item.name, item.read_text()) for item in tmp_path.iterdir()] == [("feed.xml", "old")]


def test_a_written_file_is_readable_by_the_server(tmp_path: Path) -> None:
    """A temporary file is private; what a web server reads must not be."""
    path = tmp_path / "feed.xml"
    write_if_changed(path, "x")
    other = tmp_path / "other"
    other.touch()
    assert path.stat().st_mode == other.stat().st_mode


def test_removing_says_whether_there_was_something(tmp_path: Path) -> None:
    path = tmp_path / "old.xml"
    assert not remove_if_exists(path)
    path.write_text("x")
    assert remove_if_exists(path)
    assert not path.exists()


def test_a_file_that_goes_while_its_folder_is_read_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search index is written by another process, an editor's file comes and goes."""
    for name in ("a/b.html", "a/.c.html.5a36", "gone/d.html", "e.html"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")
    read = os.scandir

    @contextmanager
    def others_work(path: str) -> Iterator[Iterator[os.DirEntry[str]]]:
        with read(path) as entries:
            found = list(entries)
        (tmp_path / "a/.c.html.5a36").unlink(missing_ok=True)
        if (tmp_path / "gone").exists():
            (tmp_path / "gone/d.html").unlink()
            (tmp_path / "gone").rmdir()
        yield iter(found)

    monkeypatch.setattr(os, "scandir", others_work)
    assert sorted(listing(tmp_path)) == ["a/b.html", "e.html"]
    with pytest.raises(FileNotFoundError):
        listing(tmp_path / "never")
