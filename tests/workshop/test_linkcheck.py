"""A link that leads nowhere is found in what readers get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tsuzuri.workshop.linkcheck import broken_links, target_of

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://blog.example/ja/"

BROKEN = {
    '<a href="c.html">': "there is no such file",
    '<a href="b.html#nowhere">': "the page has no id 'nowhere'",
    '<a href="#nowhere">': "the page has no id 'nowhere'",
    '<img src="no.png" alt="">': "there is no such file",
    '<img src="a.html" srcset="a.html 1x, no.webp 2x" alt="">': "there is no such file",
    '<link rel="stylesheet" href="no.css">': "there is no such file",
    '<a href="https://blog.example/ja/c.html">': "there is no such file",
    '<a href="/ja/c/">': "there is no such file",
    '<a href="b.html#%E8%A6%8B">': "the page has no id '見'",
}
RIGHT = (
    '<a href="b.html#%E9%A1%8C">',
    '<a href="b.html?v=1">',
    '<a href="#top" id="top">',
    '<a href="https://other.example/none">',
    '<a href="/elsewhere/">',
    '<a href="mailto:a@example.com">',
    '<a href="https://blog.example/ja/sub/">',
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site of a page, another one, and one in a folder."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "index.html").write_text("<p>下</p>", encoding="utf-8")
    (tmp_path / "b.html").write_text('<h1 id="題">題</h1>', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("tag", BROKEN)
def test_what_leads_nowhere_is_told(site: Path, tag: str) -> None:
    """A reader would meet an error page, a missing image, or the wrong place."""
    (site / "a.html").write_text(f"<!doctype html>\n<p>文</p>\n{tag}", encoding="utf-8")
    found = list(broken_links(site, BASE))
    assert [(item.page, item.line, item.reason) for item in found] == [("a.html", 3, BROKEN[tag])]


def test_what_leads_somewhere_is_not(site: Path) -> None:
    """A check that cries wolf is turned off."""
    (site / "a.html").write_text("\n".join(RIGHT), encoding="utf-8")
    assert list(broken_links(site, BASE)) == []


def test_addresses_are_resolved_as_a_browser_does() -> None:
    """A page in a folder, the site's own address, and another site's."""
    assert target_of("x/a.html", "../b.html#%E9%A1%8C", BASE) == ("b.html", "題")
    assert target_of("404.html", "/ja/b.html", BASE) == ("b.html", "")
    assert target_of("a.html", "https://other.example/", BASE) is None
