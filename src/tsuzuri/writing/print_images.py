"""Copies of images for books and for print, which know fewer formats than browsers."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from PIL import Image
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from tsuzuri.writing.gallery import Gallery
    from tsuzuri.writing.pictures import Picture

IN_BOOKS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg"})
IN_PRINT = frozenset({".png", ".jpg", ".jpeg"})
DRAWER = "rsvg-convert"
SECONDS = 60


def copy_for(picture: Picture, cache: Path, known: frozenset[str]) -> Path | None:
    """Return a file that shows *picture* in a format that is *known*; None when there is no way."""
    folder = cache / picture.digest
    if not picture.usable:
        return None
    if picture.suffix in known:
        return folder / picture.file
    if picture.suffix == ".svg":
        return made(folder / "print.pdf", lambda target: draw(folder / picture.file, target))
    return made(folder / "print.png", lambda target: convert(folder / picture.file, target))


def made(target: Path, make: Any) -> Path | None:
    """Return *target*, made if it is not there, whole or not at all."""
    if target.exists():
        return target
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        temporary = Path(folder) / target.name
        if not make(temporary):
            return None
        temporary.replace(target)
    return target


def convert(source: Path, target: Path) -> bool:
    """Write the first picture of *source* as PNG."""
    try:
        with Image.open(source) as image:
            has_alpha = image.has_transparency_data
            image.convert("RGBA" if has_alpha else "RGB").save(target, "PNG")
    except (OSError, SyntaxError, ValueError):
        return False
    return True


def draw(source: Path, target: Path) -> bool:
    """Write the SVG *source* as PDF, where the machine has librsvg's program."""
    program = shutil.which(DRAWER)
    if program is None:
        return False
    command = [program, "--format", "pdf", "--output", str(target), str(source)]
    done = subprocess.run(command, check=False, capture_output=True, timeout=SECONDS)  # noqa: S603 - a fixed program and files of ours
    return done.returncode == 0 and target.exists()


class PrintImages(SphinxPostTransform):
    """Gives LaTeX files that it can read, and the text of an image that it can't."""

    default_priority = 300
    formats = ("latex",)
    gallery: ClassVar[Gallery]

    def run(self, **_kwargs: Any) -> None:
        """Change the image nodes in place."""
        for node in list(self.document.findall(nodes.image)):
            path = node["candidates"].get("*", "")
            picture = self.gallery.pictures.get(path)
            copy = picture and copy_for(picture, self.gallery.cache, IN_PRINT)
            if picture is None and (not path or path in self.env.images):
                continue
            if picture is None or copy is None:  # a file that is missing would stop LaTeX
                alt = node.get("alt", "")
                text = nodes.inline("", f"[{alt}]" if alt else "")
                block = not isinstance(node.parent, nodes.TextElement)
                node.replace_self(nodes.paragraph("", "", text) if block else text)
                continue
            name = f"{PurePosixPath(path).stem}.{picture.digest[:10]}".replace(".", "-")
            node["uri"] = str(copy)
            node["candidates"] = {"*": str(copy)}
            self.app.builder.images[str(copy)] = f"{name}{copy.suffix}"
