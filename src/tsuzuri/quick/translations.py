"""Documents without translations, for which no catalogue is looked for.

For every document Sphinx looks for a catalogue of messages with the document's name, along all
forms of the name of the language, also where there is no folder of catalogues at all.
"""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.locale import translators
from sphinx.util.i18n import docname_to_domain

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable


def locale_of_some(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``Locale.apply``."""

    @wraps(own)
    def apply(self: Any, **options: Any) -> None:
        domain = docname_to_domain(self.env.current_document.docname, self.config.gettext_compact)
        folders = (Path(self.env.srcdir, name) for name in self.config.locale_dirs)
        if ("general", domain) in translators or any(map(Path.is_dir, folders)):
            own(self, **options)

    return apply


SHORTCUTS = (
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.transforms.i18n", "Locale.apply", locale_of_some),
)  # fmt: skip
