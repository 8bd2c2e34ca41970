"""Which posts exist for a reader at this moment, decided before anything is read.

A draft that is read and then hidden leaves traces: in ``_sources``, in a list, in a link's
title.  So the front matter of every new or changed post is looked at first, and a post that is
not published is no document of this build at all.  What was seen is kept with the file's time
and size, and weighed anew at each build: time alone publishes and expires posts.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from tsuzuri.problems import Finding, Problem
from tsuzuri.reading.frontmatter import read_front_matter
from tsuzuri.reading.patterns import is_post

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo


class Publication(Enum):
    """What a post is at a given moment."""

    PUBLISHED = "published"
    DRAFT = "draft"
    FUTURE = "future"
    EXPIRED = "expired"
    UNDATED = "undated"
    """It says neither when it was published nor that it is a draft: held back, with a warning."""
    UNREADABLE = "unreadable"
    """It can't be known what it is: held back, with a warning."""


@dataclass(frozen=True)
class Sighting:
    """What a look at a source file's front matter told."""

    signature: tuple[int, int]
    """Modification time in nanoseconds and size in bytes."""
    post: bool
    slug: str | None = None
    title: str | None = None
    draft: bool = False
    date: datetime | None = None
    """From when on readers may see it."""
    expires: datetime | None = None
    unreadable: bool = False
    findings: tuple[Finding, ...] = ()

    def publication(self, now: datetime) -> Publication:
        """Return what the file is at the moment *now*."""
        expired = self.expires is not None and self.expires <= now
        facts = (
            (self.unreadable, Publication.UNREADABLE),
            (not self.post, Publication.PUBLISHED),
            (self.draft, Publication.DRAFT),
            (self.date is None, Publication.UNDATED),
            (self.date is not None and self.date > now, Publication.FUTURE),
            (expired, Publication.EXPIRED),
        )
        return next((state for true, state in facts if true), Publication.PUBLISHED)


def look_at(file: Path, path: str, *, patterns: Iterable[str], zone: ZoneInfo) -> Sighting:
    """Look at the front matter of *file*, which is *path* relative to the source folder."""
    status = file.stat()
    signature = (status.st_mtime_ns, status.st_size)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        finding = Finding(
            Problem.ENCODING,
            f"the file is not UTF-8: byte {error.object[error.start]:#04x}",
            "save it as UTF-8",
            path,
            line,
        )
        return Sighting(signature, post=True, unreadable=True, findings=(finding,))
    reading = read_front_matter(text, path=path, zone=zone)
    front_matter = reading.front_matter
    post = is_post(path, front_matter, patterns)
    findings = reading.findings if reading.held_back else ()
    if post and not reading.held_back and not front_matter.draft and front_matter.date is None:
        findings = (*reading.findings, _undated(path))
    return Sighting(
        signature,
        post,
        slug=front_matter.slug,
        title=front_matter.title,
        draft=front_matter.draft,
        date=front_matter.visible_from,
        expires=front_matter.expires,
        unreadable=reading.held_back and post,
        findings=findings,
    )


def _undated(path: str) -> Finding:
    return Finding(
        Problem.MISSING_DATE,
        "the post has no date, so it is held back",
        "write `date: 2024-09-12` into its front matter, or `draft: true` while you work on it",
        path,
        1,
    )


def look_again(
    files: Mapping[str, tuple[str, str]],
    seen: Mapping[str, Sighting],
    *,
    patterns: Iterable[str],
    zone: ZoneInfo,
) -> dict[str, Sighting]:
    """Return a sighting of each of *files* (docname to file and path), old ones when unchanged."""
    patterns = tuple(patterns)
    sightings = {}
    for docname, (file, path) in files.items():
        status = os.stat(file)  # noqa: PTH116 - many files, a build
        known = seen.get(docname)
        if known is not None and known.signature == (status.st_mtime_ns, status.st_size):
            sightings[docname] = known
        else:
            sightings[docname] = look_at(Path(file), path, patterns=patterns, zone=zone)
    return sightings
