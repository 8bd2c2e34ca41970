"""Python's search for unused cycles, less often.

A doctree is one large cycle that lives until its page is written, and an environment that is read
from its file is a million objects of which none is unused; Python's defaults look through all of
them again and again (a twelfth of a cold build, two thirds of reading the environment).  What is
there when the build begins will not be looked at at all: code, settings, the environment as it
was.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from tsuzuri.config import Settings

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

USUAL = gc.get_threshold()
"""What this process did before us."""
THRESHOLDS = (50_000, 20, 100)
"""Objects before a look at the youngest, and how often the older ones are looked at; ten times
fewer leave 60 MB more of 135 posts lying about, and are no quicker."""


def on_config_inited(_app: Sphinx, config: Config) -> None:
    """Look as often as Python does, when the site wants no shortcuts."""
    if Settings.of(config).shortcuts:
        return
    gc.enable()
    if gc.get_threshold() == THRESHOLDS:
        gc.set_threshold(*USUAL)


def on_builder_inited(app: Sphinx) -> None:
    """Leave what there is by now out of it; in the live server's process once and for all."""
    if Settings.of(app.config).shortcuts and not gc.get_freeze_count():
        gc.freeze()
    gc.enable()


def setup_memory(app: Sphinx) -> None:
    """Look not at all while extensions are imported and the environment is read; less often later.

    What others have made by the time the builder is ready is kept anyway.
    """
    gc.set_threshold(*THRESHOLDS)
    gc.disable()
    app.connect("config-inited", on_config_inited)
    app.connect("builder-inited", on_builder_inited, priority=1000)
