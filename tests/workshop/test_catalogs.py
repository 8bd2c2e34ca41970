"""The interface speaks the reader's language, all of it."""

from __future__ import annotations

from tsuzuri.workshop.catalogs import extracted, mo_bytes, stale, untranslated


def test_catalogues_agree_with_the_sources() -> None:
    """A string added to a template shows in English until `make catalogs` has run."""
    assert stale() == []


def test_every_message_is_translated() -> None:
    assert untranslated() == []


def test_strings_of_templates_are_found() -> None:
    places = {place for message in extracted() for place, _ in message.locations}
    assert any(place.endswith(".html") for place in places)


def test_compiled_bytes_depend_on_the_text_alone() -> None:
    po = 'msgid ""\nmsgstr ""\n\nmsgid "Tags"\nmsgstr "タグ"\n'.encode()
    assert mo_bytes(po, "ja") == mo_bytes(po, "ja")
    assert "タグ".encode() in mo_bytes(po, "ja")
