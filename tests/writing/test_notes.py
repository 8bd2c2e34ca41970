"""What a build keeps for the next."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from tsuzuri.writing.notes import Note

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx


@pytest.fixture
def note(tmp_path: Path) -> Note[dict[str, str]]:
    """A note of a build that keeps its environment in an empty folder."""
    app = SimpleNamespace(doctreedir=tmp_path, builder=SimpleNamespace(name="html"))
    return Note(cast("Sphinx", app), "proof")


def test_what_was_kept_is_recalled_until_it_is_forgotten(note: Note[dict[str, str]]) -> None:
    """A build that ends before it keeps something leaves nothing behind that could be believed."""
    assert note.recall() is None
    note.keep({"記事": "ab"})
    assert note.recall() == {"記事": "ab"}
    note.forget()
    note.forget()
    assert note.recall() is None


def test_a_note_that_cannot_be_read_says_nothing(note: Note[dict[str, str]]) -> None:
    """As after a disk's failure."""
    for broken in (b"", b"{", b"\xff\xfe"):
        note.path.write_bytes(broken)
        assert note.recall() is None
