"""``objects.inv``, the list of what other projects can point at, made when it may have changed.

Sphinx asks all domains for all they know at every build, a twentieth of one that changes nothing.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import INVENTORY_FILENAME, StandaloneHTMLBuilder

from tsuzuri.quick.aside import begun
from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.notes import Note
from tsuzuri.writing.state import state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx


class Inventory:
    """The list of one build, made beside what is left to do after its pages."""

    def __init__(self) -> None:
        self.finish: Callable[[], None] | None = None
        self.state = ""

    def on_builder_inited(self, app: Sphinx) -> None:
        """Stand before the builder's own function."""
        builder = app.builder
        if is_site(app) and isinstance(builder, StandaloneHTMLBuilder):
            own = builder.dump_inventory
            builder.dump_inventory = partial(self.dump, app, own)  # type: ignore[method-assign] # of this one

    def dump(self, app: Sphinx, own: Callable[[], None]) -> None:
        """Begin to make the list by Sphinx's *own* function, unless it is that of the state."""
        self.state = state_of(app)
        note = note_of(app)
        there = Path(app.outdir, INVENTORY_FILENAME).exists()
        if not (self.state and there and note.recall() == self.state):
            note.forget()
            self.finish = begun(own, app.parallel)

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Wait for it."""
        finish, self.finish = self.finish, None
        if finish is not None:
            finish()
            if exception is None:
                note_of(app).keep(self.state)


def note_of(app: Sphinx) -> Note[str]:
    """Return what the list was made from."""
    return Note(app, "inventory")


def setup_inventory(app: Sphinx) -> None:
    """Make the list when something was read."""
    inventory = Inventory()
    app.connect("builder-inited", inventory.on_builder_inited)
    # late: others have something to do meanwhile
    app.connect("build-finished", inventory.on_build_finished, priority=840)
