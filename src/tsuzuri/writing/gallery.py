"""The pictures of a site: made in parallel, listed, and complained about."""

from __future__ import annotations

import os
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PIL import Image

from tsuzuri.problems import Finding, Problem
from tsuzuri.writing.pictures import Picture, picture_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.environment import BuildEnvironment


@dataclass
class Gallery:
    """The pictures of all documents, by path in the source folder."""

    pictures: dict[str, Picture] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    """The documents read in this build."""
    cache: Path = Path()
    """Where the pictures' files are."""

    def fill(self, paths: Iterable[str], srcdir: Path, cache: Path, widths: list[int]) -> None:
        """Make what is not there yet of the files *paths*."""
        self.cache = cache
        with warnings.catch_warnings():
            # what is too large is refused in words of our own
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                known = {
                    path: pool.submit(picture_of, srcdir / path, cache, widths)
                    for path in sorted(paths)
                    if (srcdir / path).is_file()
                }
                self.pictures = {path: made.result() for path, made in known.items()}

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield each file in the cache and its name on the site."""
        for path, picture in self.pictures.items():
            for kept, name in picture.files(PurePosixPath(path).stem):
                yield f"{picture.digest}/{kept}", name

    def findings(self, env: BuildEnvironment) -> Iterator[Finding]:
        """Yield what is wrong with the images of the documents read in this build."""
        for path, picture in self.pictures.items():
            if not picture.error:
                continue
            for docname in sorted(self.read & env.images[path][0]):
                shows = "shows its text instead" if not picture.usable else "may show nothing"
                document = Path(env.doc2path(docname))
                yield Finding(
                    Problem.IMAGE,
                    f"{path}: {picture.error}",
                    f"save it anew in its program; until then the page {shows}",
                    document.relative_to(env.srcdir).as_posix(),
                    line_of(PurePosixPath(path).name, document),
                )


def line_of(name: str, document: Path) -> int:
    """Return the first line of a *document* that names an image file, or else its first."""
    lines = document.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if name in unquote(line)), 1)
