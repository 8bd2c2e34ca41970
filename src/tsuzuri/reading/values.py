"""A value of the front matter before it means anything: written text, list or mapping.

YAML, TOML and header lines all become these, so that one set of rules reads them.  A scalar
keeps its spelling: ``1.10``, ``no`` and ``2024`` are still what the writer typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

NULL = frozenset({"", "~", "null", "Null", "NULL"})
TRUE = frozenset({"true", "yes", "on"})
FALSE = frozenset({"false", "no", "off"})
NUMBER = re.compile(r"[-+]?(?:\d[\d_]*)(?:\.\d*)?(?:[eE][-+]?\d+)?")
INTEGER = re.compile(r"[-+]?\d{1,18}")


@dataclass(slots=True)
class Value:
    """One value; a member of a mapping has the line of its key."""

    data: str | list[Value] | dict[str, Value]
    line: int
    plain: bool = False
    """True for a scalar without quotes, which may mean a number, a truth value or nothing."""

    @property
    def is_null(self) -> bool:
        """Say whether nothing was written, or ``null``."""
        return self.plain and isinstance(self.data, str) and self.data in NULL

    @property
    def is_number(self) -> bool:
        """Say whether a number was written, without quotes."""
        return self.plain and isinstance(self.data, str) and NUMBER.fullmatch(self.data) is not None

    @property
    def shape(self) -> str:
        """What it is, in a writer's words."""
        if isinstance(self.data, list):
            return "a list"
        if isinstance(self.data, dict):
            return "a mapping"
        if self.is_null:
            return "nothing"
        return "a number" if self.is_number else "text"


def truth(text: str) -> bool | None:
    """Return the truth value that *text* spells in YAML 1.1 or TOML, if it does."""
    word = text.lower()
    return True if word in TRUE else False if word in FALSE else None


def native(value: Value) -> Any:
    """Return *value* as plain Python data, for settings that are passed on as they are."""
    data = value.data
    if isinstance(data, list):
        return [native(item) for item in data]
    if isinstance(data, dict):
        return {key: native(item) for key, item in data.items()}
    return scalar(data) if value.plain else data


def scalar(written: str) -> str | float | bool | None:
    """Return what a scalar without quotes means; dates stay text."""
    if written in NULL:
        return None
    known = truth(written)
    if known is not None:
        return known
    if INTEGER.fullmatch(written):
        return int(written)
    return float(written) if NUMBER.fullmatch(written) and "_" not in written else written
