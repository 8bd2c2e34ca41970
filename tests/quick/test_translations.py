"""Catalogues of messages: looked for where there may be one."""

from __future__ import annotations

from gettext import NullTranslations
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from sphinx.locale import translators

from tsuzuri.quick.translations import locale_of_some

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("docname", "folder", "looked"),
    [("a", "", False), ("a", "texts", True), ("sphinx", "", True), ("a", "elsewhere", False)],
)
def test_a_catalogue_is_looked_for(
    docname: str, folder: str, looked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folders of the configuration, and among those that Sphinx has loaded by itself."""
    monkeypatch.setitem(translators, ("general", "sphinx"), NullTranslations())
    if folder:
        (tmp_path / folder).mkdir()
    calls: list[object] = []
    document = SimpleNamespace(docname=docname)
    transform = SimpleNamespace(
        env=SimpleNamespace(srcdir=tmp_path, current_document=document),
        config=SimpleNamespace(gettext_compact=True, locale_dirs=["locales", "texts"]),
    )
    locale_of_some(calls.append)(transform)
    assert bool(calls) is looked
