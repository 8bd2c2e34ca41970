"""EPUB and LaTeX: what a reader of books and paper gets."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.pixels import drawing, photo
from tsuzuri.writing.book import completed
from tsuzuri.writing.xhtml import well_formed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build

CASES = [
    ("<p>a<br>b</p>", "<p>a<br />b</p>"),
    ("<p>a&nbsp;b&amp;c&copy;</p>", "<p>a\xa0b&amp;c©</p>"),
    ("<div><input disabled checked></div>", '<div><input disabled="disabled" checked="checked" /></div>'),
    ("<p><a href=x&y=1>z</a></p>", '<p><a href="x&amp;y=1">z</a></p>'),
    ("<div><p>a<b>b</div>", "<div><p>a<b>b</b></p></div>"),
    ("<div>a</i></div>", "<div>a</div>"),
    ("<div>a", "<div>a</div>"),
    ("<p>1 < 2 & 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
    ("<p a='1' a='2' @x='3' \"=4>b</p>", '<p a="1">b</p>'),
    ("<p><!-- a -- b ---><br></p>", "<p><br /></p>"),
    (
        '<p><svg viewBox="0 0 1 1"><linearGradient id="g"/></svg><br></p>',
        '<p><svg viewBox="0 0 1 1"><linearGradient id="g" /></svg><br /></p>',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), CASES)
def test_html_as_xml(html: str, expected: str) -> None:
    assert expected == well_formed(html)
    etree.fromstring(expected)


def test_xml_is_left_alone() -> None:
    text = "<p  a='1'>b<br/></p>"
    assert text == well_formed(text)


@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<b a=1 b>", "</b>", "<br>", "&", "&nbsp;", "&#x41;", "<", ">", "--", "<!--", "-->",
    'x="', "日本", "<svg/>", "<a href='x\"'>", "]]>", "&bogus;", "<!", "<?",
])))  # fmt: skip
def test_any_html_becomes_xml(parts: list[str]) -> None:
    etree.fromstring(well_formed(f"<div>{''.join(parts)}</div>"))


def test_a_book_is_complete_and_well_formed(build: Build) -> None:
    """Every page parses, formulas are declared, images are in formats that books know."""
    text = (
        "# 題\n\n$E = mc^2$\n\n<p>raw<br>html &nbsp; <input disabled></p>\n\n"
        "![写真](a.webp)\n\n![図](b.svg)\n\n![夜](c.png#only-dark)\n\n- [x] 済\n"
    )
    site = build(
        {
            "index.md": text,
            "a.webp": photo((300, 200), "WEBP"),
            "b.svg": '<!DOCTYPE svg PUBLIC "x" "y"><svg xmlns="http://www.w3.org/2000/svg"><path/></svg>',
            "c.png": drawing(),
        },
        builder="epub",
        version="1",
    )
    (book,) = site.out.glob("*.epub")
    with zipfile.ZipFile(book) as archive:
        names = archive.namelist()
        for name in names:
            if name.endswith((".xhtml", ".svg", ".opf")):
                etree.fromstring(archive.read(name))
        content = etree.fromstring(archive.read("content.opf"))
        drawn = next(archive.read(name) for name in names if name.endswith(".svg"))
    items = {item.get("href"): item for item in content.iter("{*}item")}
    assert items["index.xhtml"].get("properties") == "mathml"
    images = sorted(name.rpartition(".")[2] for name in names if name.startswith("_images/"))
    assert images == ["png", "svg"]
    assert b"DOCTYPE" not in drawn
    page = site.page("index.xhtml")
    shown = [str(image["src"]) for image in page.select("img")]
    assert len(shown) == 2
    assert all(source in names for source in shown)


def test_what_a_page_holds_is_declared(tmp_path: Path) -> None:
    (tmp_path / "a b.xhtml").write_text('<svg/><img src="https://x.example/a.png"/>')
    content = (
        b'<package xmlns="http://www.idpf.org/2007/opf"><metadata><meta property="x"/>'
        b'<meta property="y">1</meta></metadata><manifest><item href="a%20b.xhtml" '
        b'media-type="application/xhtml+xml"/></manifest></package>'
    )
    root = etree.fromstring(completed(content, tmp_path))
    (item,) = root.iter("{*}item")
    assert item.get("properties") == "svg remote-resources"
    assert [meta.get("property") for meta in root.iter("{*}meta")] == ["y"]


def test_latex_gets_images_that_it_can_read(build: Build) -> None:
    """WebP becomes PNG; a photograph stands upright; a missing file does not stop LaTeX."""
    text = "# 題\n\n![写真](a.webp)\n\n![横](b.jpg)\n\n![無い](none.png)\n\n![壊れた](c.svg)\n"
    site = build(
        {
            "index.md": text,
            "a.webp": photo((300, 200), "WEBP"),
            "b.jpg": photo((300, 200), orientation=6),
            "c.svg": "<svg",
        },
        builder="latex",
    )
    images = {name.rpartition(".")[2] for name in site.files() if name.startswith(("a-", "b-"))}
    assert images == {"png", "jpg"}
    tex = "".join(site.text(name) for name in site.files() if name.endswith(".tex"))
    assert tex.count(r"\sphinxincludegraphics") == 2
    assert "無い" in tex
    assert "壊れた" in tex
