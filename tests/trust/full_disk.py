"""Builds on a small disk that is full, or read-only.

``unshare -rm python -m tests.trust.full_disk <folder> out full`` prints, as JSON, how a build
ended that could not write, what it said, which published files it harmed, and what is wrong after
a build that could write again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.trust.blog import NOW, contents, differences, sync
from tests.trust.test_killed import AFTER, BEFORE

LEFT = 60_000
"""Bytes that are free: room for some files of the new build and not for all."""


def fill(disk: Path) -> Path:
    """Fill *disk* but for a little; return the file that does it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(b"x" * 4096)
        except OSError:
            out.truncate(max(0, out.tell() - LEFT))
    return filler


def remount(disk: Path, mode: str) -> None:
    """Make *disk* read-only, ``ro``, or writable, ``rw``."""
    subprocess.run(["mount", "-o", f"remount,{mode}", str(disk)], check=True)


def main(folder: Path, on_disk: str, state: str) -> None:
    """Mount a disk of 48 MB in *folder* and build with its folder *on_disk* on it."""
    disk, source = folder / "disk", folder / "source"
    disk.mkdir()
    source.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "none", str(disk)], check=True)
    places = {name: folder / name for name in ("out", "doctrees")} | {on_disk: disk / on_disk}

    def build(out: Path, doctrees: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "sphinx", "-q", "-d", str(doctrees), str(source), str(out)]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": NOW}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    sync(source, BEFORE)
    assert build(places["out"], places["doctrees"]).returncode == 0
    was = contents(places["out"])
    filler = fill(disk) if state == "full" else None
    if not filler:
        remount(disk, "ro")
    sync(source, AFTER.edit("delta", heading="節" * 9_000))
    failed = build(places["out"], places["doctrees"])
    harmed = differences(contents(places["out"]), was)
    if filler:
        filler.unlink()
    else:
        remount(disk, "rw")
    healed = build(places["out"], places["doctrees"])
    build(folder / "clean", folder / "clean-doctrees")
    wrong = differences(contents(places["out"]), contents(folder / "clean"))
    result = {
        "status": failed.returncode,
        "said": failed.stderr,
        "harmed": harmed,
        "afterwards": wrong or healed.stderr.splitlines(),
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
