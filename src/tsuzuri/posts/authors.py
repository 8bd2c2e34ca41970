"""Who writes: the profiles that conf.py declares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tsuzuri.config import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.config import Config


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, as readers are told."""

    key: str
    """The name under which posts refer to the author."""
    name: str
    url: str = ""
    avatar: str = ""
    """A path in the source folder, or a URL."""
    bio: str = ""


def read_authors(
    profiles: Mapping[str, Mapping[str, str]], blog_authors: Mapping[str, tuple[str, str | None]]
) -> dict[str, Author]:
    """Merge *profiles* (``tsuzuri_authors``) over ABlog's own ``blog_authors``."""
    authors = {key: Author(key, name, url or "") for key, (name, url) in blog_authors.items()}
    for key, profile in profiles.items():
        known = authors.get(key, Author(key, key))
        authors[key] = Author(
            key,
            profile.get("name", known.name),
            profile.get("url", known.url),
            profile.get("avatar", ""),
            profile.get("bio", ""),
        )
    return authors


def authors_of(config: Config) -> dict[str, Author]:
    """Return the authors that *config* declares, in either way."""
    return read_authors(Settings.of(config).authors, config.blog_authors)
