"""Tiny sites: write files, build them in this process, ask parsed questions of the result."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, settings
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tests.browser import launched
from tsuzuri.workshop.live.build import forget_translations
from tsuzuri.writing.search.indexing import LATER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser

CONF: dict[str, Any] = {
    "project": "試しの綴り",
    "author": "綴り手",
    "language": "ja",
    "extensions": ["tsuzuri"],
    "html_theme": "sphinx_book_theme",
    "blog_title": "試しの綴り",
    "blog_baseurl": "https://blog.example/",
}
"""What a user writes at the least."""

# an example that takes 200 ms of a busy machine fails otherwise, and another time it does not
settings.register_profile("tsuzuri", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tsuzuri")

INDEX = "# 試しの綴り\n\n```{postlist}\n```\n"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Site:
    """A built site."""

    src: Path
    out: Path
    warnings: tuple[str, ...]
    """One entry a warning, paths relative to the source folder."""
    app: Sphinx

    def text(self, path: str) -> str:
        """Return an output file's text."""
        return (self.out / path).read_text(encoding="utf-8")

    def page(self, path: str) -> BeautifulSoup:
        """Return an output page, parsed."""
        return BeautifulSoup(self.text(path), "lxml")

    def article(self, path: str) -> Any:
        """Return the article of an output page, parsed."""
        found = self.page(path).select_one("article.bd-article, article")
        assert found is not None, f"{path} has no article"
        return found

    def files(self) -> set[str]:
        """Return all output files, relative to the output folder."""
        return {
            item.relative_to(self.out).as_posix() for item in self.out.rglob("*") if item.is_file()
        }


class Build(Protocol):
    """Writes *files* (path to text or bytes; None deletes), then builds."""

    def __call__(
        self,
        files: Mapping[str, str | bytes | None] = ...,
        *,
        builder: str = ...,
        parallel: int = ...,
        fresh: bool = ...,
        **conf: Any,
    ) -> Site: ...


def write_files(root: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Write *files* below *root*."""
    for name, content in files.items():
        path = root / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def split_warnings(text: str, src: Path) -> tuple[str, ...]:
    """Split Sphinx's warning stream into warnings, a continued line kept with its first."""
    text = ANSI.sub("", text).replace(f"{src}/", "").strip()
    return tuple(re.split(r"\n(?=\S)", text)) if text else ()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process; Playwright runs only once in it."""
    with launched() as chromium:
        yield chromium


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Build a site in a temporary folder; each call adds files and builds again."""
    return make_build(tmp_path)


@cache
def kept_style_sheets() -> Path:
    """Return where the test process keeps the style sheets that its sites share.

    A build makes its style sheet once, in a second, and keeps it; sites of tests are all new.
    """
    return Path(tempfile.mkdtemp(prefix="tsuzuri-tests-"))


def make_build(folder: Path, *, search: bool = False) -> Build:
    """Return a function that builds one site in *folder*; for fixtures of a wider scope.

    The search index, which takes another process a second, is made only for *search*.
    """
    src, out, doctrees = folder / "src", folder / "out", folder / "doctrees"

    def run(
        files: Mapping[str, str | bytes | None] = {},
        *,
        builder: str = "html",
        parallel: int = 1,
        fresh: bool = False,
        **conf: Any,
    ) -> Site:
        if not src.exists():
            write_files(src, {"index.md": INDEX})
            shutil.copytree(kept_style_sheets(), doctrees)
        write_files(src, files)
        forget_translations()
        stream = io.StringIO()
        with patch_docutils(str(src)), docutils_namespace():
            app = Sphinx(
                srcdir=src,
                confdir=None,
                outdir=out / builder,
                doctreedir=doctrees,
                buildername=builder,
                confoverrides={**CONF, **conf},
                status=io.StringIO(),
                warning=stream,
                freshenv=fresh,
                parallel=parallel,
            )
            if not search:
                app.connect(LATER, lambda _app, _index: True)
            app.build()
        for sheet in doctrees.glob("tsuzuri-sheet-*.json"):
            shutil.copy(sheet, kept_style_sheets())
        return Site(src, out / builder, split_warnings(stream.getvalue(), src), app)

    return run


def post(body: str = "本文です。", **front_matter: str) -> str:
    """Return a post's text; *front_matter* values are written as YAML, as they are."""
    lines = {"title": "題", "date": "2024-09-12", **front_matter}
    head = "".join(f"{key}: {value}\n" for key, value in lines.items())
    return f"---\n{head}---\n\n{body}\n"
