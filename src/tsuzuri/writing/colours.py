"""Colours of code: two Pygments styles in one set of rules.

The theme writes each style once a colour scheme and chooses by script; here each rule has both
colours in ``light-dark()``, which follows the system without a script and the switch with one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

if TYPE_CHECKING:
    from pygments.style import Style

LIGHT = "a11y-high-contrast-light"
DARK = "a11y-high-contrast-dark"
"""Both have AAA contrast; from accessible-pygments, which the theme depends on."""


def style(name: str, fallback: str) -> type[Style]:
    """Return the Pygments style *name*, or *fallback* when it is empty or unknown."""
    try:
        found: type[Style] = get_style_by_name(name or fallback)
    except ClassNotFound:
        found = get_style_by_name(fallback)
    return found


def code_colours(light_name: str, dark_name: str) -> str:
    """Return the rules for all token classes under ``.highlight``."""
    light, dark = style(light_name, LIGHT), style(dark_name, DARK)
    groups: dict[str, list[str]] = {}
    for token, css_class in sorted(STANDARD_TYPES.items(), key=lambda item: item[1]):
        if not css_class:
            continue
        one, other = light.style_for_token(token), dark.style_for_token(token)
        base_one, base_other = (
            kind.style_for_token(next(iter(STANDARD_TYPES))) for kind in (light, dark)
        )
        body = ""
        if (one["color"], other["color"]) != (base_one["color"], base_other["color"]):
            body += f"color:light-dark({colour(one['color'])},{colour(other['color'])});"
        if one["bold"] or other["bold"]:
            body += "font-weight:700;"
        if one["italic"] or other["italic"]:
            body += "font-style:italic;"
        if body:
            groups.setdefault(body, []).append(f".highlight .{css_class}")
    return "".join(f"{','.join(names)}{{{body.rstrip(';')}}}" for body, names in groups.items())


def colour(value: str | None) -> str:
    """Return a CSS colour for Pygments' *value*."""
    return f"#{value}" if value else "currentcolor"
