"""Images and other files of a post: where they are, and where they go."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tsuzuri.workshop.importing.collect import Source
    from tsuzuri.workshop.importing.tools import Project

ADDRESSES = re.compile(
    r"""\]\(\s*<([^<>\n]+)>|\]\(\s*((?:[^\s()<>]|\([^\s()]*\))+)"""
    r"""|\b(?:src|href|poster)\s*=\s*["']([^"'\n]+)["']"""
    r"""|^ {0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*(\S+)|^```\{(?:figure|image)\} (\S+)""",
    re.MULTILINE,
)
IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico"})
PELICAN = re.compile(r"^(?:\{(?:static|attach|filename)\}|\|(?:static|attach)\|)")
FOLDER = "images"
"""Where files go that did not lie beside the text."""


@dataclass(slots=True)
class Files:
    """The files that come along: each with its place below our folder of posts."""

    project: Project
    targets: dict[Path, PurePosixPath] = field(default_factory=dict)

    def address_of(self, address: str, source: Source) -> tuple[Path | None, str]:
        """Return the file that *address* means in *source*, and the address it will have."""
        path, tail = split_address(address, self.project.base_urls)
        if not path:
            return None, address
        file = self.find(path, source)
        if file is None:
            return None, address
        target = self.place(file, source)
        new = posixpath.relpath(target.as_posix(), source.target.parent.as_posix())
        # paths of images are not decoded by MyST: what was %20 there has to be a space here
        return file, address if posixpath.normpath(path) == new else new + tail

    def find(self, path: str, source: Source) -> Path | None:
        """Return the file of the project at *path*, seen from *source*."""
        plain = unquote(PELICAN.sub("", path))
        for candidate in self.candidates(plain, source):
            try:
                if candidate.is_file() and self.is_ours(candidate):
                    return candidate.resolve()
            except (OSError, ValueError):
                return None
        return None

    def candidates(self, path: str, source: Source) -> Iterator[Path]:
        """Yield where *path* may be meant to lead, the likeliest first."""
        root = self.project.root
        if not path.startswith("/"):
            yield source.path.parent / path
            for prefix, folder in self.project.tool.shortcuts:
                if path.startswith(prefix):
                    yield root / folder / path.removeprefix(prefix)
        for folder in self.project.tool.served:
            yield root / folder / path.lstrip("/")

    def is_ours(self, file: Path) -> bool:
        """Say whether *file* lies in the project, and is no text of its own."""
        inside = file.resolve().is_relative_to(self.project.root.resolve())
        return inside and file.suffix.lower() not in {".md", ".mdx", ".markdown"}

    def place(self, file: Path, source: Source) -> PurePosixPath:
        """Return the place of *file*: beside its text when it was there, else in one folder."""
        known = self.targets.get(file)
        if known is not None:
            return known
        content = source.path.parents[len(source.name.parts) - 1].resolve()
        if file.is_relative_to(content) and source.path.suffix:
            target = PurePosixPath(file.relative_to(content).as_posix())
        else:
            target = PurePosixPath(FOLDER, self.below_served(file))
        self.targets[file] = self.free(target, file)
        return self.targets[file]

    def below_served(self, file: Path) -> str:
        """Return the path of *file* below the folder that serves it, the deepest there is."""
        root = self.project.root.resolve()
        folders = [root / name for name in self.project.tool.served]
        folders += [root / folder for _prefix, folder in self.project.tool.shortcuts]
        inside = [folder for folder in folders if file.is_relative_to(folder)]
        base = max(inside, key=lambda folder: len(folder.parts), default=root)
        path = file.relative_to(base).as_posix()
        return path.removeprefix("images/").removeprefix("assets/")

    def free(self, target: PurePosixPath, file: Path) -> PurePosixPath:
        """Return *target*, or one like it when another file has that place."""
        taken = {place.as_posix().lower(): path for path, place in self.targets.items()}
        count = 1
        found = target
        while taken.get(found.as_posix().lower(), file) != file:
            count += 1
            found = target.with_name(f"{target.stem}-{count}{target.suffix}")
        return found

    def beside(self, source: Source) -> None:
        """Take along the files in the folder of *source*, whether its text names them or not."""
        folder = source.path.parent
        for path in sorted(folder.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if path.is_file() and not hidden and self.is_ours(path):
                self.place(path.resolve(), source)


def split_address(address: str, bases: tuple[str, ...]) -> tuple[str, str]:
    """Return the path of *address* in the project and what follows it; no path, no file."""
    for base in bases:
        if address.startswith(f"{base}/"):
            address = address.removeprefix(base)
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    if parts.scheme or parts.netloc or not parts.path:
        return "", ""
    tail = (f"?{parts.query}" if parts.query else "") + (
        f"#{parts.fragment}" if parts.fragment else ""
    )
    return parts.path, tail


def can_be_read(address: str) -> bool:
    """Say whether *address* may name a file or a page at all.

    >>> can_be_read("a.png"), can_be_read("http://["), can_be_read("a%00.png")
    (True, False, False)
    """
    try:
        urlsplit(address)
    except ValueError:
        return False
    return "\0" not in unquote(address)


def is_image(address: str) -> bool:
    """Say whether *address* ends as an image's does."""
    return PurePosixPath(urlsplit(address).path).suffix.lower() in IMAGES
