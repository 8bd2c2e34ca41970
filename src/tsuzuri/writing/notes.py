"""What a build keeps for the next one.

A note says what something was made from.  Whoever makes it anew removes the note first and keeps
another when all has gone well: after a build that failed or was killed there is none, and the
thing is made.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from tsuzuri.writing.files import remove_if_exists, write_if_changed

if TYPE_CHECKING:
    from sphinx.application import Sphinx


T = TypeVar("T")


class Note(Generic[T]):
    """One thing that can be said in JSON, kept beside the environment."""

    def __init__(self, app: Sphinx, name: str) -> None:
        self.path = Path(app.doctreedir, f"tsuzuri-{name}-{app.builder.name}.json")

    def recall(self) -> T | None:
        """Return what was kept; nothing when nothing was, or it can't be read."""
        try:
            kept: T = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return kept

    def forget(self) -> None:
        """Say nothing until something is kept again."""
        remove_if_exists(self.path)

    def keep(self, value: T) -> None:
        """Say *value* from now on."""
        write_if_changed(self.path, json.dumps(value, ensure_ascii=False, sort_keys=True))
