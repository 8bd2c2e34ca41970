"""The site a command works on: its folder, its settings, its posts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tsuzuri.config import PREFIX, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

SUFFIXES = frozenset({".md", ".markdown"})


class CannotRunError(click.ClickException):
    """A command that has no way to begin: exit status 2."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Site:
    """A folder with a conf.py."""

    root: Path
    settings: Settings
    conf: dict[str, Any]
    """The names that conf.py defines."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the site."""
        return self.settings.zone

    @property
    def post_patterns(self) -> tuple[str, ...]:
        """The glob patterns of posts."""
        patterns = self.conf.get("blog_post_pattern", ["posts/**/*.md"])
        return (patterns,) if isinstance(patterns, str) else tuple(patterns)

    def sources(self) -> Iterator[Path]:
        """Yield the site's Markdown files, in a stable order, as the build would find them."""
        from sphinx.util.matching import get_matching_files  # noqa: PLC0415 - only to list files

        from tsuzuri.defaults import NO_SOURCES, SOURCES  # noqa: PLC0415 - likewise

        include = self.conf.get("include_patterns", SOURCES)
        exclude = [*self.conf.get("exclude_patterns", NO_SOURCES), "_build", ".venv"]
        for name in sorted(get_matching_files(self.root, include, exclude)):
            path = self.root / name
            if path.suffix in SUFFIXES:
                yield path


def find_site(start: Path | None = None) -> Site:
    """Return the site in the folder *start*, by default the current one, or in one above it."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "conf.py").is_file():
            return read_site(folder)
    raise CannotRunError(f"there is no conf.py in {here} nor above it; run this in a site's folder")


def read_site(folder: Path) -> Site:
    """Return the site in *folder*, which has a conf.py."""
    from sphinx.config import eval_config_file  # noqa: PLC0415 - costs what `--help` can do without
    from sphinx.errors import ConfigError  # noqa: PLC0415 - likewise
    from sphinx.util.tags import Tags  # noqa: PLC0415 - likewise

    try:
        conf = eval_config_file(folder / "conf.py", Tags())
    except ConfigError as error:
        raise CannotRunError(str(error)) from error
    known = {item.name for item in fields(Settings)}
    given = {name: conf[PREFIX + name] for name in known if PREFIX + name in conf}
    settings = Settings(**given)
    try:
        _ = settings.zone
    except (ValueError, KeyError, OSError) as error:
        raise CannotRunError(f"tsuzuri_timezone: {settings.timezone!r} is no time zone") from error
    return Site(folder, settings, conf)
