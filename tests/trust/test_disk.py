"""A disk that takes nothing more: the build says so, and what was published stays whole."""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sphinx.errors import ExtensionError

from tests.trust.blog import NOW, contents
from tsuzuri.writing import publishing
from tsuzuri.writing.disk import Copies, in_words, refusal_in
from tsuzuri.writing.staging import PublishError

if TYPE_CHECKING:
    from tests.conftest import Build

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _at_a_fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)


def has_namespaces() -> bool:
    """Tell whether this machine lets us mount a disk of our own."""
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/tmp"]
    if not shutil.which("unshare"):
        return False
    return not subprocess.run(command, capture_output=True, check=False).returncode


@pytest.mark.skipif(not has_namespaces(), reason="needs Linux and its name spaces of mounts")
@pytest.mark.parametrize(
    ("on_disk", "state", "reason", "mend"),
    [
        ("out", "full", "No space left on device", "make room on that disk"),
        ("doctrees", "full", "No space left on device", "make room on that disk"),
        ("out", "read-only", "Read-only file system", "make it writable, or give another folder"),
    ],
)
def test_a_disk_that_takes_nothing(
    tmp_path: Path, on_disk: str, state: str, reason: str, mend: str
) -> None:
    """Nothing is half replaced; when it takes files again the next build is right."""
    command = [sys.executable, "-m", "tests.trust.full_disk", str(tmp_path), on_disk, state]
    done = subprocess.run(
        ["unshare", "-rm", *command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert found["status"] == 2
    assert "PublishError: can't write" in found["said"]
    assert f"{reason}; what was published before is whole; {mend} and" in found["said"]
    assert found["harmed"] == []
    assert found["afterwards"] == []


def test_all_is_copied_before_one_file_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room for the first page and not for the second must not leave a site of two days."""
    stage, real, record = tmp_path / "stage", tmp_path / "real", tmp_path / "record.json"
    stage.mkdir()
    for name in ("a.html", "b.html"):
        (stage / name).write_text("first")
    publishing.publish(stage, real, record)
    for name in ("a.html", "b.html"):
        (stage / name).write_text("second version")
    write, left = Path.write_bytes, [1]

    def write_one(self: Path, data: bytes) -> int:
        if not left:
            raise FULL
        left.pop()
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", write_one)
    with pytest.raises(OSError, match="No space"):
        publishing.publish(stage, real, record)
    assert contents(real) == {"a.html": b"first", "b.html": b"first"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["real", "record.json", "stage"]
    left.extend([1, 1])
    publishing.publish(stage, real, record)
    assert contents(real) == {"a.html": b"second version", "b.html": b"second version"}


def test_a_file_of_style_that_could_not_be_copied_ends_the_build(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sphinx warns and goes on; the site would lose its style."""
    files: dict[str, str | bytes | None] = {"_static/own.css": "a {}"}
    site = build(files, html_static_path=["_static"])
    assert "_static/own.css" in site.files()

    def fail(*_args: object, **_keywords: object) -> None:
        raise FULL

    with monkeypatch.context() as patch:
        patch.setattr("sphinx.util.fileutil.copyfile", fail)
        with pytest.raises(PublishError, match="make room"):
            build({"_static/own.css": "b {}"}, html_static_path=["_static"])
    assert site.text("_static/own.css") == "a {}"
    assert build(html_static_path=["_static"]).text("_static/own.css") == "b {}"


def test_the_cause_is_found() -> None:
    """In an extension's handler, in another process; a post that can't be read is none."""
    error = ExtensionError("Handler threw an exception", FULL)
    error.__cause__ = FULL
    assert refusal_in(error) is FULL
    other = refusal_in(RuntimeError("Traceback\nOSError: [Errno 28] No space left on device"))
    assert other is not None
    assert other.errno == errno.ENOSPC
    assert refusal_in(PermissionError(errno.EACCES, "Permission denied", "posts/a.md")) is None
    assert refusal_in(ValueError("[Errno 2] No such file")) is None


@pytest.mark.parametrize(
    ("number", "mend"),
    [(errno.ENOSPC, "make room"), (errno.EACCES, "make it writable"), (errno.EIO, "mend it")],
)
def test_the_message_names_place_and_mend(number: int, mend: str) -> None:
    said = in_words(OSError(number, os.strerror(number), "/out/a.html"), Path("/out"))
    assert said.startswith(f"can't write /out/a.html: {os.strerror(number)}; ")
    assert mend in said


def test_only_warnings_of_a_disk_count() -> None:
    copies, logger = Copies(), logging.getLogger("sphinx.test")
    copies.watch()
    logger.warning("cannot copy %r", PermissionError(errno.EACCES, "Permission denied"))
    assert copies.failed is None
    logger.warning("cannot copy %r: %r", "a", FULL)
    copies.stop()
    assert copies.failed == FULL
