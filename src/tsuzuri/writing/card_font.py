"""A font with Japanese for the social cards: the one that is set, or one that is installed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from PIL import ImageFont

INSTALLED = (
    # Debian and Ubuntu (fonts-noto-cjk), Fedora, Arch, Alpine; in a collection, 0 is Japanese
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf",
    # macOS
    "/System/Library/Fonts/ヒラギノ角ゴシック W6.ttc",
    "/System/Library/Fonts/Hiragino Sans W6.ttc",
    # Windows
    "C:/Windows/Fonts/BIZ-UDGothicB.ttc",
    "C:/Windows/Fonts/YuGothB.ttc",
    "C:/Windows/Fonts/meiryob.ttc",
)
"""Where systems keep a bold Japanese font; in this order, so that the choice is the same twice."""

ADVICE = (
    "no social cards: no font with Japanese is installed; install one (on Debian and Ubuntu "
    "`apt install fonts-noto-cjk`, on Read the Docs `apt_packages: [fonts-noto-cjk]` under "
    "`build` in .readthedocs.yaml), name one in tsuzuri_social_card_font, or say "
    "`tsuzuri_social_cards = False`"
)
NO_CHARACTER = "\U0010fffe"
"""A code point that is none: what a font draws for it is its tofu."""


@dataclass
class CardFont:
    """One font file in the sizes that a card needs."""

    path: str
    index: int = 0
    _sizes: dict[int, ImageFont.FreeTypeFont] = field(default_factory=dict)
    _has: dict[str, bool] = field(default_factory=dict)
    _lengths: dict[tuple[str, int], float] = field(default_factory=dict)

    def at(self, size_px: int) -> ImageFont.FreeTypeFont:
        """Return the font at a size; laid out the same way whatever libraries are installed."""
        if size_px not in self._sizes:
            self._sizes[size_px] = ImageFont.truetype(
                self.path, size_px, index=self.index, layout_engine=ImageFont.Layout.BASIC
            )
        return self._sizes[size_px]

    def length(self, text: str, size_px: int) -> float:
        """Return how wide *text* is, in pixels."""
        key = (text, size_px)
        if key not in self._lengths:
            self._lengths[key] = self.at(size_px).getlength(text)
        return self._lengths[key]

    def has(self, char: str) -> bool:
        """Return whether the font has *char*, rather than a box in its place."""
        if char not in self._has:
            self._has[char] = char.isspace() or self._drawn(char) != self._drawn(NO_CHARACTER)
        return self._has[char]

    def _drawn(self, char: str) -> tuple[tuple[int, int], bytes]:
        mask = self.at(24).getmask(char)
        return mask.size, bytes(mask)

    def drawable(self, text: str) -> str:
        """Return *text* without the characters that the font has not."""
        return " ".join("".join(char for char in text if self.has(char)).split())

    @property
    def identity(self) -> str:
        """What tells one font file from another, cheap enough for every build."""
        file = Path(self.path)
        with file.open("rb") as opened:
            head = opened.read(4096)
        return hashlib.sha256(head + str(file.stat().st_size).encode()).hexdigest()[:16]


def find_font(chosen: str, srcdir: Path) -> CardFont | None:
    """Return the *chosen* font, or else an installed one that has Japanese; or None."""
    if chosen:
        return CardFont(str(srcdir / chosen))
    for path in INSTALLED:
        if Path(path).is_file():
            return CardFont(path)
    return asked_of_fontconfig()


def asked_of_fontconfig() -> CardFont | None:
    """Return the bold Japanese font that the system would show, where fontconfig is installed."""
    program = shutil.which("fc-match")
    if program is None:
        return None
    command = [program, "-f", "%{file}|%{index}", "sans:lang=ja:bold"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603 - no input of anyone's
    path, _, index = answer.partition("|")
    if not Path(path).is_file():
        return None
    font = CardFont(path, int(index) if index.isdecimal() else 0)
    try:
        return font if all(font.has(char) for char in "あ漢") else None
    except OSError:  # a format that Pillow can't read
        return None
