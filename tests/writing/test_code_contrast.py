"""Code can be read: each colour on each ground it stands on, light and dark."""

from __future__ import annotations

import re

import pytest

from tsuzuri.writing import assets
from tsuzuri.writing.colours import code_colours

CSS = assets.STATIC / "css"
PAIR = re.compile(r"color:light-dark\((#[0-9a-f]{6}),(#[0-9a-f]{6})\)")
TOKEN = re.compile(r"(--tz-[a-z]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
MIX = re.compile(r"(\.tz-g[id]|\.hll)[^{}]*\{[^}]*color-mix\(in srgb, ([^ ]+|var\([^)]+\)) (\d+)%")
READABLE = 4.5
"""Level AA of WCAG 2.2 for text."""


def channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: tuple[float, float, float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def tokens() -> dict[str, tuple[str, str]]:
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    return {name: (light, dark) for name, light, dark in TOKEN.findall(text)}


def mixed(colour: str, ground: str, percent: int) -> tuple[float, float, float]:
    share = percent / 100
    pairs = zip(channels(colour), channels(ground), strict=True)
    red, green, blue = (a * share + b * (1 - share) for a, b in pairs)
    return red, green, blue


def tints() -> dict[str, tuple[str, int]]:
    """Return what is laid over the ground of changed and emphasised lines."""
    text = "".join(
        (CSS / f"{name}.css").read_text(encoding="utf-8") for name in ("code", "content")
    )
    return {name: (colour, int(percent)) for name, colour, percent in MIX.findall(text)}


def test_the_tints_are_found() -> None:
    assert set(tints()) == {".tz-gi", ".tz-gd", ".hll"}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_each_colour_can_be_read_on_each_ground(scheme: int) -> None:
    names = tokens()
    plain = names["--tz-code"][scheme]
    grounds = {"plain": channels(plain)}
    for name, (colour, percent) in tints().items():
        value = names[colour[4:-1]][scheme] if colour.startswith("var(") else colour
        grounds[name] = mixed(value, plain, percent)
    colours = {pair[scheme] for pair in PAIR.findall(code_colours("", ""))}
    assert len(colours) > 5
    weak = {
        (colour, name, round(contrast(channels(colour), ground), 2))
        for colour in colours | {names["--tz-ink"][scheme]}
        for name, ground in grounds.items()
        if contrast(channels(colour), ground) < READABLE
    }
    assert weak == set()
