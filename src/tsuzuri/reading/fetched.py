"""What `tsuzuri fetch` brought home: files that the writer commits, and their list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

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


@dataclass(frozen=True, slots=True)
class FetchedImage:
    """One image of another site, kept in ours."""

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
        image = image_of(entry)
        path = PurePosixPath(image.path if image else "")
        if image and path.is_relative_to(IMAGES) and ".." not in path.parts:
            images[url] = image
    return images


def image_of(entry: Any) -> FetchedImage | None:
    """Return the image that an *entry* of the manifest describes; nothing when it is none."""
    if not isinstance(entry, dict):
        return None
    names = ("path", "sha256", "type", "fetched")
    texts = {name: entry[name] for name in names if isinstance(entry.get(name), str)}
    size = entry.get("size")
    if len(texts) < len(names) or not isinstance(size, int):
        return None
    return FetchedImage(**texts, size=size)


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
