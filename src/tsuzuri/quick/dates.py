"""Dates in numbers, without asking for a language's words.

Sphinx has Babel parse language and pattern for each number of a date, the year, the month and the
day apart; numbers are the same in every language (60 µs a date, which stands on several pages).
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS: dict[str, Callable[[datetime], str]] = {
    "yyyy": lambda date: f"{date.year:04}",
    "MM": lambda date: f"{date.month:02}",
    "M": lambda date: str(date.month),
    "dd": lambda date: f"{date.day:02}",
    "d": lambda date: str(date.day),
}
"""Babel's patterns for the numbers of a date."""


@cache
def is_known(language: str) -> bool:
    """Tell whether Babel knows a *language*; Sphinx warns of one that it doesn't."""
    try:
        return bool(Locale.parse(language))
    except (ValueError, UnknownLocaleError):
        return False


def numbers(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``babel_format_date``."""

    def babel_format_date(date: Any, format: str, locale: str, formatter: Any = None) -> str:  # noqa: A002 - Sphinx's name
        number = NUMBERS.get(format)
        if number and formatter is format_datetime and type(date) is datetime and is_known(locale):
            return number(date)
        given = {} if formatter is None else {"formatter": formatter}
        return str(own(date, format, locale, **given))

    return babel_format_date


SHORTCUTS = (
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.util.i18n", "babel_format_date", numbers),
)  # fmt: skip
