"""The parts of the sidebar as pages show them: made once for all pages of a folder.

Before a page is written, the theme renders every part of its sidebar to leave the empty ones out.
Whether one of ours is empty is the same on all pages: the theme is asked once a build.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tsuzuri.writing.assets import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup
    from sphinx.application import Sphinx

BLOG_SIDEBAR = [
    f"tsuzuri/side/{name}.html" for name in ("recent", "series", "tags", "archive", "docs")
]
DOCS_SIDEBAR = ["tsuzuri/side/tree.html"]
IN_THE_BAR = {"navbar-logo.html", "search-button-field.html", "search-field.html", "searchbox.html"}
"""Components that a user may list for the sidebar and that our bar shows already."""
WANTED = "wanted_sidebars"
"""The page's context holds under this name what it wants while the theme is asked."""


def sidebars_of(wanted: Sequence[str], kind: str, *, chosen: bool) -> list[str]:
    """Return the sidebar's components: the user's choice without what the bar shows, or ours."""
    if chosen:
        return [name for name in wanted if posixpath.basename(name) not in IN_THE_BAR]
    return list(DOCS_SIDEBAR if kind == "docs" else BLOG_SIDEBAR)


class SideParts:
    """What is known of the sidebar's parts in one build."""

    def __init__(self) -> None:
        self.made: defaultdict[str, dict[str, Markup]] = defaultdict(dict)
        """The parts as they were made for the pages of each folder."""
        self.steady: frozenset[str] = frozenset()
        self.filled: dict[str, bool] = {}
        """Whether a part of ours has something to show."""

    def begin(self, app: Sphinx) -> None:
        """Forget the build before."""
        self.made.clear()
        self.filled.clear()
        environment = app.builder.templates.environment
        names = (*BLOG_SIDEBAR, *DOCS_SIDEBAR)
        found = {name: environment.get_template(name).filename for name in names}
        ours = (name for name, file in found.items() if Path(file).is_relative_to(TEMPLATES))
        self.steady = frozenset(ours)

    def ask(self, context: dict[str, Any], wanted: list[str]) -> None:
        """Let the theme look at those of the *wanted* parts of which nothing is known."""
        context[WANTED] = wanted
        context["sidebars"] = [name for name in wanted if name not in self.filled]

    def answered(self, context: dict[str, Any]) -> None:
        """Put the parts together again, in the order in which the page wants them."""
        wanted = context.pop(WANTED, None)
        if wanted is None:
            return
        left: list[str] = context["sidebars"]
        for name in self.steady.intersection(wanted):
            self.filled.setdefault(name, name in left)
        context["sidebars"] = list(together(wanted, left, self.filled))


def together(wanted: Iterable[str], left: Sequence[str], filled: dict[str, bool]) -> Iterable[str]:
    """Yield the *wanted* parts that are *filled*, or that the theme has *left*, with its suffix."""
    for name in wanted:
        item = name if name in left else f"{name}.html"
        if filled.get(name, item in left):
            yield name if name in filled else item
