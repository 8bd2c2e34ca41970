"""Images that a writer put in HTML."""

from __future__ import annotations

import time

import pytest
from docutils import nodes

from tsuzuri.reading.html import html_images


def shape(text: str) -> list[str] | None:
    """Return the kinds of nodes and their sizes, as a short notation."""
    found = html_images(text)
    if found is None:
        return None
    return [
        f"{type(node).__name__} {node.get('uri', '')} {node.get('width', '')} {node.get('align', '')}".strip()
        for top in found
        for node in top.findall(nodes.Element)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<img src="a.png">', ["image a.png"]),
        ("<IMG SRC=a.png WIDTH=300 />", ["image a.png 300px"]),
        ('<p align="center">\n  <img src="a.png" width="50%"/>\n</p>', ["image a.png 50% center"]),
        ('<center><img src="a.png"></center>', ["image a.png  center"]),
        ("<div align=right><img src='a.png'></div>", ["image a.png  right"]),
        ('<p><a href="https://x.example/"><img src="a.png"></a></p>', ["reference", "image a.png"]),
        (
            '<figure><img src="a.png"><figcaption>説明 &amp; 注</figcaption></figure>',
            ["figure   default", "image a.png", "caption"],
        ),
        (
            '<p align="center"><img src="a.png"><img src="b.png"></p>',
            ["paragraph", "image a.png", "image b.png"],
        ),
        (
            '<img src="a.png" style="width:40%; background-color:#000; position:fixed">',
            ["image a.png 40%"],
        ),
        ('<!-- 注 --><img src="%E5%9B%B3.png">', ["image 図.png"]),
        ("<p>文 <img src=a.png></p>", None),
        ("<p><img src=a.png>", None),
        ("<p><img src=a.png></div>", None),
        ("<img src=''>", None),
        ("<img>", None),
        ("<script></script><img src=a.png>", None),
        ("<img src=a.png", None),
    ],
)
def test_what_becomes_of_html(text: str, expected: list[str] | None) -> None:
    assert shape(text) == expected


def test_what_is_kept_of_an_image() -> None:
    [image] = (
        html_images(
            '<img src="a.png" alt="図 &quot;甲&quot;" title="題" style="background-color: #000; position: fixed">'
        )
        or []
    )
    assert image["alt"] == '図 "甲"'
    assert image["title"] == "題"
    assert image["style"] == "background-color: #000"


def test_a_link_that_runs_code_is_no_link() -> None:
    assert shape('<a href="javascript:alert(1)"><img src="a.png"></a>') == ["image a.png"]


@pytest.mark.parametrize(
    "piece", ["<p ", "<p", "<img ", "<a href='", "<!--", "</p", "&#", "<p>", "a=", " "]
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    """A megabyte of tags that never end took hours."""
    text = "<img src=a>" + piece * (1_000_000 // len(piece))
    start = time.process_time()
    html_images(text)
    html_images(f"<img {piece * (1_000_000 // len(piece))}")
    assert time.process_time() - start < 2
