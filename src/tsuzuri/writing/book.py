"""EPUB as readers of books want it: well-formed pages, and a list that says what they hold.

Sphinx's builder copies raw HTML as it is and does not declare formulas and drawings in the
book's list of files (https://www.w3.org/TR/epub-33/#sec-item-resource-properties).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree
from sphinx.builders.epub3 import Epub3Builder

from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.svg import SvgError, clean
from tsuzuri.writing.xhtml import well_formed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

OPF = "{http://www.idpf.org/2007/opf}"
FOR_BROWSERS = ("_static/tsuzuri-search",)
"""Folders that only a site has a use for."""
PAGE = "application/xhtml+xml"
DRAWING_ROLE = re.compile(r'(<svg\b[^>]*?)\s+role="(?!(?:img|document|application)")[^"]*"')
REMOTE = re.compile(r'<(?:img|audio|video|source)\b[^>]*\ssrc="https?:')


class Book(Epub3Builder):
    """Sphinx's builder of EPUB 3, with pages and list put right before they are packed."""

    def copy_extra_files(self) -> None:
        """Leave out what is meant for a web server."""

    def build_content(self) -> None:
        """Put pages and drawings right, then write the list of files and complete it."""
        folder = Path(self.outdir)
        for name in FOR_BROWSERS:
            shutil.rmtree(folder / name, ignore_errors=True)
        for path in sorted(folder.rglob("*.xhtml")):
            text = path.read_text(encoding="utf-8")
            write_if_changed(path, DRAWING_ROLE.sub(r"\1", well_formed(text)))
        for path in sorted(folder.rglob("*.svg")):
            try:
                write_if_changed(path, clean(path.read_bytes())[0])
            except SvgError:
                path.unlink()
        kept = Path(self.doctreedir)
        if kept.is_relative_to(folder):
            # what is kept between builds lies in the output folder unless told otherwise
            names = (str(path.relative_to(folder)) for path in sorted(kept.rglob("*")))
            self.config.epub_exclude_files = [*self.config.epub_exclude_files, *names]
        super().build_content()
        content = folder / "content.opf"
        write_if_changed(content, completed(content.read_bytes(), folder))


def completed(content: bytes, folder: Path) -> bytes:
    """Return the list of files with what each page holds, and without empty statements."""
    root = etree.fromstring(content)
    for item in root.iter(f"{OPF}item"):
        if item.get("media-type") == PAGE:
            path = folder / unquote(item.get("href", ""))
            if path.is_file() and (held := list(properties(path.read_text(encoding="utf-8")))):
                before = item.get("properties", "").split()
                item.set("properties", " ".join(dict.fromkeys([*before, *held])))
    for meta in list(root.iter(f"{OPF}meta")):
        parent = meta.getparent()
        if parent is not None and meta.get("property") and not (meta.text or "").strip():
            parent.remove(meta)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def properties(page: str) -> Iterator[str]:
    """Yield what a reader must know of a *page* before it opens it."""
    if "<math" in page:
        yield "mathml"
    if "<svg" in page:
        yield "svg"
    if REMOTE.search(page):
        yield "remote-resources"


def setup_book(app: Sphinx) -> None:
    """Build EPUB with our builder; Sphinx's own has the same name."""
    app.add_builder(Book, override=True)
