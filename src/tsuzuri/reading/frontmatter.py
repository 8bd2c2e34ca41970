"""The metadata at the top of a file, read once into a typed :class:`FrontMatter`.

:func:`read_front_matter` is the door: text in, a :class:`Reading` out.  It never raises for
bad input; every problem of the file is a :class:`~tsuzuri.problems.Finding`.

The way there: :mod:`~tsuzuri.reading.blocks` cuts the text in two, :mod:`~tsuzuri.reading.heads`
reads the notation, :mod:`~tsuzuri.reading.dialects` names what each key means,
:mod:`~tsuzuri.reading.kinds` reads its value, :mod:`~tsuzuri.reading.gather` brings the keys of
one file together, and :mod:`~tsuzuri.reading.fields` checks what each field admits.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tsuzuri.problems import Finding, Problem
from tsuzuri.reading.blocks import split
from tsuzuri.reading.dates import from_file_name
from tsuzuri.reading.dialects import PELICAN
from tsuzuri.reading.fields import check_slug, checked
from tsuzuri.reading.gather import Gathered, gather
from tsuzuri.reading.heads import Head, UnreadableError, read_headers
from tsuzuri.reading.toml_head import read_toml
from tsuzuri.reading.unfit import UnfitError
from tsuzuri.reading.yaml_head import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from tsuzuri.reading.blocks import Block


REMEMBERED = 2**14
"""Front matters kept in memory, some 2 kB each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What a writer says about a post, under one name for one thing, whatever tool it came from."""

    title: str | None = None
    """Plain text, exactly as written."""
    description: str | None = None
    """One or two sentences for lists, feeds and previews."""
    date: datetime | None = None
    """Publication, time-zone aware; midnight in the site's zone when only a day is given."""
    updated: datetime | None = None
    """Last change that a reader should know of."""
    publish_from: datetime | None = None
    """Before this moment the post is not published, whatever its date."""
    expires: datetime | None = None
    """From this moment on the post is not published."""
    draft: bool = False
    """True keeps the post out of everything but previews."""
    slug: str | None = None
    """The name other posts refer to it by; one URL segment."""
    aliases: tuple[str, ...] = ()
    """Former addresses, root-relative paths without host (`/old/path/`)."""
    tags: tuple[str, ...] = ()
    """What it is about."""
    categories: tuple[str, ...] = ()
    """What kind of text it is; most blogs need tags only."""
    authors: tuple[str, ...] = ()
    """Keys of the authors declared in conf.py, or plain names."""
    locations: tuple[str, ...] = ()
    """Where it was written."""
    series: str | None = None
    """The name of the series it is a part of."""
    series_order: int | None = None
    """Position in the series; by date when not given."""
    image: str | None = None
    """Path or URL of the image that stands for the post."""
    image_alt: str | None = None
    """What that image shows, for those who do not see it."""
    language: str | None = None
    """BCP 47 tag of the text, when it is not the site's."""
    translations: dict[str, str] = field(default_factory=dict)
    """Language tag to slug or URL of the same post in that language."""
    canonical: str | None = None
    """URL of the original, when this is a copy."""
    external: str | None = None
    """URL that lists link to instead of the page."""
    blogpost: bool | None = None
    """Says that a page is a post, or is none, whatever its folder."""
    comments: bool = True
    """False: no comments below this post."""
    toc: bool = True
    """False: no table of contents beside this post."""
    math: bool = True
    """False: `$` is an ordinary character in this post."""
    abbreviations: dict[str, str] = field(default_factory=dict)
    """Abbreviation to what it stands for, shown where the text uses it."""
    sphinx: dict[str, Any] = field(default_factory=dict)
    """Keys for Sphinx and the theme (`orphan`, `html_theme.*`), passed on as they are."""
    myst: dict[str, Any] = field(default_factory=dict)
    """MyST's own settings for this file, passed on as they are."""
    extra: dict[str, Any] = field(default_factory=dict)
    """The writer's own data."""

    @property
    def visible_from(self) -> datetime | None:
        """The moment from which readers may see it; None when it has no date."""
        moments = [moment for moment in (self.date, self.publish_from) if moment is not None]
        return max(moments, default=None)


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
    block = split(text, is_pelican)
    return replace(read_block(replace(block, body=""), path, zone), body=block.body)


@lru_cache(maxsize=REMEMBERED)
def read_block(block: Block, path: str, zone: ZoneInfo) -> Reading:
    """Read the front matter that *block* is; the same is asked for twice in a build.

    First for whether the post is published at all, by all posts, then for each that is read.
    """
    try:
        head = read_head(block)
    except UnreadableError as error:
        finding = Finding(Problem.FRONT_MATTER, error.message, error.mend, path, error.line)
        return Reading(fallback(path, zone), block.body, (finding,), held_back=True)
    gathered = gather(head, path=path, zone=zone)
    complete(gathered, zone)
    front_matter = validate(gathered)
    findings = tuple(sorted(gathered.findings, key=lambda finding: finding.line or 0))
    return Reading(front_matter, block.body, findings, gathered.lines, gathered.held_back)


def body_of(text: str) -> str:
    """Return *text* as :func:`read_front_matter` does, without reading what stands above it."""
    return split(text, is_pelican).body


def is_pelican(name: str) -> bool:
    """Say whether a text whose first line begins with ``name:`` begins with header lines."""
    return name.lower() in {"title", "date"} or name.lower() in {
        key.name.lower() for key in PELICAN.keys if key.field
    }


def read_head(block: Block) -> Head:
    """Read the notation of *block*."""
    if block.trouble is not None:
        raise UnreadableError(*block.trouble)
    match block.kind:
        case "yaml":
            return read_yaml(block.head, block.first_line)
        case "toml":
            return read_toml(block.head, block.first_line)
        case "headers":
            return read_headers(block.head, block.first_line)
        case _:
            return Head()


def fallback(path: str, zone: ZoneInfo) -> FrontMatter:
    """Return what the path alone says."""
    date, slug = from_file_name(path, zone)
    return FrontMatter(date=date, slug=None if slug is None else safe_slug(slug))


def safe_slug(slug: str) -> str | None:
    """Return the part of a file name that can be a slug, when it can."""
    try:
        return check_slug(slug)
    except UnfitError:
        return None


def complete(gathered: Gathered, zone: ZoneInfo) -> None:
    """Fill in what follows from the rest: dates from each other, date and slug from the path."""
    values = gathered.values
    date, slug = from_file_name(gathered.path, zone)
    if "date" not in values:
        found = values.get("publish_from") or date or values.get("updated")
        if found is not None:
            values["date"] = found
    if "slug" not in values and slug is not None:
        values["slug"] = safe_slug(slug)
    if gathered.keys.get("series_order", "").lower() == "weight" and "series" not in values:
        del values["series_order"]


def validate(gathered: Gathered) -> FrontMatter:
    """Return what was gathered; a value that its field does not admit is a finding and left out."""
    values: dict[str, Any] = {}
    for item in fields(FrontMatter):
        name = item.name
        if name not in gathered.values:
            continue
        value, errors = checked(name, gathered.values[name])
        if not errors:
            values[name] = value
        key, line = gathered.keys.get(name, name), gathered.lines.get(name, 1)
        for error in errors:
            gathered.add(f"{key} {error.message}", error.mend, line, about=name)
    return FrontMatter(**values)
