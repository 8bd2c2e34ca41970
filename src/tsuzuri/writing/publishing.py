"""The files of a build that went well take the place of those published before, each whole."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tsuzuri.writing.files import Listing, holds, listing, remove_if_exists, write_if_changed

if TYPE_CHECKING:
    from collections.abc import Iterable

HIDDEN = ".publishing"
"""What folders of copies on their way are called."""


def load(record: Path) -> Listing:
    """Return what was published, by the *record* of it; nothing when that can't be read."""
    try:
        return cast("Listing", json.loads(record.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def publish(stage: Path, real: Path, record: Path, apart: Iterable[str] = ()) -> None:
    """Make *real* hold the files of *stage*; remove those that only the *record* knows.

    What the record does not know was never ours and is left alone, but for folders *apart*, all
    of whose files are ours: others may have put them there meanwhile.  Such a folder is left
    alone when there is none in *stage*.  While files are moved, the record holds the old and the
    new ones, so that a run that is killed here can be made good.
    """
    real.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(real / HIDDEN, ignore_errors=True)
    wanted, before, present = listing(stage), load(record), listing(real)
    for folder in apart:
        inside = {name: known for name, known in present.items() if name.startswith(f"{folder}/")}
        if (stage / folder).is_dir():
            before = inside | before
        else:
            before = {name: known for name, known in before.items() if name not in inside}
    changed = [
        name
        for name, known in wanted.items()
        if present.get(name, [-1])[0] != known[0]
        or (before.get(name) != known and not same(stage / name, real / name))
    ]
    gone = before.keys() - wanted.keys()
    if changed or gone:
        save(record, before | {name: [] for name in changed})
        # what pages ask for stands before the pages
        order = sorted(changed, key=lambda name: (name.endswith(".html"), name))
        put_all(stage, real, order)
        remove(real, gone)
    if wanted != before:
        save(record, wanted)


def same(file: Path, other: Path) -> bool:
    """Return whether two files have the same content; style and scripts are new at every build."""
    return holds(other, file.read_bytes())


def put_all(stage: Path, real: Path, names: Iterable[str]) -> None:
    """Make the files *names* of *real* those of *stage*: all are copied before one is replaced.

    A disk that has no room for them is found out while the old ones are still there.  The copies
    lie beside the *stage*, where what a killed build leaves behind is never published, or else,
    when that is on another disk, in a folder that the next build removes.
    """
    order = list(names)
    inside = real / HIDDEN
    for area in (stage.with_name(f"{stage.name}{HIDDEN}"), inside):
        try:
            for name, copy in copied(stage, real, area, order).items():
                move(copy, real / name)
        except OSError as error:
            if error.errno != errno.EXDEV or area == inside:
                raise
        else:
            return
        finally:
            shutil.rmtree(area, ignore_errors=True)


def copied(stage: Path, real: Path, area: Path, names: Iterable[str]) -> dict[str, Path]:
    """Return where in *area* lies a copy of each file of *stage* that *real* has otherwise."""
    shutil.rmtree(area, ignore_errors=True)
    area.mkdir(parents=True)
    copies = {}
    for number, name in enumerate(names):
        content = (stage / name).read_bytes()
        if not holds(real / name, content):
            copies[name] = area / str(number)
            copies[name].write_bytes(content)
    return copies


def save(record: Path, files: Listing) -> None:
    """Write the *record*."""
    write_if_changed(record, json.dumps(files, ensure_ascii=False, sort_keys=True))


def put(source: Path, target: Path) -> None:
    """Make *target* hold what *source* holds, at once."""
    content = source.read_bytes()
    if holds(target, content):
        return
    # outside the published folder: what is left there by a killed build is never published
    copy = source.with_name(f".{source.name[:40]}{HIDDEN}")
    copy.write_bytes(content)
    try:
        move(copy, target)
    except OSError as error:
        copy.unlink()
        if error.errno != errno.EXDEV:
            raise
        write_if_changed(target, content)


def move(file: Path, target: Path) -> None:
    """Move *file* to *target*, in a folder that may have to be made."""
    try:
        file.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)


def remove(folder: Path, names: Iterable[str]) -> None:
    """Remove files of *folder*, and the folders below it that this leaves empty."""
    for name in sorted(names):
        remove_if_exists(folder / name)
        for parent in Path(name).parents:
            if (
                parent == Path()
                or not (folder / parent).is_dir()
                or any((folder / parent).iterdir())
            ):
                break
            (folder / parent).rmdir()
