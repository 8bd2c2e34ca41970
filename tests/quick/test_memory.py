"""Python's search for unused cycles: off while a build starts, on again whatever the settings."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from tsuzuri.quick import memory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Build


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.enable()
    gc.set_threshold(*threshold)


@pytest.mark.parametrize("shortcuts", [True, False])
def test_a_build_that_has_begun_looks_for_cycles(build: Build, *, shortcuts: bool) -> None:
    gc.set_threshold(*memory.USUAL)
    build({"posts/a.md": "---\ndate: 2024-09-12\n---\n# 題\n"}, tsuzuri_shortcuts=shortcuts)
    assert gc.isenabled()
    assert (gc.get_threshold() == memory.THRESHOLDS) is shortcuts
