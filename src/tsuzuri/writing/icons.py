"""Font Awesome's icons, only those used, as SVG instead of the theme's 1.5 MB script.

The theme and its options name icons by class (``<i class="fa-solid fa-bars"></i>``).  The shapes
are taken from the script that the installed theme ships; each icon of a page, in its text or in
a component of the theme, becomes an inline SVG.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

ENTRY = re.compile(
    r'(?:"(?P<quoted>[a-z0-9-]+)"|(?P<bare>[a-z0-9]+)):'
    r'\[(?P<width>\d+),(?P<height>\d+),\[(?P<aliases>[^\]]*)\],"[0-9a-f]+",'
    r'(?P<paths>"[^"]*"|\[[^\]]*\])\]'
)
PREFIX = re.compile(r'\["?(?:fa-)?(fas|far|fab)"?|"(fas|far|fab|fa-solid|fa-regular|fa-brands)"')
NAME = re.compile(r"\bfa-([a-z0-9-]+)")
ELEMENT = re.compile(
    r'<(?P<tag>i|span)\s+class="(?P<classes>[^"]*\bfa[srb]?\b[^"]*|[^"]*\bfa-(?:solid|regular|brands)'
    r'\b[^"]*)"(?P<rest>[^>]*)>\s*</(?P=tag)>'
)
LICENCE = "<!--! Font Awesome Free, CC BY 4.0, https://fontawesome.com/license/free -->"


@dataclass(frozen=True, slots=True)
class Icon:
    """One shape."""

    width: int
    height: int
    path: str

    def svg(self, attributes: str = "") -> str:
        """Return the icon as an SVG element with *attributes*."""
        return (
            f'<svg{attributes} xmlns="http://www.w3.org/2000/svg" '
            f'viewBox="0 0 {self.width} {self.height}"><path d="{self.path}"/></svg>'
        )


def read_icons(script: str, wanted: Iterable[str]) -> dict[str, Icon]:
    """Return the *wanted* shapes of Font Awesome's *script* by name or former name.

    The script holds one table a style; where styles share a name, the heaviest (solid, whose
    table comes last) stands for all.
    """
    names = set(wanted)
    found: dict[str, Icon] = {}
    for match in ENTRY.finditer(script):
        own = match["quoted"] or match["bare"]
        known = {own, *re.findall(r'"([a-z0-9-]+)"', match["aliases"])} & names
        if known:
            path = "".join(re.findall(r'"([^"]*)"', match["paths"]))
            icon = Icon(int(match["width"]), int(match["height"]), path)
            found.update(dict.fromkeys(known, icon))
    return found


class Icons:
    """The shapes that a site has asked for so far."""

    def __init__(self, script: Path) -> None:
        self.script = script
        self.known: dict[str, Icon] = {}
        self.missing: set[str] = set()

    def drawn(self, html: str) -> str:
        """Return *html* with its icons as SVG."""
        if "fa-" not in html:
            return html
        new = names_in(html) - self.known.keys() - self.missing
        if new:
            self.known |= read_icons(self.script.read_text(encoding="utf-8"), new)
            self.missing |= new - self.known.keys()
        return inline_icons(html, self.known)


def names_in(*texts: str) -> set[str]:
    """Return the names of all ``fa-…`` classes in *texts*."""
    return {name for text in texts for name in NAME.findall(text)}


def inline_icons(html: str, icons: Mapping[str, Icon]) -> str:
    """Replace the icon elements of *html* by SVG; those of unknown name stay."""

    def replaced(match: re.Match[str]) -> str:
        name = next((name for name in NAME.findall(match["classes"]) if name in icons), None)
        if name is None:
            return match[0]
        attributes = f' class="tz-icon {match["classes"]}"'
        if "aria-label" not in match["rest"]:
            attributes += ' aria-hidden="true"'
        return LICENCE + icons[name].svg(attributes + match["rest"])

    return ELEMENT.sub(replaced, html)
