"""ABlog's own directives, ``post`` and ``update``, read into what the registry knows.

A document with ``.. post:: 2024-09-12`` is a post, in reStructuredText too; ``update`` is a note
that says when a post was changed, and changes the post's date of update.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tsuzuri.problems import Finding, Problem
from tsuzuri.reading.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from tsuzuri.reading.frontmatter import FrontMatter

DIRECTIVES = "tsuzuri_directives"
"""Where the current document's directives are kept until its post is registered."""

FIELDS = {
    "tags": "tags",
    "author": "authors",
    "category": "categories",
    "location": "locations",
    "redirect": "aliases",
}
"""Option of the ``post`` directive to the field of the same meaning; each is a list."""


@dataclass(frozen=True, slots=True)
class Directives:
    """What the directives of one document say."""

    date: str | None = None
    """As written; None where there is no ``post`` directive or it names no date."""
    options: Mapping[str, object] | None = None
    """The ``post`` directive's options; None where there is none."""
    updates: tuple[tuple[str, int], ...] = ()
    """The date of each ``update``, as written, and its line."""


def merge(
    front_matter: FrontMatter, directives: Directives, *, zone: ZoneInfo, path: str
) -> tuple[FrontMatter, list[Finding]]:
    """Return *front_matter* with what *directives* add to it; the directive's word counts."""
    said: dict[str, Any] = {}
    findings: list[Finding] = []
    if directives.options is not None:
        said = {
            field: tuple(name for name in directives.options.get(option) or () if name)  # type: ignore[attr-defined] # a list of names, by FIELDS
            for option, field in FIELDS.items()
        }
        said |= {"title": directives.options.get("title"), "blogpost": True}
        said["aliases"] = tuple(f"/{name.strip('/')}.html" for name in said["aliases"])
        if directives.date:
            said["date"] = _date(directives.date, 1, zone=zone, path=path, findings=findings)
    moments = [
        _date(text, line, zone=zone, path=path, findings=findings)
        for text, line in directives.updates
    ]
    updated = latest([front_matter.updated, *moments])
    if updated is not None:
        said["updated"] = updated
    return replace(front_matter, **{k: v for k, v in said.items() if v}), findings


def latest(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the last of *moments*, or None when there is none."""
    return max((moment for moment in moments if moment is not None), default=None)


def _date(
    text: str, line: int, *, zone: ZoneInfo, path: str, findings: list[Finding]
) -> datetime | None:
    try:
        return parse_date(text, zone)
    except ValueError as error:
        findings.append(
            Finding(
                Problem.FRONT_MATTER,
                f"the directive's date {text!r} can't be read: {error}",
                "write it as 2024-09-12",
                path,
                line,
            )
        )
        return None
