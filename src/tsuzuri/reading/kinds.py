"""What a key's value may look like, and what it becomes: one small function a kind.

A function takes the value and the :class:`Place` it stands in, and returns what the field
holds, or None when nothing was said; it raises :class:`UnfitError` for a value it can't read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from tsuzuri.reading.dates import parse_date
from tsuzuri.reading.values import INTEGER, Value, native, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import tzinfo

Kind = Literal[
    "text",
    "prose",
    "one",
    "words",
    "people",
    "date",
    "flag",
    "unflag",
    "published",
    "private",
    "status",
    "number",
    "image",
    "language",
    "path",
    "paths",
    "pages",
    "texts",
    "data",
    "member",
    "unused",
]

COMMAS = re.compile(r"[,、，]")
SEMICOLONS = re.compile(r"[;；]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
PUBLIC_STATUS = frozenset({"published", "publish", "public", "new", "deprecated"})
HELD_STATUS = frozenset({"draft", "hidden", "skip", "private", "unlisted"})


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


def text(value: Value, place: Place) -> str | None:
    """Return plain text, exactly as written, on one line."""
    if value.is_null:
        return None
    if not isinstance(value.data, str):
        raise UnfitError(f"must be text, not {value.shape}", f"write {place.key}: '…'")
    return " ".join(value.data.split("\n")).strip() or None


def prose(value: Value, place: Place) -> str | None:
    """Return text; a number says something else (ABlog: how many paragraphs, which image)."""
    return None if value.is_number else text(value, place)


def one(value: Value, place: Place) -> str | None:
    """Return text, also when it is the only item of a list."""
    if isinstance(value.data, list):
        if len(value.data) > 1:
            raise UnfitError(f"names {len(value.data)} where one is meant", "keep one of them")
        return text(value.data[0], place) if value.data else None
    return text(value, place)


def words(value: Value, place: Place) -> tuple[str, ...] | None:
    """Return short texts: a list, or one string separated by commas (by spaces in Jekyll)."""
    example = f"write a list: {place.key}: [{{}}]"
    if isinstance(value.data, dict):
        raise UnfitError("must be a list, not a mapping", example.format("…"))
    if isinstance(value.data, list):
        items = [word(item, place) for item in value.data]
        return unique(items)
    if value.is_null:
        if value.data:
            raise UnfitError(
                f"is {value.data}, which is no list", "write a list, or leave it empty"
            )
        return None
    if value.is_number or (value.plain and truth(value.data) is not None):
        shape = "a number" if value.is_number else "a truth value"
        raise UnfitError(f"is {shape} where a list is meant", example.format(value.data))
    if COMMAS.search(value.data):
        return unique(COMMAS.split(value.data))
    if SEMICOLONS.search(value.data):
        return unique(SEMICOLONS.split(value.data))
    if place.spaced:
        return unique(value.data.split())
    return unique([value.data])


def word(item: Value, place: Place) -> str:
    """Return one item of a list of short texts."""
    if isinstance(item.data, dict) and "name" in item.data:
        return word(item.data["name"], place)
    if not isinstance(item.data, str):
        mend = f"write {place.key}: [one, two], each item plain text"
        raise UnfitError(f"has {item.shape} inside its list", mend)
    return "" if item.is_null else item.data


def unique(items: list[str]) -> tuple[str, ...]:
    """Return *items* trimmed and in NFC, each once, in order."""
    trimmed = (unicodedata.normalize("NFC", " ".join(item.split())) for item in items)
    return tuple(dict.fromkeys(item for item in trimmed if item))


def people(value: Value, place: Place) -> tuple[str, ...] | None:
    """Return names or keys of people: text, a mapping with ``id`` or ``name``, or a list."""
    if value.is_null:
        return None
    if isinstance(value.data, list):
        return unique([person(item, place) for item in value.data])
    if isinstance(value.data, dict):
        return unique([person(value, place)])
    separator = SEMICOLONS if SEMICOLONS.search(value.data) else COMMAS
    return unique(separator.split(value.data))


def person(value: Value, place: Place) -> str:
    """Return the id, or else the name, of one author."""
    if isinstance(value.data, str):
        return value.data
    if isinstance(value.data, dict):
        for key in ("id", "name", "literal"):
            if key in value.data:
                return person(value.data[key], place)
        parts = [value.data[key] for key in ("given", "family") if key in value.data]
        if parts:
            return " ".join(person(part, place) for part in parts)
    raise UnfitError(f"has {value.shape} that names nobody", "give each author a `name` or an `id`")


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


def texts(value: Value, place: Place) -> dict[str, str] | None:
    """Return a mapping of text to text."""
    if value.is_null:
        return None
    if not isinstance(value.data, dict):
        mend = f"write it as\n{place.key}:\n  name: text"
        raise UnfitError(f"must be a mapping, not {value.shape}", mend)
    return {key: text(item, place) or "" for key, item in value.data.items()}


def data(value: Value, place: Place) -> dict[str, Any] | None:
    """Return a mapping of anything."""
    if value.is_null:
        return None
    if not isinstance(value.data, dict):
        mend = f"write the keys indented below {place.key}:"
        raise UnfitError(f"must be a mapping, not {value.shape}", mend)
    return dict(native(value))


def member(value: Value, place: Place) -> dict[str, Any]:
    """Return the key with its value, to be handed on under its own name."""
    return {place.key: native(value)}


def unused(_value: Value, _place: Place) -> None:
    """Return nothing: another tool's key that has no meaning here."""


def shown(written: str) -> str:
    """Return a value as a message quotes it, however long it is."""
    return repr(written if len(written) <= 40 else f"{written[:40]}…")  # noqa: PLR2004


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
