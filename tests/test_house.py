"""The layout of the house: imports point one way, and each outside package has one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "tsuzuri"
FLOORS = ["reading", "posts", "writing", "workshop"]
SHARED = {"config", "problems", "defaults", "quick", "tsuzuri"}
"""Modules beside the floors; all may use them."""


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Return the dotted names that a module imports, those for type checking too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: imports are absolute"
            names |= {node.module}
    return names


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    floor = path.relative_to(SOURCE).parts[0]
    if floor not in FLOORS:
        return
    above = FLOORS[FLOORS.index(floor) + 1 :]
    wrong = {
        name for name in imported(path) for other in above if name.startswith(f"tsuzuri.{other}")
    }
    assert not wrong


def test_ablog_is_imported_by_one_file() -> None:
    assert [
        name_of(p) for p in modules() if any(n.partition(".")[0] == "ablog" for n in imported(p))
    ] == ["posts/_ablog.py"]


def test_the_insides_of_myst_are_known_to_the_parser_alone() -> None:
    knowing = {
        name_of(path)
        for path in modules()
        if any(n.partition(".")[0] in {"myst_parser", "mdit_py_plugins"} for n in imported(path))
    }
    assert {name for name in knowing if not name.startswith(("reading/", "quick"))} == set()


def test_no_module_keeps_state() -> None:
    """A module's dict or list that is filled at run time is shared by all builds of a process."""
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Global):
                pytest.fail(f"{path}: global")
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(
                node.value, (ast.Dict, ast.List)
            ):
                empty = not (
                    node.value.keys if isinstance(node.value, ast.Dict) else node.value.elts
                )
                assert not empty, f"{path}:{node.lineno}: an empty table of a module"


def test_conf_holds_values_only() -> None:
    tree = ast.parse((SOURCE.parents[1] / "conf.py").read_text(encoding="utf-8"))
    allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)
    assert all(isinstance(node, allowed) for node in tree.body)
    assert len((SOURCE.parents[1] / "conf.py").read_text(encoding="utf-8").splitlines()) <= 60
