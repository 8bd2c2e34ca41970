"""From the keys of one file to the values of our fields, and all that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from tsuzuri.problems import Finding, Problem
from tsuzuri.reading.dialects import families, find, rows, spaced_marks
from tsuzuri.reading.kinds import READERS
from tsuzuri.reading.unfit import Place, UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from tsuzuri.reading.dialects import Key
    from tsuzuri.reading.heads import Head
    from tsuzuri.reading.values import Value

PUBLICATION = frozenset({"draft", "date", "publish_from", "expires"})
"""The fields that decide whether a post is public: while one is unclear, it is not."""


@dataclass(slots=True)
class Given:
    """What one key said."""

    value: Any
    key: str
    line: int
    weak: bool


@dataclass(slots=True)
class Gathered:
    """What a file said, field by field."""

    path: str
    values: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    """Field to the key that said it."""
    lines: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    held_back: bool = False

    def add(
        self,
        message: str,
        mend: str,
        line: int,
        *,
        problem: Problem = Problem.FRONT_MATTER,
        about: str = "",
    ) -> None:
        """Note what is wrong on *line*; *about* is the field that stays unclear."""
        self.findings.append(Finding(problem, message, mend, self.path, line))
        self.held_back = self.held_back or about in PUBLICATION


def gather(head: Head, *, path: str, zone: tzinfo) -> Gathered:
    """Read every key of *head*."""
    result = Gathered(path)
    for key, first, second in head.twice:
        known = find(key)
        message = f"{key} is written twice, on lines {first} and {second}"
        result.add(message, "keep one of them", second, about=known.field if known else "")
    marks = spaced_marks()
    spaced = any(key.lower() in marks for key in head.values)
    given: dict[str, Given] = {}
    for name, known, value in keys_of(head, result):
        place = Place(name, zone, spaced)
        try:
            read = READERS[known.kind](value, place)
        except UnfitError as error:
            result.add(f"{name} {error.message}", error.mend, value.line, about=known.field)
            continue
        if read is not None and known.field:
            # Hugo writes a date where Zenn and Jekyll write whether it is published
            target = "date" if known.kind == "published" and not isinstance(read, bool) else ""
            take(Given(read, name, value.line, known.how == "weak"), known, target, given, result)
    for name, item in given.items():
        result.values.setdefault(name, item.value)
        result.keys[name], result.lines[name] = item.key, item.line
    return result


def keys_of(head: Head, result: Gathered) -> Iterator[tuple[str, Key, Value]]:
    """Yield each key of *head* with its row of the table; note those that no tool knows."""
    nested = families()
    for name, value in head.values.items():
        if isinstance(value.data, dict) and name.lower() in nested:
            for inner, member in value.data.items():
                known = find(f"{name}.{inner}")
                if known is None:
                    unknown(f"{name}.{inner}", member.line, result)
                else:
                    yield f"{name}.{inner}", known, member
            continue
        known = find(name)
        if known is None:
            unknown(name, value.line, result)
        else:
            yield name, known, value


def unknown(name: str, line: int, result: Gathered) -> None:
    """Note a key that no tool knows; a slip in one that hides a post hides it too."""
    known = {key.name.lower(): key for _dialect, key in rows() if "*" not in key.name}
    meant = [low for low, key in known.items() if key.field]
    guesses = get_close_matches(name.lower(), meant, n=1) or get_close_matches(
        name.lower(), known, n=1
    )
    nearest = known[guesses[0]] if guesses else None
    mend = f"write {nearest.name} if you meant that;" if nearest else "remove it;"
    result.add(
        f"{name[:60]!r} is a key that no supported tool knows",
        f"{mend} your own data goes below extra:",
        line,
        problem=Problem.UNKNOWN_KEY,
        about=nearest.field if nearest else "",
    )


def take(new: Given, known: Key, target: str, given: dict[str, Given], result: Gathered) -> None:
    """Put what a key said beside what others said about the same field."""
    name = target or known.field
    old = given.get(name)
    if known.how == "adds" and not target:
        merge(name, new, result)
    elif old is None or (old.weak and not new.weak):
        given[name] = new
    elif not new.weak and old.value != new.value:
        result.add(
            f"{old.key} on line {old.line} and {new.key} on line {new.line} "
            "say the same thing differently",
            "keep one of them",
            new.line,
            about=name,
        )


def merge(name: str, new: Given, result: Gathered) -> None:
    """Add what a key said to what others said."""
    old = result.values.get(name)
    if isinstance(new.value, dict):
        result.values[name] = {**(old or {}), **new.value}
    elif isinstance(new.value, tuple):
        result.values[name] = tuple(dict.fromkeys((*(old or ()), *new.value)))
    else:
        result.values[name] = bool(old) or new.value
    result.keys.setdefault(name, new.key)
    result.lines.setdefault(name, new.line)
