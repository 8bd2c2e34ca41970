"""The files of an index: those that Pagefind's own indexer would write, from whatever way."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tsuzuri.writing.search import pagefind, shelves
from tsuzuri.writing.search.bundle import Subject, make_index, named, stemming, subject_of
from tsuzuri.writing.search.cbor import array, decoded, head, number, text
from tsuzuri.writing.search.filed import blocks, filter_word, filters_of
from tsuzuri.writing.search.inverted import MOST_BYTES, Chunk, bounds, chunks, joined, shelved
from tsuzuri.writing.search.lexicon import unpacked
from tsuzuri.writing.search.pagefind import PagefindError, bundle_files
from tsuzuri.writing.search.record import Record, Section
from tsuzuri.writing.search.words import BOUNDARY, given, words_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tsuzuri.writing.search.filed import Filed

ROOT = Path(__file__).parents[2]
ODD = (
    "getElementById HTTPServer foo_bar __init__ C++ C# x86_64 API_v2 studies running café naïve"
    " Straße İstanbul 한국어 텍스트 가 漢字とかな デモ が ぱ ㍻ ｶﾞｽ ①② 3D km² ⅷ 𠮷野家 ꀀ Ω ⅓ ª"
    " __a__ _ ___x snake_case_of_seven_parts batch batch-batch re-batch ДЖУЛЬЄТТА ἀρχή"
)


def records() -> list[Record]:
    """Pages of all kinds of words: our documentation, our code, and odd ones."""
    files = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("posts/**/*.md")])[:60]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files}
    texts |= {"code": Path(shelves.__file__).read_text(encoding="utf-8"), "odd": ODD, "no": ""}
    return [
        Record(
            f"{number}-{name}",
            f"{name}.html",
            f"題 {name} {ODD if number % 9 == 0 else ''}",
            (Section("", "", content[:2000]), Section("a", f"見出し {ODD}", content[2000:])),
            "2024-01-02" if number % 2 else "",
            "",
            ("数学", "naïve") if number % 3 else (),
        )
        for number, (name, content) in enumerate(texts.items())
    ]


def as_html(record: Record) -> str:
    """Return *record* as a page from which Pagefind makes the same words."""
    parts = []
    for weight, block in blocks(record):
        if words := given(" ".join(words_in(block))):
            parts.append(f'<p data-pagefind-weight="{weight}">{escape(words)} {BOUNDARY}</p>')
    filters = " ".join(filter_word(*pair) for pair in filters_of(record.tags, record.date))
    return (
        '<html lang="en"><head></head><body data-pagefind-body>'
        '<meta data-pagefind-meta="title[content]" content="">'
        f"{''.join(parts)}<p>{BOUNDARY} {filters}</p></body></html>"
    )


def read(files: Mapping[str, bytes]) -> tuple[dict[str, Any], list[Any]]:
    """Return the words and the table of contents in the *files* of an index."""
    words: dict[str, Any] = {}
    table: list[Any] = []
    for name, content in files.items():
        if name.endswith(".pf_index"):
            words |= {word: (pages, variants) for word, pages, variants in unpacked(content)[0]}
        elif name.endswith(".pf_meta"):
            table = unpacked(content)
    return words, table


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def made(found: Sequence[Record], folder: Path) -> dict[str, bytes]:
    make_index(subject_of(found, "ja"), folder / "out", folder / "memory")
    return files_in(folder / "out")


def test_the_index_is_that_of_pagefind(tmp_path: Path) -> None:
    """A word that is filed otherwise than a query is cut is never found."""
    found = records()
    words, table = read(made(found, tmp_path))
    by_name = {record.docname: record for record in found}
    order = [
        page.name for shelf in shelves.arranged(subject_of(found, "ja").pages) for page in shelf
    ]
    pages = [(f"{place:04}", as_html(by_name[name])) for place, name in enumerate(order)]
    expected, its_table = read(bundle_files(pages))
    # it takes the last word of a page, of a filter, for a compound of letters and a number
    filters = [filters_of(one.tags, one.date) for one in found]
    lasts = {filter_word(*pairs[-1]).removeprefix("tz") for pairs in filters if pairs}
    assert {word for word in expected if words.get(word) != expected[word]} == {"tz", *lasts}
    assert words.keys() <= expected.keys()
    assert [length for _name, length in table[1]] == [length for _name, length in its_table[1]]
    assert (table[0], table[3:]) == (its_table[0], its_table[3:])
    assert len(table[2]) > 3  # it is cut into several files


def test_the_files_do_not_depend_on_what_was_there(tmp_path: Path) -> None:
    """A page that was edited last is found otherwise than after a clean build."""
    found = records()
    made(found[:-1], tmp_path / "a")
    made(found[1:], tmp_path / "a")
    edited = [
        *found[:3],
        Record("new", "new.html", "新", (Section("", "", "zyzzyva"),)),
        *found[5:],
    ]
    assert made(edited, tmp_path / "a") == made(list(reversed(edited)), tmp_path / "b")


def test_a_change_asks_only_for_what_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One edit among a thousand posts indexes them all again."""
    found = records()
    made(found, tmp_path)
    monkeypatch.setattr(pagefind, "get_executable", lambda: "/nonexistent")
    seen: list[str] = []
    pages = subject_of(
        [*found[:-1], Record("1-x", "x.html", "題", (Section("", "", "漢字 code"),))], "ja"
    ).pages
    watched = [replace(one, filed=partial(looked_up, one, seen)) for one in pages]
    make_index(Subject(watched, {}, "ja"), tmp_path / "out", tmp_path / "memory")
    assert "1-x" in seen
    assert len(seen) < len(found) / 2


def looked_up(page: shelves.Page, seen: list[str]) -> Filed:
    seen.append(page.name)
    return page.filed()


@pytest.mark.parametrize("content", [b"", b"\x80\x05", b"no pickle"])
def test_a_damaged_memory_is_made_anew(tmp_path: Path, content: bytes) -> None:
    """A computer that was switched off leaves files of nought bytes, and no build works."""
    before = made(records()[:9], tmp_path)
    for path in (tmp_path / "memory").iterdir():
        path.write_bytes(content)
    assert made(records()[:9], tmp_path) == before


def test_a_site_without_words_has_an_index(tmp_path: Path) -> None:
    files = made([], tmp_path)
    assert read(files) == ({}, [read(files)[1][0], [], [], [], [], ["title"]])


def test_an_answer_that_is_not_understood_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Pagefind of another form gives an index in which nothing is found, and nobody says so."""
    own = bundle_files

    def without_places(pages: Sequence[tuple[str, str]]) -> dict[str, bytes]:
        return {name: one for name, one in own(pages).items() if not name.endswith(".pf_meta")}

    monkeypatch.setattr("tsuzuri.writing.search.lexicon.bundle_files", without_places)
    with pytest.raises(PagefindError, match="in a way that is not known"):
        made(records()[:2], tmp_path)


def test_words_that_are_orders_to_pagefind_are_words(tmp_path: Path) -> None:
    """A post on Pagefind's own signs shifts all places after it, and no phrase is found."""
    sign = "___PAGEFIND_WEIGHT___10"
    record = Record("a", "a.html", "題", (Section("", "", f"{sign} apple pear"),))
    words, _table = read(made([record], tmp_path))
    (((_page, sign_at, _fields),), _none) = words[sign.lower()]
    (((_page, pear_at, _fields),), _none) = words["pear"]
    assert pear_at[-1] - sign_at[-1] == 2


def test_shelves_join_to_what_one_shelf_would_be() -> None:
    pages = [{"a": b"1", "b": b"2"}, {"b": b"3"}, {"a": b"4"}, {}, {"b": b"5", "c": b"6"}]
    whole = joined([(0, shelved(pages))])
    for cut in range(6):
        assert joined([(0, shelved(pages[:cut])), (cut, shelved(pages[cut:]))]) == whole


def test_chunks_reach_as_far_as_they_must() -> None:
    """A query goes to the first chunk whose reach it is in."""
    runs = [("apple", "apply"), ("apricot", "cath"), ("cathartic", "zoo")]
    found = [Chunk(first, last, b"") for first, last in runs]
    assert bounds(found) == [("apple", "app"), ("apr", "cath"), ("catha", "zoo")]


def test_words_that_go_on_from_a_query_are_fetched_with_it() -> None:
    """A reader who has typed 情 or data finds 情報 and not 情理, data and not database."""
    pages = b"x" * 150
    latin = [f"da{number:03}" for number in range(300)]
    kanji = [f"情{chr(0x5000 + number)}" for number in range(300)]
    found = list(chunks(dict.fromkeys(["ca", *latin, "db", *kanji, "惰性"], pages)))
    reach = [(chunk.first, chunk.last) for chunk in found]
    assert reach == [("ca", "da299"), ("db", kanji[-1]), ("惰性", "惰性")]


def test_a_chunk_is_not_larger_than_a_query_may_cost() -> None:
    words = {f"の{chr(0x5000 + number)}": b"x" * 1000 for number in range(200)}
    found = list(chunks(words))
    assert len(found) == 200 * 1000 // MOST_BYTES + 1
    assert max(len(chunk.content) for chunk in found) < MOST_BYTES + 1200


def test_names_that_would_be_alike_are_longer() -> None:
    digests = ["0123456789ab", "0123456789cd", "0123456789ce"]
    assert named("en", digests) == ["en_0123456789", "en_0123456789c", "en_0123456789ce"]


@pytest.mark.parametrize(
    ("value", "content"),
    [
        (0, "00"),
        (23, "17"),
        (24, "1818"),
        (100, "1864"),
        (1000, "1903e8"),
        (1000000, "1a000f4240"),
        (1000000000000, "1b000000e8d4a51000"),
        (-1, "20"),
        (-100, "3863"),
        ("", "60"),
        ("IETF", "6449455446"),
        ("水", "63e6b0b4"),
        ([], "80"),
        ([1, [2, 3], [4, 5]], "8301820203820405"),
    ],
)
def test_numbers_texts_and_lists_are_encoded(value: Any, content: str) -> None:
    """The examples of RFC 8949, appendix A."""
    assert encoded(value) == bytes.fromhex(content)
    assert decoded(bytes.fromhex(content)) == value


def encoded(value: Any) -> bytes:
    if isinstance(value, list):
        return array([encoded(one) for one in value])
    return text(value) if isinstance(value, str) else number(value)


@pytest.mark.parametrize("content", ["", "18", "8101ff", "a0", "62e6"])
def test_what_is_no_such_value_is_refused(content: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decoded(bytes.fromhex(content))


def test_a_number_has_at_most_eight_bytes() -> None:
    with pytest.raises(ValueError, match="eight bytes"):
        head(0, 1 << 64)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ja", "en"), ("zh_CN", "en"), ("en", "en"), ("de", "de"), ("pt-BR", "pt"), ("", "en")],
)
def test_endings_are_cut_by_the_language_of_the_words(language: str, expected: str) -> None:
    assert stemming(language) == expected
