"""What the theme's pages load and ours don't is not copied: 6 MB in 90 files, at every build.

Our frame takes the place of the theme's scripts, style sheets and icons (``bundle``); with them
stand their sources and the theme's translations.  A file that the site's settings or templates
name is copied all the same.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.fileutil import copy_asset
from sphinx.util.matching import DOTFILES

from tsuzuri.writing.bundle import is_ours
from tsuzuri.writing.changing_parts import own_templates

if TYPE_CHECKING:
    from sphinx.application import Sphinx

UNUSED = re.compile(
    r"(?:scripts|styles|vendor|locales)/.*|.*webpack-macros\.html"
    r"|(?:basic\.css|doctools\.js|documentation_options\.js|language_data\.js|searchtools\.js"
    r"|sphinx_highlight\.js)(?:_t|\.jinja)?"
)
"""Paths among the theme's static files."""
NAMED = ("html_css_files", "html_js_files", "html_theme_options", "html_context")
"""Settings that may name one."""


def is_left_out(path: str, named: str) -> bool:
    """Return whether the theme's static file *path* is unused, and not in the text *named*.

    >>> is_left_out("./scripts/bootstrap.js", ""), is_left_out("./images/logo_colab.png", "")
    (True, False)
    >>> is_left_out("./scripts/bootstrap.js", "['scripts/bootstrap.js']")
    False
    """
    name = path.removeprefix("./")
    return DOTFILES(path) or (UNUSED.fullmatch(name) is not None and name not in named)


def copy_used(app: Sphinx, builder: StandaloneHTMLBuilder, context: dict[str, Any]) -> None:
    """Copy the theme's static files that a page may load, as Sphinx copies all of them."""
    named = repr([getattr(app.config, name) for name in NAMED])
    named += "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in own_templates(app)
    )
    for folder in reversed(builder.theme.get_theme_dirs()):
        copy_asset(
            folder / "static",
            Path(app.outdir, "_static"),
            excluded=partial(is_left_out, named=named),
            context=context,
            renderer=builder.templates,
            force=True,
        )


def on_builder_inited(app: Sphinx) -> None:
    """Stand in for the builder's own function."""
    builder = app.builder
    if is_ours(app) and isinstance(builder, StandaloneHTMLBuilder):
        builder.copy_theme_static_files = partial(copy_used, app, builder)  # type: ignore[method-assign] # of this one


def setup_theme_static(app: Sphinx) -> None:
    """Copy what is used."""
    app.connect("builder-inited", on_builder_inited)
