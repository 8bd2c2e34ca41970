"""The search finds what a scan of the texts finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import search

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


def test_the_scan_knows_words_from_parts_of_words() -> None:
    assert search.has("情報理論とは", "情報理論")
    assert search.has("the transformer", "trans")
    assert not search.has("the transformer", "former")


@pytest.mark.browser
def test_what_is_written_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    """A reader searches for a word that is there, and is told that it is not."""
    monkeypatch.setattr(search, "EACH", 2)
    items = search.records(24)
    seconds, size = search.site(items, tmp_path)
    answers = search.measure(items, tmp_path, browser)
    found = search.report(answers, len(items), seconds, size)
    assert found["queries"] == 2 * len(search.KINDS)
    assert found["recall"] >= 0.98, found["missed"]
    assert found["phrase_on_top"] >= 0.8
    assert found["kilobytes_most"] <= 300
