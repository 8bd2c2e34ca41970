"""Cutting a style sheet keeps what pages use and nothing else."""

from __future__ import annotations

import pytest

from tsuzuri.writing.assets import BASIC, PST, SBT
from tsuzuri.writing.stylesheet import WORD, cut, minified, words_of
from tsuzuri.writing.thinning import thinned

WORDS = words_of(['<p class="note deep"><a id="top" data-mode="x">', "var(--used)"])


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".note { color : red }", ".note{color:red}"),
        (".gone{color:red}", ""),
        (".note,.gone{color:red}", ".note{color:red}"),
        (".note .gone{color:red}", ""),
        (".note.deep > p{margin:0  1px}", ".note.deep > p{margin:0 1px}"),
        ("#top{top:0}#bottom{top:0}", "#top{top:0}"),
        ("[data-mode]{top:0}[data-other]{top:0}", "[data-mode]{top:0}"),
        (".note:not(.gone){top:0}", ".note:not(.gone){top:0}"),
        (":is(.gone,.note) p{top:0}", ":is(.gone,.note) p{top:0}"),
        (":is(.gone,.lost) p{top:0}", ""),
        ("p:has(.gone){top:0}", ""),
        ("@media print{.gone{top:0}}", ""),
        ("@media print{.note{top:0}.gone{top:0}}", "@media print{.note{top:0}}"),
        ("@font-face{font-family:x;src:url(x)}", ""),
        ("@keyframes spin{to{top:0}}", ""),
        (
            "@keyframes spin{to{top:0}}.note{animation:spin 1s}",
            "@keyframes spin{to{top:0}}.note{animation:spin 1s}",
        ),
        (":root{--lost:1;--pst-color-x:2}", ":root{--pst-color-x:2}"),
        (":root{--a:var(--b);--b:1}p{top:var(--a)}", ":root{--a:var(--b);--b:1}p{top:var(--a)}"),
        (":root{--used:1}", ":root{--used:1}"),
        ("p{color:red!important}", "p{color:red !important}"),
        ('p::before{content:"a  ;  b"}', 'p::before{content:"a  ;  b"}'),
    ],
)
def test_cut(css: str, expected: str) -> None:
    """Each case: a rule a reader would miss, or a rule no reader needs."""
    assert expected == cut(css, WORDS, others="p{top:var(--used)}").css


def test_cut_names_the_classes_without_rules() -> None:
    result = cut(".gone{top:0}.note .lost{top:0}p:not(.never){top:0}", WORDS)
    assert frozenset({"gone", "lost"}) == result.classes


@pytest.mark.parametrize("every", [0, 2, 3, 9])
def test_thinning_first_changes_nothing(monkeypatch: pytest.MonkeyPatch, every: int) -> None:
    """What is dropped before parsing is what would be dropped after it, whatever the words are."""
    sheets = [BASIC, *PST.rglob("pydata-sphinx-theme.css"), *SBT.rglob("sphinx-book-theme.css")]
    css = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    words = WORDS | frozenset(sorted(words_of([css]))[::every] if every else ())
    quick = cut(css, words)
    assert len(thinned(css, words, set())) < len(css) * 0.9
    monkeypatch.setattr("tsuzuri.writing.stylesheet.thinned", lambda css, _words, _seen: css)
    assert quick == cut(css, words)


@pytest.mark.parametrize(
    "text",
    [
        "a-b --c ---d 12-col 2fa _x é-y",
        "日本foo bar日本",
        "a\x0bb\x1cc\u3000d",
        '"x":[y]',
        "\ud800z",
    ],
)
def test_words_are_all_identifiers(text: str) -> None:
    assert frozenset(WORD.findall(text)) == words_of([text])


@pytest.mark.parametrize(
    "css", ['p{content:"}.gone{top:0}"}', "/*.gone{top:0}*/p{top:0}", "/*/.gone{}*/p{top:0}"]
)
def test_thinning_looks_into_no_strings(css: str) -> None:
    assert cut(css, WORDS).css.startswith("p{")


def test_cut_of_a_cut_changes_nothing() -> None:
    once = cut(".note{top:0}@media print{.deep{top:0}}", WORDS).css
    assert once == cut(once, WORDS).css


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("/* why */ a { color : red ; }", "a{color : red;}"),
        ("a  b { margin: 0   auto }", "a b{margin: 0 auto}"),
        ("@media (min-width: 80rem) { a { top: calc(1px + 2px) } }",
         "@media (min-width: 80rem){a{top: calc(1px + 2px)}}"),
        ('a::after { content: "/* no */  x" }', 'a::after{content: "/* no */  x"}'),
    ],
)  # fmt: skip
def test_minified_means_the_same(css: str, expected: str) -> None:
    assert expected == minified(css)
