"""Fuzzing guided by coverage: Atheris looks for the bytes that lead into branches not yet taken.

``make fuzz-guided TARGET=rules SECONDS=300``; what it finds goes, as a short text, into the table
of cases that belongs to the code.  Hypothesis (``test_fuzz.py``) stays what the suite runs.

Each target begins with the cases of the tests, and keeps what led it on in ``.cache/fuzz``, from
where the next run goes on.
"""

from __future__ import annotations

import hashlib
import io
import sys
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import atheris

with atheris.instrument_imports(include=["tsuzuri", "markdown_it", "mdit_py_plugins"]):
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    from tsuzuri.config import Settings
    from tsuzuri.defaults import MYST_EXTENSIONS
    from tsuzuri.reading.active_html import harmless, is_code
    from tsuzuri.reading.cards import parse_cards
    from tsuzuri.reading.frontmatter import read_front_matter
    from tsuzuri.reading.html import html_images
    from tsuzuri.reading.pasted import pasted_pieces
    from tsuzuri.reading.rules import install
    from tsuzuri.reading.rules.renderer import ConstructRenderer
    from tsuzuri.workshop.checking.scan import scan
    from tsuzuri.workshop.fetching.address import RefusedError, target_of
    from tsuzuri.workshop.fetching.content import image_of, page_facts
    from tsuzuri.workshop.fetching.download import Download

from lxml import etree
from lxml import html as lxml_html
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CASES = Path(__file__).parents[1] / "cases"
CORPUS = Path(".cache/fuzz")
ADDRESSES = frozenset({"href", "src", "action", "formaction"})
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
    """All rules of the Markdown parser: MyST's, ours, and what Zenn, Qiita and others write."""
    config = MdParserConfig(enable_extensions=set(MYST_EXTENSIONS))
    markdown = create_md_parser(config, ConstructRenderer)
    install(markdown, Settings())

    def read(data: bytes) -> None:
        text = text_of(data)
        markdown.parse(text, {})
        scan(text)

    return read


def html(data: bytes) -> None:
    """HTML that is pasted into a post; what is left of it is judged by another parser."""
    text = text_of(data)
    left, _names = harmless(text)
    assert harmless(left)[0] == left, (text, left)
    html_images(text)
    pasted_pieces(text)
    try:
        root = lxml_html.fragment_fromstring(left.replace("\0", "\ufffd"), create_parent="div")
    except (ValueError, etree.LxmlError):
        return
    for element in root.iter():
        for name, value in element.attrib.items() if isinstance(element.tag, str) else ():
            assert not name.lower().startswith("on"), (text, left)
            assert name.lower() not in ADDRESSES or not is_code(value), (text, left)


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


def cases(pattern: str) -> Iterator[str]:
    """Yield the texts of the tests' cases in files that match *pattern*."""
    for path in sorted(CASES.glob(pattern)):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".toml":
            yield from (case["text"] for case in tomllib.loads(text)["case"] if "text" in case)
        else:
            yield from text.split("\n.\n")


PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>題名</title>
<meta property="og:title" content="題 &amp; 名"><meta name="description" content="説明">
<meta property="og:image" content="/a.png"><meta property="og:site_name" content="名">
</head><body><p>本文</p></body></html>"""
SVG = """<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"
xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" width="9px"><style>a{fill:url(#b)}
</style><a xlink:href="#b" style="fill:red"><path id="b" d="M0 0h9"/></a></svg>"""


def pictures() -> Iterator[bytes]:
    """Yield the smallest picture of each format."""
    for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "ICO", "AVIF"):
        data = io.BytesIO()
        with suppress(OSError, KeyError):  # not every Pillow writes each
            Image.new("RGB", (2, 2)).save(data, kind)
            yield data.getvalue()


def seeds(name: str) -> Iterator[bytes]:
    """Yield what the target *name* begins with."""
    if name == "front-matter":
        for text in cases("front-matter*.toml"):
            mark = b"a" if text.startswith("+++") else b"\xff"
            yield mark + text.strip("\n+-").encode()
    elif name == "fetched":
        yield from pictures()
        yield from (PAGE.encode(), PAGE.encode("cp932"), SVG.encode(), b"https://a.example:1/?b#c")
        yield b'{"https://a.example/": {"title": "a", "image": "_fetched/images/a.png"}}'
    else:
        yield from (
            text.encode() for text in cases("dialect-pasted.md" if name == "html" else "*.md")
        )


def corpus(name: str) -> Path:
    """Return the folder of what the target *name* begins with."""
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds(name):
        (folder / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)
    return folder


if __name__ == "__main__":
    chosen = sys.argv.pop(1)
    atheris.Setup([*sys.argv, str(corpus(chosen))], TARGETS[chosen]())
    atheris.Fuzz()
