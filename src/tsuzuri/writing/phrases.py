"""Break Japanese headings where a reader would take a breath.

BudouX, a small model, finds the phrases; a ``<wbr>`` goes between them and the style sheet
forbids other breaks (``word-break: keep-all``).  Done while building, so that every browser
breaks the same way and no script runs.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from html import escape
from itertools import pairwise, repeat
from operator import add
from typing import TYPE_CHECKING

import budoux
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HEADING = re.compile(r"(<h([1-6])\b[^>]*>)(.*?)(</h\2>)", re.DOTALL)
PIECE = re.compile(r"<[^>]*>|[^<]+")
HIDDEN = re.compile(r"<(svg|math|code)\b.*?</\1>|<a class=\"headerlink\".*?</a>", re.DOTALL)
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
FEATURES = {
    "UW1": (1, 0), "UW2": (1, 1), "UW3": (1, 2), "UW4": (1, 3), "UW5": (1, 4), "UW6": (1, 5),
    "BW1": (2, 1), "BW2": (2, 2), "BW3": (2, 3),
    "TW1": (3, 0), "TW2": (3, 1), "TW3": (3, 2), "TW4": (3, 3),
}  # fmt: skip
"""What the model weighs: how many characters, and where they begin, 3 being just after a break."""
EDGE = "\0\0"
"""What stands around a text: nothing that the model knows."""


class Model:
    """BudouX's model, asked feature by feature instead of character by character.

    That takes two thirds of the time of its own parser, which finds the same phrases.
    """

    def __init__(self, weights: Mapping[str, Mapping[str, int]]) -> None:
        self.features = [(weights.get(name, {}).get, *FEATURES[name]) for name in FEATURES]
        self.least = sum(sum(feature.values()) for feature in weights.values()) / 2
        """What the features of a place weigh together where no phrase ends."""

    def phrases(self, text: str) -> list[str]:
        """Return the phrases of *text*."""
        ones = EDGE + text + EDGE
        twos = list(map(add, ones, ones[1:]))
        grams = {1: ones, 2: twos, 3: list(map(add, twos, ones[2:]))}
        places = zip(
            *(
                map(weight, grams[length][start:], repeat(0))
                for weight, length, start in self.features
            ),
            strict=False,  # the last place is the one before the last character
        )
        ends = [end for end, weights in enumerate(places, 1) if sum(weights) > self.least]
        return [text[start:end] for start, end in pairwise([0, *ends, len(text)])]


class Phrases:
    """The model, loaded when the first Japanese heading needs it."""

    @cached_property
    def _model(self) -> Model:
        return Model(budoux.load_default_japanese_parser().model)

    @cached_property
    def split(self) -> Callable[[str], list[str]]:
        """Splits plain text into phrases; text without Japanese is one.

        A title stands on many pages, so that what was split is remembered.
        """
        return lru_cache(maxsize=4096)(
            lambda text: self._model.phrases(text) if JAPANESE.search(text) else [text]
        )

    def text(self, text: str) -> Markup:
        """Return plain *text* as HTML with a chance to break after each phrase."""
        return Markup("<wbr>".join(escape(part) for part in self.split(text)))  # noqa: S704 - each part is escaped

    def heading(self, html: str) -> str:
        """Return a heading's inner HTML with chances to break in its text."""
        kept: list[str] = []

        def hide(match: re.Match[str]) -> str:
            kept.append(match[0])
            return f"<\0{len(kept) - 1}>"

        parts = [
            piece if piece.startswith("<") else "<wbr>".join(self.split(piece))
            for piece in PIECE.findall(HIDDEN.sub(hide, html))
        ]
        return re.sub(r"<\0(\d+)>", lambda match: kept[int(match[1])], "".join(parts))

    def headings(self, html: str) -> str:
        """Return a page's *html* with chances to break in all its headings."""
        return HEADING.sub(lambda match: match[1] + self.heading(match[3]) + match[4], html)
