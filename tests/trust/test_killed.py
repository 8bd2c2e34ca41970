"""A build that is killed harms nothing: the next one succeeds and equals a clean one."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.trust.blog import NOW, Blog, Entry, build_here, contents, differences, sync

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOMENTS = int(os.environ.get("KILLS", "2"))
FORK = multiprocessing.get_context("fork")

BEFORE = Blog(
    posts={
        "alpha": Entry(tags=("機械学習", "C++"), heading="節", date="2024-01-01"),
        "beta": Entry("二つ目の話", "2023-12-31", ("C++",), links=("alpha",), picture=0),
        "gamma": Entry("三つ目の話", "2024-03-01", roles=("alpha",), series="連載"),
        "delta": Entry("四つ目の話", "2024-04-01", ("バグ",), series="連載", picture=1),
    }
)
AFTER = (
    BEFORE.edit("alpha", title="書き直した記事", tags=("日記",))
    .edit("beta", version=1, links=())
    .edit("gamma", slug="neu")
)


@pytest.fixture(autouse=True)
def _at_a_fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)


def child(source: Path, folder: Path, parallel: int) -> None:
    """Build in a session of its own, so that its own children die with it."""
    os.setsid()
    build_here(source, folder / "built", folder / "doctrees", parallel)
    os._exit(0)


def killed_build(source: Path, folder: Path, parallel: int, after_s: float) -> bool:
    """Start a build and kill it; return whether it was killed before its end."""
    process = FORK.Process(target=child, args=(source, folder, parallel))
    process.start()
    process.join(after_s)
    alive = process.is_alive()
    if alive and process.pid:
        os.killpg(process.pid, signal.SIGKILL)
    process.join()
    return alive


def half_written(folder: Path, *whole: Mapping[str, bytes]) -> list[str]:
    """Return the published files that are none of the *whole* states of themselves."""
    found = []
    for name, content in contents(folder).items():
        if content not in [state[name] for state in whole if name in state]:
            found.append(f"{name}: {len(content)} bytes")
    return found


@pytest.mark.parametrize(
    ("start", "parallel"),
    [("cold", 1), ("edited", 1), ("edited", 2)],
    ids=["cold", "edited", "edited-parallel"],
)
def test_killed_at_random_moments(tmp_path: Path, start: str, parallel: int) -> None:
    """A laptop closes, a container is stopped: what is published stays whole, and heals."""
    chance = random.Random(f"{start}{parallel}")
    source, first, last = tmp_path / "source", tmp_path / "first", tmp_path / "last"
    source.mkdir()
    sync(source, BEFORE)
    build_here(source, first / "built", first / "doctrees")
    was = contents(first / "built")
    sync(source, AFTER)
    began = time.perf_counter()
    build_here(source, last, last / ".doctrees")
    took = time.perf_counter() - began
    shutil.rmtree(last / ".doctrees")
    clean = contents(last)
    for number in range(MOMENTS):
        folder = tmp_path / f"run{number}"
        if start == "edited":
            shutil.copytree(first, folder)
        else:
            folder.mkdir()
        for _ in range(2):  # killed twice in a row
            killed_build(source, folder, parallel, chance.uniform(0.05, took))
            assert half_written(folder / "built", was, clean) == []
        build_here(source, folder / "built", folder / "doctrees")
        assert differences(contents(folder / "built"), clean) == []


def test_what_a_killed_build_wrote_and_no_one_wants_is_removed(tmp_path: Path) -> None:
    """A post written by a killed build and deleted before the next one must not stay online."""
    source = tmp_path / "source"
    source.mkdir()
    sync(source, BEFORE)
    build_here(source, tmp_path / "built", tmp_path / "doctrees")
    clean = contents(tmp_path / "built")
    new = Blog(posts={**BEFORE.posts, "secret": Entry("消した記事", tags=("秘密",))})
    sync(source, new)
    began = time.perf_counter()
    page = tmp_path / "built" / "posts" / "secret.html"
    process = FORK.Process(target=child, args=(source, tmp_path, 1))
    process.start()
    while not page.exists() and time.perf_counter() - began < 60:
        time.sleep(0.002)
    os.killpg(process.pid or 0, signal.SIGKILL)
    process.join()
    assert page.exists()
    sync(source, BEFORE)
    build_here(source, tmp_path / "built", tmp_path / "doctrees")
    assert differences(contents(tmp_path / "built"), clean) == []
