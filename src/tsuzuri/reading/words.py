"""Values that are text: alone, in lists, in mappings, or the names of people."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from tsuzuri.reading.unfit import Place, UnfitError
from tsuzuri.reading.values import Value, native, truth

COMMAS = re.compile(r"[,、，]")
SEMICOLONS = re.compile(r"[;；]")


def text(value: Value, place: Place) -> str | None:
    """Return plain text, exactly as written, on one line."""
    if value.is_null:
        return None
    if not isinstance(value.data, str):
        raise UnfitError(f"must be text, not {value.shape}", f"write {place.key}: '…'")
    return " ".join(value.data.splitlines()).strip() or None


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
