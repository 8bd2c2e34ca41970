"""Data files of input and expected output, and their reader."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

FOLDER = Path(__file__).parent


class Case(NamedTuple):
    """One case: what a writer wrote and what it has to become."""

    title: str
    source: str
    expected: str


def read_cases(name: str) -> list[Case]:
    """Read the cases of the file *name*: a title, then input and output, each between dots."""
    cases, title, parts, inside = [], "", [""], False
    for line in (FOLDER / name).read_text(encoding="utf-8").split("\n"):
        if line == ".":
            if inside and len(parts) == 2:
                cases.append(Case(title, *parts))
                parts, inside = [""], False
            elif inside:
                parts.append("")
            else:
                inside = True
        elif inside:
            parts[-1] += f"{line}\n"
        elif line:
            title = line
    assert not inside, f"{name}: the case {title!r} is not closed"
    return cases


def cases_of(name: str) -> pytest.MarkDecorator:
    """Parametrise a test with ``case`` from the file *name*."""
    cases = read_cases(name)
    return pytest.mark.parametrize("case", cases, ids=[case.title for case in cases])
