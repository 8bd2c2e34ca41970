"""The documentation keeps up with the project."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import post
from tests.content.markdown import ROOT, blocks
from tsuzuri.reading.frontmatter import read_front_matter

if TYPE_CHECKING:
    from tests.conftest import Build

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


def test_recipes_name_what_is_there() -> None:
    """Who follows a recipe finds each file, and each name in a source that the recipe is about."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Recipes", 1)[1]
    named = set(re.findall(r"`([\w./-]+)`", text))
    paths = {name for name in named if "/" in name and not name.startswith("rules/")}
    assert len(paths) >= 8
    assert [name for name in sorted(paths) if not (ROOT / name).exists()] == []
    assert (ROOT / "src" / "tsuzuri" / "reading" / "rules" / "__init__.py").exists()
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    others = named - paths - {"rules/__init__.py", "rules/", "make"}
    assert [name for name in sorted(others) if name not in source and "." not in name] == []


def test_make_targets_that_are_named_exist() -> None:
    """A command of the README or of CONTRIBUTING can be run."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        named = set(re.findall(r"(?:^|`)make ([a-z]+)", text, flags=re.MULTILINE))
        assert named - known == set(), name


def fences(path: Any, kind: str) -> list[str]:
    """Return the contents of the fenced blocks of *kind* in a page."""
    return [block.code for block in blocks(path) if block.kind == kind]


@pytest.mark.parametrize("path", PAGES, ids=[str(path.relative_to(DOCS)) for path in PAGES])
def test_python_of_the_docs_is_python(path: Any) -> None:
    """What a reader copies into conf.py can at least be read by Python."""
    for code in fences(path, "python"):
        compile(code, str(path), "exec")


@pytest.mark.parametrize("path", PAGES, ids=[str(path.relative_to(DOCS)) for path in PAGES])
def test_front_matter_of_the_docs_is_understood(path: Any) -> None:
    """What a reader copies to the top of a post gives no warning."""
    for text in fences(path, "yaml"):
        if re.search(r"^(- |version: 2|on:|jobs:|build:)", text, re.MULTILINE):
            continue  # a host's or a workflow's file
        body = re.sub(r"^#.*\n", "", text).strip().strip("-").strip()
        head = "" if "title:" in body else "title: 題\n"
        head += "" if re.search(r"^(date|pubDate)", body, re.MULTILINE) else "date: 2024-09-12\n"
        reading = read_front_matter(
            f"---\n{head}{body}\n---\n", path="posts/a.md", zone=ZoneInfo("Asia/Tokyo")
        )
        assert reading.findings == (), text


def test_examples_of_the_docs_build(build: Build) -> None:
    """Every Markdown example of the docs, put into a post beside ours, builds without a word."""
    files: dict[str, str | bytes | None] = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in ("posts", "_charts", "inventories")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    pictures = (DOCS / "kitchen-sink" / "images").iterdir()
    files |= {f"posts/{path.name}": path.read_bytes() for path in pictures}
    for place, path in enumerate(PAGES):
        found = [text for text in fences(path, "markdown") if "{postlist}" not in text]
        for number, text in enumerate(found):
            if "{toctree}" not in text and not text.startswith("---"):
                files[f"posts/example-{place}-{number}.md"] = post(text)
    site = build(
        files,
        extensions=["tsuzuri", "sphinx.ext.intersphinx"],
        intersphinx_mapping={
            name: (f"https://{name}.example/", f"inventories/{name}.inv")
            for name in ("python", "numpy")
        },
        numfig=True,
        tsuzuri_chart_folder="_charts",
    )
    said = [item for item in site.warnings if item.startswith("posts/example-")]
    assert "\n".join(said) == ""


def test_roles_and_directives_are_those_explained() -> None:
    """What can be written in a post is in the reference."""
    text = (DOCS / "reference" / "roles-and-directives.md").read_text(encoding="utf-8")
    said = set(re.findall(r"^(?:\| )?`\{([a-z-]+)\}`", text, flags=re.MULTILINE))
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    added = {
        name
        for source in sources
        for name in re.findall(r'add_(?:role|directive)\(\s*"([a-z-]+)"', source)
    }
    assert added <= said
    assert {"tag", "category", "author", "series"} <= said
