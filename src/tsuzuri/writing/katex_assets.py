"""The style and the fonts of formulas, for pages that have one."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.katex_engine import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = re.compile(r"src:(url\([^)]*\.woff2\) format\(\"woff2\"\))[^;}]*")


def style() -> str:
    """Return KaTeX's style, which names every font in its smallest format only, and ours."""
    katex = (FOLDER / "katex.min.css").read_text(encoding="utf-8")
    ours = (FOLDER / "formulas.css").read_text(encoding="utf-8")
    return SOURCE.sub(r"src:\1", katex) + ours


def write_assets(target: Path) -> None:
    """Write style, script and fonts into *target*; a browser loads the fonts that it meets."""
    write_if_changed(target / "formulas.css", style().encode())
    write_if_changed(target / "formulas.js", (FOLDER / "formulas.js").read_bytes())
    write_if_changed(target / "LICENSE", (FOLDER / "LICENSE").read_bytes())
    for font in sorted((FOLDER / "fonts").glob("*.woff2")):
        write_if_changed(target / "fonts" / font.name, font.read_bytes())


def remove_assets(target: Path) -> None:
    """Take away what a former build of a site with formulas left."""
    shutil.rmtree(target, ignore_errors=True)
