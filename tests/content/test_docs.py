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


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_files_point_at_what_exists(name: str) -> None:
    """Who reads the repository on its host can follow every link."""
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_make_targets_that_are_named_exist() -> None:
    """A command of the README or of CONTRIBUTING can be run."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        named = set(re.findall(r"(?:^|`)make ([a-z]+)", text, flags=re.MULTILINE))
        assert named - known <= {"serve"}, name  # the live server is on its way
