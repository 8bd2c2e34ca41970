"""An editor's opinion of a front matter is that of the reader."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from tsuzuri.workshop.cli import cli
from tsuzuri.workshop.schema import as_json, front_matter_schema

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "docs/reference/front-matter.schema.json"


def yaml_cases() -> list[Any]:
    """Return the front matters in YAML that every tool's documentation shows."""
    text = (ROOT / "tests/cases/front-matter.toml").read_text(encoding="utf-8")
    found = []
    for case in tomllib.loads(text)["case"]:
        head = case["text"].strip().removeprefix("---\n").split("\n---", 1)[0]
        if case["text"].strip().startswith("---\n") and head:
            found.append(pytest.param(head, id=case["name"]))
    return found


def errors(head: str) -> list[str]:
    """Return what an editor would underline in *head*, where dates are text."""
    data = yaml.load(head, yaml.BaseLoader)
    typed = yaml.safe_load(head)
    for key, value in list(data.items()):
        if not hasattr(typed[key], "year"):
            data[key] = json.loads(json.dumps(typed[key], default=str))
        else:
            data[key] = value
    validator = jsonschema.Draft7Validator(front_matter_schema())
    return sorted(error.message for error in validator.iter_errors(data))


@pytest.mark.parametrize("head", yaml_cases())
def test_what_other_tools_write_is_valid(head: str) -> None:
    """No key of a supported tool is underlined."""
    if head.strip() and isinstance(yaml.safe_load(head), dict):
        assert errors(head) == []


def test_there_are_cases() -> None:
    """The cases above are read from a file; an empty one would prove nothing."""
    assert len(yaml_cases()) > 15


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ("descripton: x", "'descripton'"),
        ("draft: perhaps", "'perhaps' is not of type 'boolean'"),
        ("tags: {a: b}", "is not of type 'array'"),
        ("series_order: first", "'first' is not of type 'integer'"),
        ("extra: text", "'text' is not of type 'object'"),
        ("translations: {en: [x]}", "['x'] is not of type 'string'"),
    ],
)
def test_what_is_wrong_is_underlined(head: str, part: str) -> None:
    """A slip is seen while it is typed."""
    assert any(part in message for message in errors(head))


def test_it_is_a_schema_and_the_one_in_the_documentation() -> None:
    """`python docs/reference/generate.py` writes what `tsuzuri schema` prints."""
    jsonschema.Draft7Validator.check_schema(front_matter_schema())
    printed = CliRunner().invoke(cli, ["schema"]).output
    assert printed == as_json()
    assert SCHEMA.read_text(encoding="utf-8") == printed


def test_editors_find_it() -> None:
    """The repository's own editor settings name the file and the check."""
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    ((path, globs),) = settings["yaml.schemas"].items()
    assert (ROOT / path).resolve() == SCHEMA.resolve()
    assert globs == ["posts/**/*.md"]
