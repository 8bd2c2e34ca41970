"""A reference to a figure is read as one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import post
from tsuzuri.writing.numbered import joined

if TYPE_CHECKING:
    from tests.conftest import Build

FIGURE = "{numref}`fig`と{numref}`図{number}「{name}」 <fig>`を見よ。\n\n:::{figure} a.png\n:name: fig\n\n速さ 2 倍\n:::\n"
PICTURE = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("図 1", "図\u00a01"),
        ("Fig. 1.2", "Fig.\u00a01.2"),
        ("図1「速さ」", "図1「速さ」"),
        ("", ""),
    ],
)
def test_no_line_ends_before_the_number(text: str, expected: str) -> None:
    assert joined(text) == expected


def test_a_reference_to_a_figure_stays_on_one_line(build: Build) -> None:
    """A line that ends in 図 and goes on with 1 makes the reader stumble."""
    site = build({"posts/a.md": post(FIGURE), "posts/a.png": PICTURE}, numfig=True)
    links = site.article("posts/a.html").select("a:has(.std-numref)")
    assert [link.get_text() for link in links] == ["図\u00a01", "図1「速さ\u00a02 倍」"]
