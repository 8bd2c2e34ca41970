"""Where a bare address in running text begins and ends.

GitHub's rules, and those that a language without spaces needs: an address ends before Japanese
text, full-width punctuation and Hangul.  A Japanese host name (``https://日本語.jp``) is one all
the same; a Japanese path is recognised only percent-encoded, as browsers copy it.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tsuzuri.reading.characters import CJK_RANGES, KANA_KANJI_RANGES

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTERS = r"A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u0556"
CJK_LETTERS = rf"{KANA_KANJI_RANGES}\uac00-\ud7a3"
LABEL = rf"[{LETTERS}][{LETTERS}_-]{{0,62}}"
CJK_LABEL = rf"[{CJK_LETTERS}][{LETTERS}{CJK_LETTERS}-]{{0,62}}"
CJK_ENDINGS = "みんな|コム|世界|ストア|セール|ファッション|クラウド|ポイント|中国|한국|닷컴"
"""Top-level domains in CJK letters; others have to be written between ``<`` and ``>``."""

HOST = rf"(?:(?:{LABEL}|{CJK_LABEL})\.)*(?:{LABEL}|{CJK_ENDINGS})"
# `re.IGNORECASE` would let \u2000-\u2fff match a `k`, by way of U+212A KELVIN SIGN.
STOPS = (
    rf"\s\x00-\x20\x7f-\xa0<>\"`\\^|\[\](){CJK_RANGES}"
    r"\u2000-\u2fff\ufe00-\ufe0f\U0001f000-\U0001faff"
)
PLAIN = rf"[^{STOPS}*~]|\*(?!\*)|~(?!~)|[()]"
REST = rf"(?::[0-9]{{1,5}})?(?:[/?#@](?:{PLAIN}|\[(?!\^)[^{STOPS}]{{0,64}}\])*)?"
WEB = rf"(?i:https?)://(?>{HOST})(?!://){REST}"
WWW = rf"(?<![A-Za-z0-9@/._-])(?i:www)\.(?:{LABEL}|{CJK_LABEL})\.{HOST}{REST}"
MAIL = re.compile(
    r"(?<![a-z0-9.+_/@-])[a-z0-9][a-z0-9.+_-]{0,63}@(?:[a-z0-9][a-z0-9-]{0,62}\.){1,8}[a-z]{2,24}"
    r"(?![a-z0-9@]|-[a-z0-9]|:[a-z0-9/~]|\.[a-z0-9])",
    re.IGNORECASE | re.ASCII,
)
TRAILING = "?!.,:*_~'\";"
ENTITY = re.compile(r"&[A-Za-z0-9]{1,31};$")


compiled = cache(re.compile)
"""Large patterns are compiled when a text is read: 10 ms each, of a build that reads none."""


class Address(NamedTuple):
    """A bare address found in a text."""

    start: int
    end: int
    url: str


def web_address(text: str, start: int, stop: int) -> Address | None:
    """Return the ``http`` or ``https`` address that begins at *start* and ends before *stop*."""
    found = compiled(WEB).match(text, start, stop)
    if not found:
        return None
    end = _without_trailing(text, start, found.end())
    return Address(start, end, html.unescape(text[start:end]))


def plain_addresses(text: str) -> Iterator[Address]:
    """Yield the ``www.`` addresses and mail addresses in *text*, in order."""
    found = []
    if "www." in text.lower():
        for match in compiled(WWW).finditer(text):
            end = _without_trailing(text, match.start(), match.end())
            found.append(Address(match.start(), end, f"http://{text[match.start() : end]}"))
    if "@" in text:
        found += [Address(*match.span(), f"mailto:{match[0]}") for match in MAIL.finditer(text)]
    end = 0
    for address in sorted(found):
        if address.start >= end:
            yield address
            end = address.end


def _without_trailing(text: str, start: int, end: int) -> int:
    """Return *end* moved before punctuation that belongs to the sentence, as GitHub does it."""
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        last = text[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last == ";" and (entity := ENTITY.search(text, max(start, end - 33), end)):
            end = entity.start()
            continue
        elif last not in TRAILING and last != "(":
            break
        elif last == "(":
            surplus += 1
        end -= 1
    return end
