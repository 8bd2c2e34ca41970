"""``objects.inv``, the list of what other projects can point at, made when it may have changed.

Sphinx asks all domains for all they know at every build, a twentieth of one that changes nothing.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import INVENTORY_FILENAME, StandaloneHTMLBuilder

from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.notes import Note
from tsuzuri.writing.state import state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx


def dump(app: Sphinx, own: Callable[[], None]) -> None:
    """Make the list by Sphinx's *own* function, unless nothing was read since it was made."""
    state = state_of(app)
    note: Note[str] = Note(app, "inventory")
    if state and note.recall() == state and Path(app.outdir, INVENTORY_FILENAME).exists():
        return
    note.forget()
    own()
    note.keep(state)


def on_builder_inited(app: Sphinx) -> None:
    """Stand before the builder's own function."""
    builder = app.builder
    if is_site(app) and isinstance(builder, StandaloneHTMLBuilder):
        own = builder.dump_inventory
        builder.dump_inventory = partial(dump, app, own)  # type: ignore[method-assign] # of this one


def setup_inventory(app: Sphinx) -> None:
    """Make the list when something was read."""
    app.connect("builder-inited", on_builder_inited)
