"""The templates of nearly every page, compiled while KaTeX is at work.

They take 0.07 s, which the first page would take with all other processes waiting for it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from tsuzuri.writing.bundle import is_ours

if TYPE_CHECKING:
    from jinja2 import Environment
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

EVERY_PAGE = (
    "page.html",
    "layout.html",
    "tsuzuri/layout.html",
    "sphinx_book_theme/layout.html",
    "pydata_sphinx_theme/layout.html",
    "basic/layout.html",
    "tsuzuri/bar.html",
    "tsuzuri/article.html",
    "tsuzuri/byline.html",
    "tsuzuri/after.html",
    "tsuzuri/rail.html",
    "tsuzuri/footer.html",
    "tsuzuri/posts.html",
    "tsuzuri/list.html",
)
"""Those that take longest; what they include follows with the first page."""
BEFORE_FORMULAS = 400
"""Formulas are waited for when consistency is checked."""


def on_env_check_consistency(app: Sphinx, _env: BuildEnvironment) -> None:
    """Compile them; what is wrong with one is said when a page is made of it."""
    if is_ours(app):
        environment: Environment = app.builder.templates.environment
        for name in EVERY_PAGE:
            with suppress(TemplateError):
                environment.get_template(name)


def setup_page_templates(app: Sphinx) -> None:
    """Compile early, when pages will be written."""
    app.connect("env-check-consistency", on_env_check_consistency, priority=BEFORE_FORMULAS)
