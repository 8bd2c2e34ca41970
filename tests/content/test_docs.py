"""The documentation keeps up with the project."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from tests.content.markdown import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """Return the project's metadata."""
    data: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(data["project"])


def test_dependencies_are_those_explained(project: dict[str, Any]) -> None:
    """Who wonders why a package is needed finds it, and no row outlives its package."""
    wanted = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    names = {re.split(r"[<>=;\[ ]", item, maxsplit=1)[0] for item in wanted}
    text = (DOCS / "explanation" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \|", text, flags=re.MULTILINE)
    assert sorted(rows) == sorted(names)


@pytest.mark.parametrize("path", PAGES, ids=[str(path.relative_to(DOCS)) for path in PAGES])
def test_docs_are_english_and_titled(path: Any) -> None:
    """A screen reader pronounces English pages in English; every page has its name."""
    head = path.read_text(encoding="utf-8").split("\n---\n", 1)[0]
    assert re.search(r"^title: \S", head, flags=re.MULTILINE)
    assert re.search(r"^(lang|language): (en|ja)$", head, flags=re.MULTILINE)
