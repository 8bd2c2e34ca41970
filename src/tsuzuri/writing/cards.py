"""Social cards: what a chat or a social network shows of a post without an image of its own.

Pure: a :class:`Card` and a font in, a PNG out, the same bytes for the same input.  The picture has
one byte a pixel: low values go from paper to ink, the highest is the blue of the binding.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tsuzuri.writing.card_font import CardFont

WIDTH_PX, HEIGHT_PX = 1200, 630
DESIGN = 1
"""Goes up when cards look different, so that they are drawn anew."""

PAPER, INK, INDIGO = (0xFB, 0xFA, 0xF6), (0x1F, 0x23, 0x28), (0x1F, 0x4E, 0x8C)
NO_INK, FULL_INK, MUTED, BINDING = 0, 127, 78, 255

SPINE_PX = 72
LEFT_PX, RIGHT_PX = 144, 1112
TITLE_PX = (80, 72, 64, 56, 50)
"""Sizes to try, the largest first."""
MAX_LINES = 4
SMALL_PX = 30
NO_LINE_START = frozenset(
    "、。，．・：；？！）」』】〕〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}"
)


@dataclass(frozen=True, slots=True)
class Card:
    """What is written on a card."""

    title: str
    site: str
    date: str
    tags: tuple[str, ...]

    def key(self, font_identity: str) -> str:
        """Return a name for the picture that changes with anything that shows in it."""
        text = repr((DESIGN, font_identity, astuple(self)))
        return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def draw(card: Card, font: CardFont, phrases: Callable[[str], list[str]]) -> bytes | None:
    """Return the PNG of *card*, or None when the font can't write its title.

    *phrases* splits Japanese where a line may end.
    """
    title = font.drawable(card.title)
    if not title:
        return None
    canvas = Image.new("L", (WIDTH_PX, HEIGHT_PX), NO_INK)
    pen = ImageDraw.Draw(canvas)
    bind(pen)
    size, lines = fit(list(pieces(phrases(title))), font)
    leading = round(size * 1.45)
    top = 56 + max(0, (HEIGHT_PX - 240 - len(lines) * leading) // 2)
    for number, line in enumerate(lines):
        pen.text((LEFT_PX, top + number * leading), line, font=font.at(size), fill=FULL_INK)
    foot = font.at(SMALL_PX)
    pen.line([(LEFT_PX, 490), (RIGHT_PX, 490)], fill=24, width=2)
    pen.text((LEFT_PX, 512), font.drawable(card.site), font=foot, fill=FULL_INK)
    about = "   ".join((card.date, *(f"#{tag}" for tag in card.tags)))
    pen.text((LEFT_PX, 556), shorten(font.drawable(about), font, SMALL_PX), font=foot, fill=MUTED)
    return encode(canvas)


def bind(pen: ImageDraw.ImageDraw) -> None:
    """Draw the binding: a spine, its thread and four holes."""
    pen.rectangle([0, 0, SPINE_PX, HEIGHT_PX], fill=BINDING)
    for top in range(0, HEIGHT_PX, 24):
        pen.rectangle([50, top, 53, top + 14], fill=NO_INK)
    for number in range(4):
        middle = 90 + number * 150
        for left in (4, 26):
            pen.rectangle([left, middle, left + 15, middle + 3], fill=NO_INK)
        pen.ellipse([45, middle - 5, 58, middle + 8], fill=NO_INK)


def pieces(phrases: list[str]) -> Iterator[str]:
    """Yield what a line is put together from: phrases, and the words of Latin text in them."""
    for phrase in phrases:
        words = phrase.split(" ")
        for word in words[:-1]:
            yield f"{word} "
        if words[-1]:
            yield words[-1]


def fit(parts: list[str], font: CardFont) -> tuple[int, list[str]]:
    """Return the largest size at which the title has room, and its lines."""
    for size in TITLE_PX:
        lines = fill(parts, font, size, RIGHT_PX - LEFT_PX)
        if len(lines) < MAX_LINES or (size == TITLE_PX[-1] and len(lines) == MAX_LINES):
            return size, balanced(parts, font, size, len(lines))
    size = TITLE_PX[-1]
    kept = fill(parts, font, size, RIGHT_PX - LEFT_PX)[:MAX_LINES]
    kept[-1] = shorten(f"{kept[-1]}……", font, size)
    return size, kept


def fill(parts: list[str], font: CardFont, size: int, width_px: float) -> list[str]:
    """Return *parts* in lines of at most *width_px*; a part that is longer is broken anywhere."""
    lines, used = [""], 0.0
    for part in parts:
        bare, whole = font.length(part.rstrip(), size), font.length(part, size)
        if lines[-1] and used + bare > width_px:
            lines.append("")
            used = 0.0
        if bare <= width_px:
            lines[-1] += part
            used += whole
            continue
        for char in part:
            if char not in NO_LINE_START and used + font.length(char, size) > width_px:
                lines.append("")
                used = 0.0
            lines[-1] += char
            used += font.length(char, size)
    return [line.strip() for line in lines if line.strip()]


def balanced(parts: list[str], font: CardFont, size: int, count: int) -> list[str]:
    """Return *parts* in *count* lines, the longest as short as it can be."""
    widest = max(round(font.length(part.rstrip(), size)) for part in parts) + 1
    low, high = min(widest, RIGHT_PX - LEFT_PX), RIGHT_PX - LEFT_PX
    while low < high:
        middle = (low + high) // 2
        if len(fill(parts, font, size, middle)) > count:
            low = middle + 1
        else:
            high = middle
    return fill(parts, font, size, high)


def shorten(text: str, font: CardFont, size: int) -> str:
    """Return *text*, ended by an ellipsis where it would run out of the card."""
    room = RIGHT_PX - LEFT_PX
    if font.length(text, size) <= room:
        return text
    text = text.rstrip("…")
    room -= round(font.length("…", size))
    while text and font.length(text, size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def encode(canvas: Image.Image) -> bytes:
    """Return the picture as PNG, its values turned into colours by a palette."""
    picture = Image.frombytes("P", canvas.size, canvas.tobytes())
    picture.putpalette([channel for value in range(256) for channel in colour(value)])
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=4)
    return out.getvalue()


def colour(value: int) -> tuple[int, ...]:
    """Return the colour of a pixel's value."""
    if value > FULL_INK:
        return INDIGO
    return tuple(
        round(paper + (ink - paper) * value / FULL_INK)
        for paper, ink in zip(PAPER, INK, strict=True)
    )
