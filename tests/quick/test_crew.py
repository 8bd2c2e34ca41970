"""Work shared out among processes: what a document leaves is gone before the next one."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any
from weakref import ref

from tsuzuri.quick.crew import shared_out

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ["a", "b", "c", "d"]


class Cycle:
    """Holds itself, as a doctree does."""

    def __init__(self) -> None:
        self.itself = self


def work(names: Iterator[str]) -> list[bool]:
    """Return for each name whether what the one before it left still stood in memory."""
    before: Any = lambda: None  # noqa: E731 - a reference to nothing
    stood = []
    for _name in names:
        stood.append(before() is not None)
        before = ref(Cycle())
    return stood


def test_what_a_document_leaves_is_gone_before_the_next() -> None:
    """Else the memory of a build grows with the number of its documents."""
    [(taken, stood)] = shared_out(NAMES, 1, work, lambda _count: None)
    assert taken == NAMES
    assert stood == [False] * 4


def hold_the_last(names: Iterator[str]) -> int:
    """Return how many of what the documents left stand in memory at the end."""
    left = []
    held = None
    for _name in names:
        held = Cycle()
        left.append(ref(held))
    del held
    return sum(item() is not None for item in left)


def test_what_is_held_until_the_next_document_does_not_pile_up() -> None:
    """An extension that remembers the document it saw last would have all of them kept."""
    [(taken, standing)] = shared_out(list(map(str, range(250))), 1, hold_the_last, lambda _n: None)
    assert len(taken) == 250
    assert standing <= 100


def test_the_first_process_looks_for_cycles_as_before() -> None:
    """Its thresholds are its own."""
    before = gc.get_threshold(), gc.isenabled()
    list(shared_out(NAMES, 2, work, lambda _count: None))
    assert (gc.get_threshold(), gc.isenabled()) == before
