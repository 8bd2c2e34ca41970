"""The interface's words in the reader's language.

Python marks a string with ``_ = get_translation("tsuzuri")``; a template with ``_("…")``, which
looks in tsuzuri's catalogue first and in Sphinx's, the theme's and ABlog's after it.
"""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.domains.changeset import versionlabels
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.locale import admonitionlabels, get_translation, get_translator

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOCALE = Path(__file__).parent / "locale"
_ = get_translation("tsuzuri")
of_sphinx = get_translation("sphinx")


class Words(NullTranslations):
    """Look a message up in one catalogue after another."""

    def __init__(self, *catalogs: NullTranslations) -> None:
        super().__init__()
        self.catalogs = catalogs
        self.found: dict[str, str] = {}

    def gettext(self, message: str) -> str:
        """Return the first translation of *message*, or itself."""
        if message not in self.found:
            found = (catalog.gettext(message) for catalog in self.catalogs)
            self.found[message] = next((text for text in found if text != message), message)
        return self.found[message]

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the first translation for *count* things, or English."""
        english = one if count == 1 else many
        found = (catalog.ngettext(one, many, count) for catalog in self.catalogs)
        return next((text for text in found if text != english), english)


def on_builder_inited(app: Sphinx) -> None:
    """Let templates find tsuzuri's words."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    bridge = app.builder.templates
    if isinstance(bridge, BuiltinTemplateLoader):
        words = Words(get_translator("tsuzuri"), get_translator("sphinx"))
        environment = bridge.environment
        environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]  # added by jinja2.ext.i18n
        # Jinja's own `_` looks for `gettext` and calls it, at every word of every page
        environment.globals["_"] = environment.globals["gettext"]


def setup_words(app: Sphinx) -> None:
    """Register the catalogues."""
    app.add_message_catalog("tsuzuri", LOCALE)
    app.add_message_catalog("sphinx", LOCALE)
    app.add_message_catalog("booktheme", LOCALE)
    # Sphinx's own Japanese catalogue leaves this one label in English
    admonitionlabels["tip"] = _("Tip")
    # translated when Sphinx makes them, before our catalogue is there
    versionlabels["versionadded"] = of_sphinx("Added in version %s")
    versionlabels["versionremoved"] = of_sphinx("Removed in version %s")
    app.connect("builder-inited", on_builder_inited)
