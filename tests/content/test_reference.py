"""The reference says what the code does."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from tests.content.markdown import ROOT
from tsuzuri.config import declarations
from tsuzuri.problems import Problem
from tsuzuri.reading.frontmatter import FrontMatter

if TYPE_CHECKING:
    from types import ModuleType

REFERENCE = ROOT / "docs" / "reference"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """Return the script that writes the generated parts."""
    spec = importlib.util.spec_from_file_location("generate", REFERENCE / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", sorted(path.name for path in REFERENCE.glob("*.md")))
def test_generated_parts_are_current(generate: ModuleType, page: str) -> None:
    """What a reader looks up is what the code does; `make reference` writes it anew."""
    text = (REFERENCE / page).read_text(encoding="utf-8")
    assert generate.fill(text) == text


def test_all_parts_are_on_a_page(generate: ModuleType) -> None:
    """No part of the reference is generated and shown nowhere."""
    pages = "".join(path.read_text(encoding="utf-8") for path in REFERENCE.glob("*.md"))
    assert [name for name in generate.PARTS if f"% begin: {name}\n" not in pages] == []


def test_everything_has_a_meaning(generate: ModuleType) -> None:
    """No setting, key or warning is listed without a word on what it is."""
    assert [item.name for item in declarations() if len(item.help) < 20] == []
    problems = generate.attribute_docs(Problem)
    assert [item.name for item in Problem if len(problems.get(item.name, "")) < 20] == []
    keys = generate.attribute_docs(FrontMatter)
    said = {name for name, text in keys.items() if text}
    assert {item.name for item in fields(FrontMatter)} - said <= {"title"}
