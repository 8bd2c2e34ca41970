"""Files of the theme that no page loads stay out of the output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import post

if TYPE_CHECKING:
    from tests.conftest import Build


def test_only_what_pages_load_is_copied(build: Build) -> None:
    """The theme brings 6 MB, of which our pages load nothing."""
    site = build({"posts/a.md": post()})
    static = {name for name in site.files() if name.startswith("_static/")}
    assert sum((site.out / name).stat().st_size for name in static) < 500_000
    assert not [name for name in static if name.endswith((".map", ".mo", "bootstrap.js"))]
    asked = {
        str(element[name]).partition("?")[0].removeprefix("../")
        for element in site.page("posts/a.html").select("[href], [src]")
        for name in ("href", "src")
        if element.has_attr(name)
    }
    assert {path for path in asked if path.startswith("_static/")} <= static


def test_a_file_that_the_site_names_is_copied(build: Build) -> None:
    site = build({"posts/a.md": post()}, html_js_files=["scripts/bootstrap.js"])
    assert "_static/scripts/bootstrap.js" in site.files()
