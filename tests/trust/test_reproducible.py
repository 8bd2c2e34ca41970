"""Same input, same bytes: whatever the machine's zone, locale, time, user, folder or cores."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.trust.blog import Blog, Entry, build_apart, contents, differences, sync

if TYPE_CHECKING:
    from pathlib import Path

BLOG = Blog(
    posts={
        "alpha": Entry(tags=("機械学習", "C++"), heading="節", date="2024-01-01 00:30"),
        "beta": Entry("二つ目の話", "2023-12-31 23:30", ("C++",), links=("alpha",), picture=0),
        "gamma": Entry("三つ目の話", "2024-03-01", roles=("alpha",), series="連載"),
        "バグ": Entry("四つ目の話", "2024-03-01", ("バグ", "ハク"), series="連載", picture=1),
        "draft": Entry("まだの話", draft=True),
    }
)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A source folder, and what one process makes of it in the usual surroundings."""
    folder = tmp_path_factory.mktemp("usual")
    source = folder / "source"
    source.mkdir()
    sync(source, BLOG)
    build_apart(source, folder / "out", folder / "doctrees", TZ="Asia/Tokyo", PYTHONHASHSEED="0")
    return source, contents(folder / "out")


def test_cores(usual: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    """A laptop with eight cores and a container with one publish the same site."""
    source, expected = usual
    build_apart(source, tmp_path / "out", tmp_path / "doctrees", "-j", "3")
    assert differences(contents(tmp_path / "out"), expected) == []


def test_surroundings(usual: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    """Another zone, locale, hash seed, user, home, folder, order of files, and a month later."""
    source, expected = usual
    other = tmp_path / "a longer path と 空白" / "src"
    other.mkdir(parents=True)
    for path in sorted(source.rglob("*"), reverse=True):
        if path.is_file():
            target = other / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    (tmp_path / "home").mkdir()
    build_apart(
        other,
        tmp_path / "out",
        tmp_path / "doctrees",
        TZ="America/New_York",
        LC_ALL="C",
        LANG="C",
        PYTHONHASHSEED="4242",
        HOME=str(tmp_path / "home"),
        USER="someone-else",
        LOGNAME="someone-else",
        SOURCE_DATE_EPOCH="1738368000",
    )
    assert differences(contents(tmp_path / "out"), expected) == []
