"""An article in a feed reads well without the site's styles and scripts, and harms nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from lxml import html

from tsuzuri.writing.fragment import clean_fragment

PAGE = "https://blog.example/ja/posts/a.html"

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "feed_fragments.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cleaning(case: dict[str, str]) -> None:
    assert clean_fragment(case["given"], PAGE) == case["expected"]


@pytest.mark.parametrize(("given", "expected"), [("<p>a\x00\x0bb</p>", "<p>ab</p>"), (" \n", "")])
def test_what_no_xml_can_hold_goes(given: str, expected: str) -> None:
    assert clean_fragment(given, PAGE) == expected


ATTACKS = [
    '<p onclick="alert(1)">x</p>',
    "<script>alert(1)</script><p>x</p>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<img src="javascript:alert(1)">x',
    '<img src=x onerror="alert(1)">x',
    '<svg onload="alert(1)"><script>alert(1)</script></svg>x',
    '<iframe src="javascript:alert(1)"></iframe>x',
    '<object data="data:text/html,<script>alert(1)</script>"></object>x',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">x',
    '<form action="https://evil.example"><input></form>x',
    "<style>@import 'https://evil.example'</style>x",
    '<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>x',
    '<a href="http://[">x</a>',
    '<a title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" href="b">x</a>',
]


@pytest.mark.parametrize("given", ATTACKS)
def test_nothing_that_runs_reaches_a_reader(given: str) -> None:
    """A feed is shown in the origin of the reader: what runs there acts for its user."""
    root = html.fragment_fromstring(clean_fragment(given, PAGE), create_parent="div")
    assert "x" in root.text_content()
    for element in root.iter():
        assert element.tag not in {"script", "style", "svg", "iframe", "object", "form", "math"}
        for name, value in element.items():
            assert not name.startswith("on")
            assert name not in {"href", "src"} or value.startswith("https://blog.example/"), value
