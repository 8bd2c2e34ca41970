"""Whatever is read (posts, pasted HTML, other tools' trees, fetched pages): no crash, no escape.

The numbers are small here; ``make fuzz EXAMPLES=5000`` takes them up.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import make_build, post, write_files
from tsuzuri.reading.active_html import harmless, is_code
from tsuzuri.reading.cards import parse_cards
from tsuzuri.reading.fetched import MANIFEST, read_manifest
from tsuzuri.reading.html import html_images
from tsuzuri.reading.pasted import pasted_pieces
from tsuzuri.workshop.fetching.address import RefusedError, target_of
from tsuzuri.workshop.fetching.content import image_of, page_facts
from tsuzuri.workshop.fetching.download import Download
from tsuzuri.workshop.importing.command import carry_out
from tsuzuri.workshop.importing.plan import make_plan
from tsuzuri.workshop.importing.tools import TOOLS, open_project

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Build

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "50"))
ZONE = ZoneInfo("Asia/Tokyo")

MARKS = (
    "*", "**", "_", "`", "``", "~~", "[", "]", "(", ")", "![", "[^", "^[", "[[", "]]", "@[card](",
    "@[youtube](", "{", "}", "{ref}`", "{post}`", "{{", "<", ">", "</", "<p ", "<img src=", "<a href=",
    "<details>", "</details>", "<summary>", "<iframe src=", "<script>", "<blockquote class=twitter-tweet>",
    "<!--", "-->", "&", "&#", "$", "$$", "\\(", "\\", "|", "||", "|-|", ":::", ":::message\n", ":::details ",
    "::::", "```", "```{note}\n", "```{figure} a.png\n", "```mermaid\n", "~~~", "#", "## ", "> ", "- ", "1. ",
    "- [ ] ", "---", "===", ": ", "[^a]: ", "[a]: ", "%", "+++", "(a)=\n", "https://", "http://[", "www.",
    "a@b.c", "=250x", "\n", "\n\n", "\t", "    ", " ", "a", "漢", "かな。", "「", "」", "\u200b", "\u2028", "\0",
    "\ufeff", "🙂", "'", '"', "javascript:", "data:", "../../", "/etc/passwd", "{#id .class key=val}", "\\label{a}",
)  # fmt: skip
TEXT = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=3)), max_size=30).map("".join)
HTML = st.lists(
    st.one_of(
        st.sampled_from(
            ["<", ">", "/", "=", '"', "'", " ", "\n", "<a ", "<img ", "href=", "src=", "onclick=",
             "javascript:x", "srcdoc=", "<svg/", "<!--", "-->", "<![CDATA[", "<?", "</a>", "&#106;",
             "&colon;", "\0", "\x0c", "width=50%", "style=", "<picture>", "<source ", "<figure>",
             "<script", "</script>", "<iframe ", "<blockquote class=twitter-tweet>", "漢"]
        ),
        st.text(max_size=3),
    ),
    max_size=25,
).map("".join)  # fmt: skip
some = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES == 50,  # what the suite finds it finds at every run
    database=None,
    suppress_health_check=list(HealthCheck),
)
few = settings(parent=some, max_examples=max(2, EXAMPLES // 25))


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return make_build(tmp_path_factory.mktemp("fuzz"))


@few
@given(texts=st.lists(TEXT, min_size=40, max_size=40))
def test_posts(build: Build, texts: list[str]) -> None:
    """Each text is a post, read whole by the parser and all rules; each becomes a page."""
    files: dict[str, str | bytes | None] = {
        f"posts/p{number}.md": post(text) for number, text in enumerate(texts)
    }
    site = build(files)
    missing = [name for name in files if name.replace(".md", ".html") not in site.files()]
    assert missing == []


@some
@given(HTML)
def test_what_is_left_of_html_runs_nothing(text: str) -> None:
    """What we let through is judged by another parser than ours."""
    from lxml import etree, html

    left, _names = harmless(text)
    if not left.strip("\0 \t\r\n\f") or "<" not in left:
        return
    try:
        root = html.fragment_fromstring(left.replace("\0", "\ufffd"), create_parent="div")
    except (ValueError, etree.ParserError):
        return
    for element in root.iter():
        if isinstance(element.tag, str):
            for name, value in element.attrib.items():
                assert not name.lower().startswith("on"), (text, left)
                if name.lower() in {"href", "src", "action", "formaction"}:
                    assert not is_code(value), (text, left)


@some
@given(HTML)
def test_pasted_html_is_read(text: str) -> None:
    """No piece is lost or invented: all that is told as HTML stood in the text."""
    from tsuzuri.reading.pasted import Html, Script

    html_images(text)
    for piece in pasted_pieces(text) or ():
        if isinstance(piece, Html | Script):
            assert piece.text in text


@some
@given(st.one_of(HTML.map(str.encode), st.binary(max_size=200)), st.text(max_size=40))
def test_fetched_pages_and_images_are_read(data: bytes, content_type: str) -> None:
    """A page says what it wants of itself; what we keep is plain text and web addresses."""
    for read in (image_of, lambda data: page_facts(Download("https://a.example/", data, content_type))):  # fmt: skip
        told(read, data)


@some
@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "//", "https://[", "https://a@"]))  # fmt: skip
def test_addresses_are_read(text: str, opening: str) -> None:
    told(target_of, opening + text)


def told(read: Callable[[Any], object], value: object) -> None:
    """Read *value*; a refusal is an answer too."""
    with suppress(RefusedError):
        read(value)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["https://a.example/", "title", "image", "path", "sha256", "fetched"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)


@some
@given(st.one_of(JSON.map(json.dumps), st.text(max_size=40)))
def test_kept_files_are_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """A file that someone edited, or that a merge spoiled, stops no build."""
    parse_cards(text)
    folder = Path(tmp_path_factory.getbasetemp(), "kept")
    write_files(folder, {str(MANIFEST): text.encode("utf-8", "replace")})
    read_manifest(folder)


TOOL_FILES = {
    "zenn": "articles/{}.md", "qiita": "public/{}.md", "hugo": "content/posts/{}.md",
    "jekyll": "_posts/2024-01-0{}-a.md", "astro": "src/content/blog/{}.md", "zola": "content/{}.md",
    "pelican": "content/{}.md",
}  # fmt: skip


@pytest.mark.parametrize("tool", TOOL_FILES)
@settings(parent=some, max_examples=max(3, EXAMPLES // 10))
@given(
    texts=st.lists(TEXT, min_size=3, max_size=3),
    front=st.sampled_from(["---\ntitle: a\n---\n", "+++\ntitle = 'a'\n+++\n", "Title: a\n\n", ""]),
)
def test_trees_of_other_tools_are_read(
    tmp_path_factory: pytest.TempPathFactory, tool: str, texts: list[str], front: str
) -> None:
    """Nothing outside the new folder is written, nothing outside the old one is taken."""
    base = tmp_path_factory.mktemp("import")
    files: dict[str, str | bytes | None] = {
        TOOL_FILES[tool].format(number): (front + text).encode("utf-8", "replace")
        for number, text in enumerate(texts, 1)
    }
    write_files(base / "old", files)
    write_files(base, {"secret.png": b"geheim", "secret.md": b"geheim"})
    project = open_project(base / "old", tool)
    assert project is not None
    plan = make_plan(project, "posts", ZONE)
    carry_out(plan, base / "new", dry_run=False)
    for path in base.rglob("*"):
        if path.is_file() and base / "old" not in path.parents and "secret" not in path.name:
            assert base / "new" in path.parents
            assert b"geheim" not in path.read_bytes()


def test_every_tool_is_tried() -> None:
    assert {tool.name for tool in TOOLS} == set(TOOL_FILES)
