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
