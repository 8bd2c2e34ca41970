"""The metadata at the top of a file, read once into a typed :class:`FrontMatter`.

:func:`read_front_matter` is the door: text in, a :class:`Reading` out.  It never raises for
bad input; every problem of the file is a :class:`~tsuzuri.problems.Finding`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ConfigDict

from tsuzuri.problems import Finding, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo


class FrontMatter(BaseModel):
    """What a writer says about a post, under one name for one thing, whatever tool it came from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str | None = None
    """Plain text, exactly as written."""
    description: str | None = None
    """One or two sentences for lists, feeds and previews."""
    date: datetime | None = None
    """Publication, time-zone aware; midnight in the site's zone when only a day is given."""
    updated: datetime | None = None
    """Last change that a reader should know of."""
    expires: datetime | None = None
    """From this moment on the post is not published."""
    draft: bool = False
    slug: str | None = None
    """The name other posts refer to it by; one URL segment."""
    aliases: tuple[str, ...] = ()
    """Former addresses, root-relative paths without host (`/old/path/`)."""
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    """Keys of the authors declared in conf.py, or plain names."""
    locations: tuple[str, ...] = ()
    series: str | None = None
    series_order: int | None = None
    """Position in the series; by date when not given."""
    image: str | None = None
    """Path or URL of the image that stands for the post."""
    image_alt: str | None = None
    language: str | None = None
    """BCP 47 tag of the text, when it is not the site's."""
    translations: dict[str, str] = {}
    """Language tag to slug or URL of the same post in that language."""
    canonical: str | None = None
    """URL of the original, when this is a copy."""
    external: str | None = None
    """URL that lists link to instead of the page."""
    blogpost: bool | None = None
    """Says that a page is a post, or is none, whatever its folder."""
    comments: bool = True
    toc: bool = True
    math: bool = True
    sphinx: dict[str, Any] = {}
    """Keys for Sphinx and the theme (`orphan`, `html_theme.*`), passed on as they are."""
    myst: dict[str, Any] = {}
    """MyST's own settings for this file, passed on as they are."""
    extra: dict[str, Any] = {}
    """The writer's own data."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading the top of one file gave."""

    front_matter: FrontMatter
    body: str
    """The text without its front matter, the same number of lines: those above are empty."""
    findings: tuple[Finding, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    """Field name of :class:`FrontMatter` to the line (from 1) on which it was written."""
    held_back: bool = False
    """True when it can't be known whether or when the post is to be published."""


def read_front_matter(text: str, *, path: str, zone: ZoneInfo) -> Reading:
    """Read the front matter of *text*, the file at *path* (relative to the source folder).

    Dates without a zone are meant in *zone*.
    """
    if not text.startswith("---\n"):
        return Reading(FrontMatter(), text)
    head, _, rest = text[4:].partition("\n---\n")
    try:
        data = yaml.safe_load(head) or {}
        if "date" in data:
            data["date"] = datetime.fromisoformat(str(data["date"])).replace(tzinfo=zone)
        front_matter = FrontMatter(**data)
    except (ValueError, yaml.YAMLError) as error:
        finding = Finding(Problem.FRONT_MATTER, str(error), "correct it", path, 1)
        return Reading(FrontMatter(), text, (finding,), held_back=True)
    return Reading(front_matter, "\n" * (head.count("\n") + 3) + rest)
