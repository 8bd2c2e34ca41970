"""One spelling for words that readers hold to be the same.

``ＡＰＩ`` and API, ｻｰﾊﾞ, サーバ and サーバー, ヴァイオリン and バイオリン, 國 and 国, café and
cafe, 3ヶ月 and 3か月 are folded into one.  Hiragana and katakana stay apart, for デモ is not でも;
a query in the one is tried in the other by the browser (``engine.js``).

The same rules are in ``static/tsuzuri-search/folding.js``, which folds the query and marks its
words; the tables are shared, and ``tests/cases/search-folding.json`` is run against both.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "tsuzuri-search"
ACCENTED = re.compile("[\u00c0-\u024f\u0300-\u04ff\u1e00-\u1fff]")
ACCENT = re.compile("[\u0300-\u036f]")
KANA = "ァ-ヺ"
NEIGHBOURS = re.compile(
    "[ヴァィゥェォヮ・ーカケヵヶ](?:"
    "(?<=ヴ)(?P<small>[ァィェォ])?|(?<=[ァィゥェォヮ])"
    f"|(?<=[{KANA}ー]・)(?=[{KANA}])"
    f"|(?<=[{KANA}ー]{{3}}ー)(?![{KANA}])"
    "|(?<=[0-9][カケヵヶ])(?=[一-鿿]))"
)
"""What depends on the letters beside it. A long mark at the end of a katakana word is a matter
of taste from three kana on (サーバー, サーバ), and part of the word before (キー).  All begin with
one of a few letters, so that the rest of a text is passed over at once."""


@cache
def tables() -> dict[str, dict[str, str]]:
    """Return the tables of ``folding-data.js``: a character to what stands for it."""
    text = (STATIC / "folding-data.js").read_text(encoding="utf-8")
    data: dict[str, str] = json.loads(text[text.index("{") :])
    return {name: dict(zip(pairs[::2], pairs[1::2], strict=True)) for name, pairs in data.items()}


@cache
def old_forms() -> re.Pattern[str]:
    """Return what finds old forms, of which most texts have none."""
    return re.compile(f"[{''.join(tables()['old'])}]")


def fold(text: str) -> str:
    """Return *text* in the spelling of the index, its case kept."""
    if text.isascii():
        return text
    wide = unicodedata.normalize("NFKC", text)
    bare = ACCENTED.sub(without_accents, wide)
    new = old_forms().sub(lambda match: tables()["old"][match[0]], bare)
    return NEIGHBOURS.sub(fold_neighbours, new)


def without_accents(match: re.Match[str]) -> str:
    """Return the matched letter without its accents."""
    return unicodedata.normalize("NFC", ACCENT.sub("", unicodedata.normalize("NFD", match[0])))


def fold_neighbours(match: re.Match[str]) -> str:
    """Return what stands for the matched letters: see ``NEIGHBOURS``."""
    table = tables()
    if match["small"]:
        return table["voiced"][table["small"][match["small"]]]
    letter = match[0]
    return {"ヴ": "ブ", "・": "", "ー": ""}.get(letter) or table["small"].get(
        letter, table["counters"].get(letter, "")
    )
