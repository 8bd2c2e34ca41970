"""The site itself, built as it is published, and read page by page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from lxml import html
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tests.content.markdown import ROOT
from tsuzuri.workshop.linkcheck import broken_links

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the repository's site; any warning fails."""
    folder = tmp_path_factory.mktemp("site")
    warnings = io.StringIO()
    with patch_docutils(str(ROOT)), docutils_namespace():
        app = Sphinx(
            srcdir=ROOT,
            confdir=ROOT,
            outdir=folder / "html",
            doctreedir=folder / "doctrees",
            buildername="html",
            status=io.StringIO(),
            warning=warnings,
        )
        app.build()
    assert warnings.getvalue() == ""
    return folder / "html"


def test_every_link_leads_somewhere(published: Path) -> None:
    """No page of the site sends a reader, a style sheet or a script nowhere."""
    base = "https://tsuzuri.readthedocs.io/ja/latest/"
    assert [str(item) for item in broken_links(published, base)] == []


def test_pages_have_one_heading_and_a_language(published: Path) -> None:
    """Each page says once what it is, and in which language."""
    wrong = []
    for path in sorted([*published.glob("posts/*.html"), *published.glob("docs/**/*.html")]):
        page = html.document_fromstring(path.read_bytes())
        name = path.relative_to(published).as_posix()
        if len(page.findall(".//h1")) != 1:
            wrong.append(f"{name}: {len(page.findall('.//h1'))} h1")
        sink = name.startswith("docs/kitchen-sink/")
        expected = "en" if name.startswith("docs/") else "ja"
        if page.get("lang") != expected and not sink:
            wrong.append(f"{name}: lang {page.get('lang')}")
    assert wrong == []
