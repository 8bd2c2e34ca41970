"""A post that is shared shows its title, readable, whatever stands in it."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.conftest import post
from tests.writing.samples import HOSTILE, PNG
from tsuzuri.writing import card_files
from tsuzuri.writing.card_font import CardFont, find_font
from tsuzuri.writing.cards import (
    LEFT_PX,
    RIGHT_PX,
    TITLE_PX,
    Card,
    balanced,
    draw,
    fill,
    fit,
    pieces,
)
from tsuzuri.writing.feeds.model import one_line
from tsuzuri.writing.phrases import Phrases

if TYPE_CHECKING:
    from tests.conftest import Build

FONT = find_font("", Path())
needs_font = pytest.mark.skipif(FONT is None, reason="no font with Japanese is installed")
TITLE = "推論という言葉の二つの意味を、例で区別する"


def font() -> CardFont:
    assert FONT is not None
    return FONT


def card(title: str = TITLE) -> Card:
    return Card(title, "綴り", "2024年9月12日", ("機械学習", "C++"))


def lines_of(title: str) -> list[str]:
    return fit(list(pieces(Phrases().split(title))), font())[1]


@needs_font
def test_a_card_is_an_image_of_the_size_that_previews_want() -> None:
    data = draw(card(), font(), Phrases().split)
    assert data is not None
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(data) < 60_000
    counted = picture.convert("RGB").getcolors(1 << 16) or []
    colours: dict[object, int] = {colour: count for count, colour in counted}
    assert colours[(0xFB, 0xFA, 0xF6)] > 500_000, "paper"
    assert colours[(0x1F, 0x23, 0x28)] > 5_000, "ink"
    assert colours[(0x1F, 0x4E, 0x8C)] > 20_000, "binding"


@needs_font
def test_a_title_breaks_where_a_reader_takes_breath() -> None:
    phrases = set()
    start = 0
    for phrase in Phrases().split(TITLE):
        start += len(phrase)
        phrases.add(start)
    lines = lines_of(TITLE)
    assert len(lines) > 1
    assert "".join(lines) == TITLE
    ends = [sum(map(len, lines[: number + 1])) for number in range(len(lines))]
    assert set(ends) <= phrases


@needs_font
@pytest.mark.parametrize("title", ["短い", TITLE, TITLE * 3, "長" * 400, "A word " * 40, "x" * 300])
def test_every_line_has_room(title: str) -> None:
    size, lines = fit(list(pieces(Phrases().split(title))), font())
    assert 1 <= len(lines) <= 4
    assert all(font().length(line, size) <= RIGHT_PX - LEFT_PX for line in lines)


@needs_font
def test_lines_are_of_like_length() -> None:
    parts = list(pieces(["これは", "二行に", "なる", "題名", "です"]))
    size = TITLE_PX[0]
    ragged = fill(parts, font(), size, 560)
    even = balanced(parts, font(), size, len(ragged))
    widths = [font().length(line, size) for line in even]
    assert len(even) == len(ragged)
    assert max(widths) <= max(font().length(line, size) for line in ragged)


@needs_font
def test_what_the_font_has_not_is_left_out() -> None:
    """A box in place of a character looks broken."""
    assert font().drawable("絵文字👩‍👩‍👧と𠮷野家") == "絵文字と𠮷野家"
    assert draw(card("👩"), font(), Phrases().split) is None


@needs_font
@pytest.mark.parametrize("title", HOSTILE)
def test_any_title_gives_a_card(title: str) -> None:
    data = draw(card(one_line(title)), font(), Phrases().split)
    assert data is not None
    Image.open(io.BytesIO(data)).verify()


@needs_font
def test_the_same_card_has_the_same_bytes_soon() -> None:
    split = Phrases().split
    first = draw(card(), font(), split)
    times = []
    for _ in range(5):
        start = time.process_time()
        assert draw(card(), font(), split) == first
        times.append(time.process_time() - start)
    assert min(times) < 0.05


def test_a_cards_name_changes_with_what_it_shows() -> None:
    names = {
        card().key("font"), card("別").key("font"), card().key("other"),
        Card(TITLE, "綴り", "2024年9月13日", ()).key("font"),
    }  # fmt: skip
    assert len(names) == 4


POSTS: dict[str, str | bytes | None] = {
    "posts/a.md": post(title="カードのある記事"),
    "posts/b.md": post(title="画像のある記事", image="own.png"),
    "posts/own.png": PNG,
}


def cards(files: set[str]) -> list[str]:
    return sorted(name for name in files if name.startswith("_images/cards/"))


@needs_font
def test_a_post_without_an_image_gets_a_card(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    site = build(POSTS)
    [path] = cards(site.files())
    page = site.page("posts/a.html")
    found = {
        str(item["property"]): str(item["content"])
        for item in page.select('meta[property^="og:image"]')
    }
    assert found == {
        "og:image": f"https://blog.example/{path}",
        "og:image:alt": "カードのある記事",
        "og:image:width": "1200",
        "og:image:height": "630",
    }
    assert "cards" not in str(site.page("posts/b.html").select_one('meta[property="og:image"]'))

    def fail(*_arguments: object) -> None:
        raise AssertionError("a card that was kept is not drawn again")

    monkeypatch.setattr(card_files, "draw", fail)
    assert cards(build(fresh=True).files()) == [path]


@needs_font
def test_a_changed_title_leaves_no_old_card(build: Build) -> None:
    [before] = cards(build(POSTS).files())
    [after] = cards(build({"posts/a.md": post(title="変えた題")}).files())
    assert before != after


def test_a_machine_without_a_font_says_what_to_install(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(card_files, "find_font", lambda *_arguments: None)
    monkeypatch.setattr(card_files.logger, "info", told.append)
    site = build(POSTS)
    assert site.warnings == ()
    assert cards(site.files()) == []
    assert len(told) == 1
    assert "fonts-noto-cjk" in told[0]
    assert not site.page("posts/a.html").select('meta[property="og:image"]')


def test_cards_can_be_turned_off(build: Build) -> None:
    assert cards(build(POSTS, tsuzuri_social_cards=False).files()) == []
