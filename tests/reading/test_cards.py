"""The committed file behind link cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tsuzuri.reading.cards import CARDS_FILE, Card, format_cards, parse_cards, read_cards

if TYPE_CHECKING:
    from pathlib import Path

CARDS = {
    "https://example.com/b": Card(
        "題", "説明", "Example", "_fetched/a.webp", "2024-09-12T00:00:00Z"
    ),
    "https://example.com/a": Card("A"),
}


def test_what_was_kept_is_read_again() -> None:
    assert parse_cards(format_cards(CARDS)) == CARDS


def test_the_order_does_not_depend_on_fetching() -> None:
    assert format_cards(CARDS) == format_cards(dict(reversed(CARDS.items())))
    assert format_cards(CARDS).index("/a") < format_cards(CARDS).index("/b")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"https://a.example": 1}', "null"])
def test_a_broken_file_is_no_cards(text: str) -> None:
    assert parse_cards(text) == {}


def test_wrong_values_are_passed_over() -> None:
    assert parse_cards('{"https://a.example": {"title": 1, "site": "S", "more": 2}}') == {
        "https://a.example": Card(site="S")
    }


def test_the_file_of_a_site(tmp_path: Path) -> None:
    assert read_cards(tmp_path) == {}
    (tmp_path / CARDS_FILE).parent.mkdir()
    (tmp_path / CARDS_FILE).write_text(format_cards(CARDS), encoding="utf-8")
    assert read_cards(tmp_path) == CARDS
