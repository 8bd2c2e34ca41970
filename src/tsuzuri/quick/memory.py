"""Python's search for unused cycles, less often.

A doctree is one large cycle that lives until its page is written; Python's defaults look through
all of them again and again (a twelfth of a cold build).  What is there when the build begins
will not be looked at any more: code, settings, the environment as it was.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from tsuzuri.config import Settings

if TYPE_CHECKING:
    from sphinx.application import Sphinx

THRESHOLDS = (50_000, 20, 100)
"""Objects before a look at the youngest, and how often the older ones are looked at; ten times
fewer leave 60 MB more of 135 posts lying about, and are no quicker."""


def on_builder_inited(app: Sphinx) -> None:
    """Look less often from now on; the live server's process was told once and for all."""
    if Settings.of(app.config).shortcuts and gc.get_threshold() != THRESHOLDS:
        gc.set_threshold(*THRESHOLDS)
        gc.freeze()


def setup_memory(app: Sphinx) -> None:
    """Register the handler, as late as may be: what others made by then is kept anyway."""
    app.connect("builder-inited", on_builder_inited, priority=1000)
