"""Pasted HTML is taken apart whole, safely and in time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsuzuri.reading.embeds import embed_of, embed_of_url
from tsuzuri.reading.pasted import Html, Quotation, Script, pasted_pieces
from tsuzuri.reading.services import SERVICES, Embed, host_of


@pytest.mark.parametrize(
    "text",
    [
        "<SCRIPT>alert(1)</SCRIPT>",
        "<script\n>alert(1)</script\n>",
        "<script/src=https://evil.example/a.js></script>",
        "<script src='https://evil.example/a.js'>",
        '<script data-a=">" src="https://evil.example/a.js"></script>',
        "<script>if (a < b) c('</p>')</script>",
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        "<iframe src=' javascript:alert(1)'></iframe>",
        "<iframe src='&#106;avascript:alert(1)'></iframe>",
        "<iframe src='data:text/html,x'></iframe>",
        '<script src="https://platform.twitter.com.evil.example/widgets.js"></script>',
        '<script src="https://platform.twitter.com@evil.example/widgets.js"></script>',
    ],
)
def test_no_script_gets_through(text: str) -> None:
    pieces = pasted_pieces(text)
    assert pieces is not None
    assert [type(piece) for piece in pieces] == [Script]


@given(
    st.lists(
        st.sampled_from(
            ["<script", "<iframe", "</script>", "</iframe>", ">", '"', "'", "src=a", "<p>", "x"]
        )
    )
)
def test_what_stays_html_holds_no_script(parts: list[str]) -> None:
    pieces = pasted_pieces(" ".join(parts)) or []
    kept = "".join(piece.text for piece in pieces if isinstance(piece, Html))
    assert "<script" not in kept


def test_what_stands_around_is_kept_as_it_was() -> None:
    pieces = pasted_pieces('<div>\n<iframe src="https://a.example/b"></iframe>\n</div>')
    assert pieces == [
        Html("<div>\n"),
        Embed("a.example", "https://a.example/b", "https://a.example/b"),
        Html("\n</div>"),
    ]


def test_html_of_no_other_service_is_none_of_ours() -> None:
    assert pasted_pieces("<blockquote><p>引用</p></blockquote>") is None
    assert pasted_pieces("<scripture>文</scripture>") is None


def test_a_tweet_with_entities_and_links() -> None:
    pieces = pasted_pieces(
        '<blockquote class="twitter-tweet" data-lang="ja"><p>a &amp; b<br>c '
        '<a href="https://t.co/x?a=1&amp;b=2">t.co</a></p>&mdash; 名前 (@n) '
        '<a href="https://twitter.com/n/status/1?s=20">2024年9月12日</a></blockquote>'
    )
    assert pieces == [
        Quotation(
            ((("a & b", ""), ("\n", ""), ("c ", ""), ("t.co", "https://t.co/x?a=1&b=2")),),
            "名前 (@n)",
            "https://twitter.com/n/status/1",
            "2024年9月12日",
        )
    ]


@pytest.mark.parametrize(
    "piece", ["<iframe ", '<iframe src="https://a.example/">', "<script></script><!--", '<script "']
)
def test_a_hostile_paste_is_read_in_seconds(piece: str) -> None:
    start = time.process_time()
    pasted_pieces(piece * (500_000 // len(piece)))
    assert time.process_time() - start < 5


@pytest.mark.parametrize("url", ["http://[", "https://", "http://[::1", "https://a:b:c/"])
def test_an_address_that_cannot_be_read_is_none(url: str) -> None:
    for name in SERVICES:
        assert embed_of(name, url) is None
    assert embed_of_url(url) is None
    assert host_of(url) in {"", "a"}


def test_every_frame_is_of_the_service_itself() -> None:
    """A facade never sends a reader to another host than the one that the writer named."""
    sample = "https://evil.example/https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert embed_of_url(sample) is None
    assert embed_of("figma", "https://evil.example/www.figma.com/file/a") is None
