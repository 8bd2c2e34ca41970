"""Templates that are compiled early are those of the pages, and their mistakes are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.errors import ThemeError

from tests.conftest import post
from tsuzuri.writing.page_templates import EVERY_PAGE

if TYPE_CHECKING:
    from tests.conftest import Build


def test_all_of_them_are_templates_of_pages(build: Build) -> None:
    """A name that is no template any more would be passed over in silence."""
    environment = build({"posts/a.md": post()}).app.builder.templates.environment
    assert {environment.get_template(name).name for name in EVERY_PAGE} == set(EVERY_PAGE)


def test_a_broken_template_of_the_site_is_told_of_with_the_page(build: Build) -> None:
    with pytest.raises(ThemeError, match="rendering the page index"):
        build(
            {"posts/a.md": post(), "_templates/page.html": "{% if %}"},
            templates_path=["_templates"],
        )
