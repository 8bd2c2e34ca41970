"""Fuzzing guided by coverage: Atheris looks for the bytes that lead into branches not yet taken.

``make fuzz-guided TARGET=rules SECONDS=300``; what it finds goes, as a short text, into the table
of cases that belongs to the code.  Hypothesis (``test_fuzz.py``) stays what the suite runs.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import atheris

with atheris.instrument_imports(include=["tsuzuri", "markdown_it", "mdit_py_plugins"]):
    from markdown_it import MarkdownIt

    from tsuzuri.config import Settings
    from tsuzuri.reading.active_html import harmless
    from tsuzuri.reading.cards import parse_cards
    from tsuzuri.reading.frontmatter import read_front_matter
    from tsuzuri.reading.html import html_images
    from tsuzuri.reading.pasted import pasted_pieces
    from tsuzuri.reading.rules import install
    from tsuzuri.workshop.fetching.address import RefusedError, target_of
    from tsuzuri.workshop.fetching.content import image_of, page_facts
    from tsuzuri.workshop.fetching.download import Download

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE = ZoneInfo("Asia/Tokyo")


def text_of(data: bytes) -> str:
    """Return bytes as the text that a file with them would have."""
    return data.decode("utf-8", "replace")


def front_matter(data: bytes) -> None:
    """The block on top of a post, YAML or TOML."""
    fence = "+++" if data[:1] < b"\x80" else "---"
    text = f"{fence}\n{text_of(data[1:])}\n{fence}\n\n"
    read_front_matter(text, path="posts/a.md", zone=ZONE)


def rules() -> Callable[[bytes], None]:
    """All rules of the Markdown parser: Japanese, and what Zenn, Qiita and others write."""
    markdown = MarkdownIt("commonmark").enable("table")
    install(markdown, Settings())

    def read(data: bytes) -> None:
        markdown.parse(text_of(data), {})

    return read


def html(data: bytes) -> None:
    """HTML that is pasted into a post."""
    text = text_of(data)
    harmless(text)
    html_images(text)
    pasted_pieces(text)


def fetched(data: bytes) -> None:
    """Pages, images and addresses of other sites, and what is kept of them."""
    text = text_of(data)
    parse_cards(text)
    download = Download("https://a.example/", data, "text/html")
    for read in (lambda: image_of(data), lambda: page_facts(download), lambda: target_of(text)):
        with suppress(RefusedError):
            read()


TARGETS: dict[str, Callable[[], Callable[[bytes], None]]] = {
    "front-matter": lambda: front_matter,
    "rules": rules,
    "html": lambda: html,
    "fetched": lambda: fetched,
}

if __name__ == "__main__":
    target = TARGETS[sys.argv.pop(1)]()
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
