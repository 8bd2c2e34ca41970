"""What `tsuzuri fetch` brought home: files that the writer commits, and their list."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

FOLDER = "_fetched"
"""In the source folder."""
MANIFEST = f"{FOLDER}/manifest.json"
CARDS = f"{FOLDER}/cards.json"
IMAGES = f"{FOLDER}/images"

SCHEMES = {
    "gh-light-mode-only": "only-light",
    "only-light": "only-light",
    "gh-dark-mode-only": "only-dark",
    "only-dark": "only-dark",
}
"""The end of an image's address, as GitHub and Material for MkDocs write it, to our class."""


class FetchedImage(BaseModel):
    """One image of another site, kept in ours."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    path: str
    """Relative to the source folder."""
    sha256: str
    type: str
    """Media type, told from the content."""
    size: int
    """In bytes."""
    fetched: str
    """The day, as YYYY-MM-DD."""


def read_manifest(srcdir: Path) -> dict[str, FetchedImage]:
    """Return the fetched images by URL; what can't be read, or points elsewhere, is left out."""
    images = {}
    for url, entry in read_json(srcdir / MANIFEST).items():
        try:
            image = FetchedImage.model_validate(entry)
        except ValidationError:
            continue
        path = PurePosixPath(image.path)
        if path.is_relative_to(IMAGES) and ".." not in path.parts:
            images[url] = image
    return images


def read_json(path: Path) -> dict[str, Any]:
    """Return the JSON object in *path*; an empty one when there is none, or none readable."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def address_of(uri: str) -> str:
    """Return *uri* when it is an image on another site, as the manifest has it; else nothing."""
    if uri.startswith("//"):
        uri = f"https:{uri}"
    return uri if uri.lower().startswith(("http://", "https://")) else ""
