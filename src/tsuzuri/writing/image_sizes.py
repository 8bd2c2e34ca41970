"""How large an image is shown, from what the writer asked for and what the file is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|%|em|rem|ex|ch|vw|vh|cm|mm|in|pt|pc)?\s*")
TEXT_PX = 768
"""The widest that the text column lets an image be."""
ZOOM_PX = 480
"""An image wider than this may be shown smaller than it is, on a phone at least."""
SCALED = 0.75


@dataclass(frozen=True, slots=True)
class Sizing:
    """Attributes of an ``<img>``."""

    width: int | None = None
    height: int | None = None
    style: str = ""
    sizes: str = ""
    zoom: bool = False
    """Whether there is more to see than the page shows."""


def sizing(
    natural: tuple[int, int], asked: Mapping[str, object], *, scale: object = None
) -> Sizing:
    """Return how an image of *natural* size is shown when the writer *asked* for some size.

    A width in pixels replaces the natural size, in proportion; any other unit stays a style,
    and the natural size still tells the browser the proportions.
    """
    natural_width = natural[0]
    width, height = (parsed(asked.get(name)) for name in ("width", "height"))
    factor = parsed(scale)
    if factor and not width and not height:
        width = (natural_width * factor[0] / 100, "px")
    styles = [
        f"{name}: {number:g}{unit}"
        for name, value in (("width", width), ("height", height))
        if value
        for number, unit in [value]
        if unit != "px"
    ]
    shown = _pixels(natural, width, height)
    if width and width[1] != "px" and not height:
        styles.append("height: auto")
    if height and height[1] == "px" and width:
        styles.append(f"height: {height[0]:g}px")
    return Sizing(
        width=shown[0],
        height=shown[1],
        style="; ".join(styles),
        sizes=_sizes(natural_width, width),
        zoom=natural_width > ZOOM_PX
        or bool(width and width[1] == "px" and width[0] < natural_width * SCALED),
    )


def parsed(value: object) -> tuple[float, str] | None:
    """Return number and unit (pixels by default) of a length; None for none, or for nonsense."""
    match = LENGTH.fullmatch(str(value)) if value not in (None, "") else None
    if not match or float(match[1]) <= 0:
        return None
    return float(match[1]), match[2] or "px"


Length = tuple[float, str] | None


def _pixels(
    natural: tuple[int, int], width: Length, height: Length
) -> tuple[int | None, int | None]:
    """Return the ``width`` and ``height`` attributes."""
    wide, high = (round(value[0]) if value and value[1] == "px" else None
                  for value in (width, height))  # fmt: skip
    if not all(natural) or (wide and high):
        return wide, high
    ratio = natural[1] / natural[0]
    if wide and not height:
        return wide, max(1, round(wide * ratio))
    if high and not width:
        return max(1, round(high / ratio)), high
    return natural


def _sizes(natural_width: int, width: Length) -> str:
    """Return the ``sizes`` attribute: how wide the image will be, before the style is known."""
    if width and width[1] == "px":
        return f"{width[0]:g}px"
    share = width[0] / 100 if width and width[1] == "%" else 1
    widest = min(natural_width, TEXT_PX) * share if share == 1 else TEXT_PX * share
    return f"(max-width: {TEXT_PX}px) {round(100 * share)}vw, {round(widest)}px"
