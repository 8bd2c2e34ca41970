"""What a key's value may look like, and what it becomes: one small function a kind.

A function takes the value and the :class:`Place` it stands in, and returns what the field
holds, or None when nothing was said; it raises :class:`UnfitError` for a value it can't read.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from tsuzuri.reading.dates import parse_date
from tsuzuri.reading.unfit import Place, UnfitError, shown
from tsuzuri.reading.values import INTEGER, Value, truth
from tsuzuri.reading.words import data, member, one, people, prose, text, texts, unique, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Kind = Literal[
    "text", "prose", "one", "words", "people", "date", "flag", "unflag", "published", "private",
    "status", "number", "image", "language", "path", "paths", "pages", "texts", "data", "member",
    "unused",
]  # fmt: skip

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
PUBLIC_STATUS = frozenset({"published", "publish", "public", "new", "deprecated"})
HELD_STATUS = frozenset({"draft", "hidden", "skip", "private", "unlisted"})


def date(value: Value, place: Place) -> Any:
    """Return a moment."""
    if value.is_null or value.data == "":
        return None
    if not isinstance(value.data, str):
        raise UnfitError(f"must be a date, not {value.shape}", "write it as 2024-09-12")
    try:
        return parse_date(value.data, place.zone)
    except ValueError as error:
        reason = "" if str(error) == "not a date" else f" ({error})"
        raise UnfitError(
            f"is {shown(value.data)}, which is no date{reason}",
            "write it as 2024-09-12 or 2024-09-12 10:00",
        ) from None


def flag(value: Value, place: Place) -> bool | None:
    """Return a truth value."""
    if value.is_null:
        return None
    known = truth(value.data) if isinstance(value.data, str) else None
    if known is None:
        written = shown(value.data) if isinstance(value.data, str) else value.shape
        raise UnfitError(
            f"must be true or false, not {written}", f"write {place.key}: true or false"
        )
    return known


def unflag(value: Value, place: Place) -> bool | None:
    """Return the contrary of a truth value."""
    known = flag(value, place)
    return None if known is None else not known


def published(value: Value, place: Place) -> Any:
    """Return whether it is a draft; Hugo writes a date under this name."""
    if isinstance(value.data, str) and truth(value.data) is None and not value.is_null:
        return date(value, place)
    return unflag(value, place)


def private(value: Value, place: Place) -> bool | None:
    """Return True for what must not be public; False says nothing."""
    return flag(value, place) or None


def status(value: Value, place: Place) -> bool | None:
    """Return True for a status that keeps a page from readers."""
    name = (text(value, place) or "").lower()
    if name and name not in PUBLIC_STATUS | HELD_STATUS:
        raise UnfitError(f"is {shown(name)}, which no tool knows", "write draft or published")
    return name in HELD_STATUS or None


def number(value: Value, place: Place) -> int | None:
    """Return a whole number."""
    if value.is_null:
        return None
    if not isinstance(value.data, str) or not INTEGER.fullmatch(value.data.strip()):
        written = shown(value.data) if isinstance(value.data, str) else value.shape
        raise UnfitError(f"must be a whole number, not {written}", f"write {place.key}: 1")
    return int(value.data)


def image(value: Value, place: Place) -> str | None:
    """Return a path or URL; of several images, the first."""
    if isinstance(value.data, list):
        return image(value.data[0], place) if value.data else None
    if value.is_number or (value.plain and value.data == "false"):
        return None
    return text(value, place)


def language(value: Value, place: Place) -> str | None:
    """Return a language tag, also for a language's English or own name (ABlog)."""
    name = text(value, place)
    if name is None or LANGUAGE.fullmatch(name):
        return name and name.replace("_", "-")
    from babel import Locale  # noqa: PLC0415 - 30 ms that only a name, not a tag, has to pay

    for code in ("en", "ja", "fr", "de", "es", "it", "pt", "ko", "zh", "ru"):
        for tag, known in Locale(code).languages.items():
            if known.lower() == name.lower() and LANGUAGE.fullmatch(tag):
                return str(tag).replace("_", "-")
    raise UnfitError(f"is {shown(name)}, which is no language", "write its tag, as in ja or en-GB")


def path(value: Value, place: Place) -> tuple[str, ...] | None:
    """Return a former address; a pattern with placeholders (Jekyll, Hugo) says nothing."""
    address = text(value, place)
    return None if address is None or ":" in urlsplit(address).path else (rooted(address),)


def paths(value: Value, place: Place) -> tuple[str, ...] | None:
    """Return former addresses, one or a list."""
    if isinstance(value.data, list):
        written = [text(item, place) for item in value.data]
    else:
        written = [text(value, place)]
    return unique([rooted(address) for address in written if address])


def pages(value: Value, place: Place) -> tuple[str, ...] | None:
    """Return former document names (ABlog), as the addresses that its HTML builder gave them."""
    return unique([f"{rooted(name)}.html" for name in words(value, place) or ()])


def rooted(address: str) -> str:
    """Return the path of *address* from the root of its host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return "/" + (parts.path if parts.scheme in {"http", "https"} else address).lstrip("/")


def unused(_value: Value, _place: Place) -> None:
    """Return nothing: another tool's key that has no meaning here."""


READERS: Mapping[Kind, Callable[[Value, Place], Any]] = MappingProxyType(
    {
        "text": text, "prose": prose, "one": one, "words": words, "people": people,
        "date": date, "flag": flag, "unflag": unflag, "published": published,
        "private": private, "status": status, "number": number, "image": image,
        "language": language, "path": path, "paths": paths, "pages": pages, "texts": texts,
        "data": data, "member": member, "unused": unused,
    }
)  # fmt: skip
"""The function of each kind."""
