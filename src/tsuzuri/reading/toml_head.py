"""Front matter in TOML, as Zola writes it and Hugo can."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from typing import Any

from tsuzuri.reading.heads import Head, UnreadableError
from tsuzuri.reading.values import Value

PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
KEY = re.compile(r"""\s*(?P<table>\[\[?)?\s*(?P<key>[\w-]+|"[^"]*"|'[^']*')""")
CHAIN = re.compile(r"(?<![\w-])(?:[\w-]+[ \t]*\.[ \t]*){32}")
"""Keys of keys of keys: the parser takes minutes for some thousands of them."""


def read_toml(text: str, first_line: int) -> Head:
    """Read TOML that begins on *first_line* of its file."""
    try:
        if CHAIN.search(text):
            raise UnreadableError(
                "the front matter is nested too deeply", "write it flatter", first_line
            )
        data = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = PLACE.search(message)
        if place is None or place["line"] is None:
            line = first_line + text.rstrip("\n").count("\n")
        else:
            line = first_line + int(place["line"]) - 1
        message = PLACE.sub("", message)
        mend = 'check it: text stands in quotes, as in title = "…"'
        raise UnreadableError(f"the TOML can't be read: {message}", mend, line) from None
    except (RecursionError, ValueError) as error:
        message = f"the TOML can't be read: {error}"
        raise UnreadableError(message, "write it simpler", first_line) from None
    lines = toml_lines(text, first_line)
    return Head({key: toml_value(value, key, lines, first_line) for key, value in data.items()})


def toml_lines(text: str, first_line: int) -> dict[str, int]:
    """Return the line of each key, by its dotted name without the index of a table."""
    lines: dict[str, int] = {}
    table, inside = "", ""
    for number, line in enumerate(text.split("\n"), first_line):
        if inside:
            inside = "" if inside in line else inside
            continue
        match = KEY.match(line)
        if match is None:
            continue
        name = match["key"].strip("\"'")
        if match["table"]:
            table = line.strip().strip("[]").replace('"', "").replace(" ", "")
            lines.setdefault(table.split(".")[0], number)
            table += "."
            continue
        lines.setdefault(table + name, number)
        for quotes in ('"""', "'''"):
            if line.count(quotes) % 2:
                inside = quotes
    return lines


def toml_value(data: Any, name: str, lines: dict[str, int], above: int) -> Value:
    """Return *data*, the value of the key *name*, as a :class:`Value`."""
    line = lines.get(name, above)
    if isinstance(data, dict):
        members = {
            key: toml_value(item, f"{name}.{key}", lines, line) for key, item in data.items()
        }
        return Value(members, line)
    if isinstance(data, list):
        return Value([toml_value(item, name, lines, line) for item in data], line)
    if isinstance(data, bool):
        return Value("true" if data else "false", line, plain=True)
    if isinstance(data, (date, datetime, time)):
        return Value(data.isoformat(), line, plain=True)
    # a float arrives as it was written, and so can't be told from a string: both are text
    return Value(str(data), line, plain=isinstance(data, int))
