"""The style sheet of one site, kept beside the doctrees and made anew when it has to be.

To make it takes a third of a second, in which documents can be read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tsuzuri.quick.aside import begun
from tsuzuri.writing.assets import style_sheet
from tsuzuri.writing.files import write_if_changed

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from tsuzuri.writing.assets import Sources

Made = tuple[str, frozenset[str]]
"""A style sheet, and the theme's classes that it has no rules for."""


class KeptSheet:
    """The style sheet made of some sources, in a file of *folder*."""

    def __init__(self, sources: Sources, folder: str | os.PathLike[str]) -> None:
        self.sources = sources
        self.path = Path(folder, f"tsuzuri-sheet-{sources.key}.json")
        self.made: Made | None = None
        self.finish: Callable[[], None] | None = None

    def begin(self, processes: int) -> None:
        """See whether it is there; begin to make it otherwise, in another of *processes*."""
        self.made = self.load()
        if self.made is None:
            self.finish = begun(self.make, processes)

    def finished(self) -> Made:
        """Return it, when it is made."""
        if self.finish is not None:
            self.finish()
            self.finish = None
        self.made = self.made or self.load() or style_sheet(self.sources)
        return self.made

    def make(self) -> None:
        """Make it, and keep it in place of those of before."""
        sheet, left_out = style_sheet(self.sources)
        for old in self.path.parent.glob("tsuzuri-sheet-*.json"):
            old.unlink(missing_ok=True)
        write_if_changed(self.path, json.dumps([sheet, sorted(left_out)]))

    def load(self) -> Made | None:
        """Return what is kept; nothing when there is none that can be read."""
        try:
            sheet, left_out = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return sheet, frozenset(left_out)
