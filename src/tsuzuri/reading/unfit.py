"""A value in its place, and what to say when it does not fit there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo


class UnfitError(ValueError):
    """A value that its key can't hold: *message* goes on after the key's name."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message, self.mend = message, mend


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands."""

    key: str
    zone: tzinfo
    spaced: bool
    """True when the file's tool separates words of one string by spaces (Jekyll)."""


def shown(written: str) -> str:
    """Return a value as a message quotes it, however long it is."""
    return repr(written if len(written) <= 40 else f"{written[:40]}…")  # noqa: PLR2004
