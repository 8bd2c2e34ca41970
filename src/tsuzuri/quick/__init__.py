"""Shortcuts: the same output, sooner.

Nothing here changes what is built, only how long it takes; each module says which profile it
came from.  What can be had by a setting of another package is set; the rest are
:class:`~tsuzuri.quick.shortcut.Shortcut` values, each for the versions it was compared with.
``tsuzuri_shortcuts = False`` builds without any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsuzuri.config import PREFIX
from tsuzuri.quick import (
    code,
    components,
    dates,
    events,
    inventory,
    options,
    parallel,
    partials,
    sources,
    texts,
    theme,
    tokens,
    translations,
    trees,
    visits,
)
from tsuzuri.quick.contents import setup_contents
from tsuzuri.quick.templates import setup_templates

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

SHORTCUTS = (
    *options.SHORTCUTS,
    *code.SHORTCUTS,
    *components.SHORTCUTS,
    *dates.SHORTCUTS,
    *events.SHORTCUTS,
    *inventory.SHORTCUTS,
    *trees.SHORTCUTS,
    *tokens.SHORTCUTS,
    *visits.SHORTCUTS,
    *texts.SHORTCUTS,
    *translations.SHORTCUTS,
    *theme.SHORTCUTS,
    *parallel.SHORTCUTS,
    *partials.SHORTCUTS,
    *sources.SHORTCUTS,
)


def on_config_inited(_app: Sphinx, config: Config) -> None:
    """Take the shortcuts, or leave them when the site wants none."""
    wanted = getattr(config, f"{PREFIX}shortcuts")
    if not wanted:
        events.hear(events.DEBUG_VERBOSITY)
    for shortcut in SHORTCUTS:
        if wanted:
            shortcut.take()
        else:
            shortcut.leave()


def setup_quick(app: Sphinx) -> None:
    """Take shortcuts from the moment the configuration is known.

    A third of a build's debug messages are about what is registered until then.
    """
    events.hear(app.verbosity)
    app.connect("config-inited", on_config_inited)
    setup_contents(app)
    setup_templates(app)
