"""The sidebar's parts: the theme is asked once, and what it says counts on every page."""

from __future__ import annotations

from typing import Any

from tsuzuri.writing.side_parts import BLOG_SIDEBAR, SideParts

RECENT, SERIES = BLOG_SIDEBAR[:2]


def asked(parts: SideParts, wanted: list[str], empty: set[str]) -> tuple[list[str], list[str]]:
    """Return what the theme was asked of, and the sidebar after its answer."""
    context: dict[str, Any] = {}
    parts.ask(context, wanted)
    of = context["sidebars"]
    suffixed = [name if "." in name else f"{name}.html" for name in of]
    context["sidebars"] = [name for name in suffixed if name not in empty]
    parts.answered(context)
    return of, context["sidebars"]


def test_our_parts_are_asked_about_once() -> None:
    parts = SideParts()
    parts.steady = frozenset({RECENT, SERIES})
    wanted = ["mine", RECENT, "ads.html", SERIES]
    assert asked(parts, wanted, {SERIES}) == (wanted, ["mine.html", RECENT, "ads.html"])
    later = asked(parts, wanted, {"ads.html"})
    assert later == (["mine", "ads.html"], ["mine.html", RECENT])


def test_a_part_that_the_site_has_replaced_is_asked_about_on_every_page() -> None:
    """A template of the user's own may be empty on some pages."""
    parts = SideParts()
    parts.steady = frozenset({RECENT})
    assert asked(parts, [RECENT, SERIES], {SERIES})[1] == [RECENT]
    assert asked(parts, [RECENT, SERIES], set()) == ([SERIES], [RECENT, SERIES])


def test_a_page_that_never_asked_is_left_alone() -> None:
    context: dict[str, Any] = {"sidebars": ["x.html"]}
    SideParts().answered(context)
    assert context == {"sidebars": ["x.html"]}
