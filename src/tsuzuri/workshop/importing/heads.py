"""Lines added to a front matter, whatever its notation; all others stay as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tsuzuri.reading.blocks import split
from tsuzuri.reading.frontmatter import is_pelican
from tsuzuri.workshop.scalars import yaml_line, yaml_value

if TYPE_CHECKING:
    from tsuzuri.reading.blocks import Block

SPACED = re.compile(r"^(tags|categories):[ \t]+([^\s\[\]{}\"'#&*!|>,][^\[\]{}\"'#,\n]*?)[ \t]*$")


def block_of(text: str) -> Block:
    """Return the front matter of *text*."""
    return split(text, is_pelican)


def with_lines(text: str, added: dict[str, Any]) -> str:
    """Return *text* with the keys of *added* in its front matter.

    A list is added to a list that is there already, on lines of its own.
    """
    block = block_of(text)
    if not added or block.trouble is not None:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    if block.kind == "none":
        head = newline.join(
            ["---", *(yaml_line(key, value) for key, value in added.items()), "---"]
        )
        return f"{head}{newline}{newline}{text.removeprefix(chr(0xFEFF))}"
    lines = text.split(newline)
    if block.kind == "toml":
        at, new = block.first_line - 1, [toml_line(*item) for item in added.items()]
    elif block.kind == "yaml":
        at, new = block.end_line, [yaml_line(*item) for item in added.items()]
    else:
        at, new = block.end_line, [header_line(*item) for item in added.items()]
    return newline.join([*lines[:at], *new, *lines[at:]])


def toml_line(key: str, value: Any) -> str:
    """Return ``key = value`` in TOML."""
    if isinstance(value, list):
        return f"{key} = [{', '.join(toml_string(item) for item in value)}]"
    if isinstance(value, bool):
        return f"{key} = {str(value).lower()}"
    return f"{key} = {toml_string(value)}"


def toml_string(text: str) -> str:
    """Return a string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def header_line(key: str, value: Any) -> str:
    """Return a header line."""
    shown = ", ".join(value) if isinstance(value, list) else str(value).lower()
    return f"{key.capitalize()}: {shown}"


def with_lists(text: str) -> str:
    """Return *text* with Jekyll's words separated by spaces written as lists."""
    block = block_of(text)
    if block.kind != "yaml":
        return text
    lines = text.split("\n")
    for index in range(block.first_line - 1, block.end_line):
        match = SPACED.match(lines[index].rstrip("\r"))
        if match is not None and " " in match[2]:
            ending = "\r" if lines[index].endswith("\r") else ""
            lines[index] = f"{match[1]}: {yaml_value(match[2].split())}{ending}"
    return "\n".join(lines)
