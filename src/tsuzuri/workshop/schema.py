"""``tsuzuri schema``: the front matter as a JSON Schema, for editors."""

from __future__ import annotations

import ast
import json
from inspect import cleandoc, getsource
from textwrap import dedent
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from tsuzuri.reading.dialects import OWN, families, rows
from tsuzuri.reading.frontmatter import FrontMatter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tsuzuri.reading.dialects import Dialect, Key
    from tsuzuri.reading.kinds import Kind

TEXT = {"type": ["string", "number", "boolean", "null"]}
WORDS = {"type": ["array", "string", "null"], "items": {"type": ["string", "number", "boolean"]}}
PEOPLE = {"type": ["array", "string", "object", "null"]}
DATE = {"type": ["string", "null"], "examples": ["2024-09-12", "2024-09-12 10:00"]}
FLAG = {"type": ["boolean", "null"]}
TABLE = {"type": ["object", "null"]}

SHAPES: Mapping[Kind, dict[str, Any]] = MappingProxyType(
    {
        "text": TEXT, "prose": TEXT, "one": {"type": ["string", "number", "array", "null"]},
        "words": WORDS, "people": PEOPLE, "date": DATE, "flag": FLAG, "unflag": FLAG,
        "published": {"type": ["boolean", "string", "null"]}, "private": FLAG,
        "status": {"type": ["string", "null"]}, "number": {"type": ["integer", "null"]},
        "image": {"type": ["string", "array", "integer", "boolean", "null"]},
        "language": {"type": ["string", "null"]}, "path": {"type": ["string", "null"]},
        "paths": WORDS, "pages": WORDS, "data": TABLE, "member": {}, "unused": {},
        "texts": {"type": ["object", "null"], "additionalProperties": {"type": "string"}},
    }
)  # fmt: skip
"""What a value of each kind may look like in YAML."""


@click.command()
def schema() -> None:
    """Print the front matter's JSON Schema.

    Editors that know of it complete the keys and underline wrong ones; see "Check posts
    while you write" in the documentation.
    """
    click.echo(as_json(), nl=False)


def as_json() -> str:
    """Return the schema as it is printed, and kept in the documentation."""
    return json.dumps(front_matter_schema(), ensure_ascii=False, indent=2) + "\n"


def front_matter_schema() -> dict[str, Any]:
    """Return the schema of every key that is read, ours first, then other tools'."""
    docs = field_docs()
    properties: dict[str, dict[str, Any]] = {}
    patterns: dict[str, dict[str, Any]] = {}
    for dialect, key in rows():
        head, dot, _rest = key.name.partition(".")
        described = description(dialect, key, docs)
        if "*" in key.name:
            if head.lower() not in properties and dialect.name == "Sphinx":
                patterns[f"^{key.name.replace('.', chr(92) + '.').replace('*', '.+')}$"] = described
        elif dot:
            allow(properties.setdefault(head, {}), "object")
        elif key.name not in properties or (key.field and "deprecated" in properties[key.name]):
            properties[key.name] = described
    for name, value in properties.items():
        if name.lower() in families():
            allow(value, "object")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://tsuzuri.readthedocs.io/ja/latest/front-matter.schema.json",
        "title": "Front matter of a post",
        "type": "object",
        "properties": {**properties, "$schema": {"type": "string"}},
        "patternProperties": patterns,
        "additionalProperties": False,
    }


def allow(value: dict[str, Any], kind: str) -> None:
    """Let a property be of *kind* too, unless it may be anything."""
    kinds = value.get("type")
    if kinds is not None and kind not in kinds:
        value["type"] = [*kinds, kind]


def description(dialect: Dialect, key: Key, docs: Mapping[str, str]) -> dict[str, Any]:
    """Return the schema of one key."""
    shape = dict(SHAPES[key.kind])
    if dialect is OWN and key.field:
        return {**shape, "description": docs[key.field]}
    if not key.field:
        # an editor strikes out what is deprecated: accepted, and without effect
        return {
            **shape,
            "description": f"{dialect.name}: accepted, means nothing here.",
            "deprecated": True,
        }
    ours = key.field if key.field not in {"sphinx", "myst"} else key.name
    return {**shape, "description": f"{dialect.name}'s name of {ours}. {docs[key.field]}"}


def field_docs() -> dict[str, str]:
    """Return what is written below each field of the model."""
    tree = ast.parse(dedent(getsource(FrontMatter)))
    body = next(node for node in tree.body if isinstance(node, ast.ClassDef)).body
    found: dict[str, str] = {}
    name = ""
    for item in body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            name = item.target.id
        elif isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant) and name:
            found[name] = " ".join(cleandoc(str(item.value.value)).split())
            name = ""
    return found
