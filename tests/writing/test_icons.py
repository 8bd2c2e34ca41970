"""The theme's icons are drawn without its script."""

from __future__ import annotations

from tsuzuri.writing.assets import FONT_AWESOME
from tsuzuri.writing.icons import Icon, Icons, inline_icons, names_in, read_icons

SCRIPT = 'x={bars:[448,512,["navicon"],"f0c9","M0 96z"],"x-ray":[512,512,[],"f1",["M1","M2"]]}'


def test_shapes_are_found_by_name_and_former_name() -> None:
    icons = read_icons(SCRIPT, ["navicon", "x-ray", "unknown"])
    assert {"navicon": Icon(448, 512, "M0 96z"), "x-ray": Icon(512, 512, "M1M2")} == icons


def test_the_installed_theme_has_the_shapes_of_its_own_components() -> None:
    """A new Font Awesome with another table would leave every icon empty."""
    script = FONT_AWESOME.read_text(encoding="utf-8")
    names = {"github", "gitlab", "square-rss", "x-twitter", "code", "download", "play", "file"}
    assert names == read_icons(script, names).keys()


def test_an_icon_element_becomes_an_image_that_machines_skip() -> None:
    html = '<a><i class="fa-solid fa-bars fa-lg"></i> Menu</a>'
    drawn = inline_icons(html, {"bars": Icon(1, 2, "M0")})
    assert '<svg class="tz-icon fa-solid fa-bars fa-lg" aria-hidden="true"' in drawn
    assert '<path d="M0"/></svg> Menu</a>' in drawn


def test_an_unknown_icon_stays_as_it_is() -> None:
    html = '<i class="fa-solid fa-nothing"></i>'
    assert html == inline_icons(html, {})
    assert html == Icons(FONT_AWESOME).drawn(html)


def test_names_are_read_from_classes() -> None:
    assert {"solid", "bars"} == names_in('class="fa-solid fa-bars"')
