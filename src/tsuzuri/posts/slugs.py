"""Addresses made from names: one name, one address, the same on every machine.

A slug keeps the letters of the name as written (バグ stays バグ and is not ハク), in NFC so that
two ways to type the same character are one address, in lower case since file systems differ on
it, without the characters that a path, a URL or Windows reserves.  ``+`` and ``#`` stay: C, C++
and C# are three languages.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import PurePosixPath

RESERVED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*%\s]+')
DATE_PREFIX = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-(?=.)")
MAX_BYTES = 200
"""File names may have 255 bytes; this leaves room for suffixes."""


def slugify(name: object) -> str:
    """Return the address segment for *name*; never empty, hidden, or a path.

    >>> [slugify(name) for name in ("機械学習", "C++", "CI/CD", ".NET", "Machine Learning")]
    ['機械学習', 'c++', 'ci-cd', '_.net', 'machine-learning']
    """
    return _slug(str(name))


@lru_cache(maxsize=8192)
def _slug(name: str) -> str:
    text = unicodedata.normalize("NFC", name).lower()
    text = RESERVED.sub("-", text).strip("-")
    while len(text.encode()) > MAX_BYTES:
        text = text[:-1]
    text = text.rstrip(". ")
    if not text:
        return "_" + "-".join(f"{ord(char):x}" for char in name[:16])
    return f"_{text}" if text.startswith(".") else text


def slug_of(docname: str) -> str:
    """Return the slug of a post that names none: its file's or folder's name without a date.

    >>> slug_of("posts/2024-09-12-openai-o1"), slug_of("posts/2024/intro/index")
    ('openai-o1', 'intro')
    """
    path = PurePosixPath(docname)
    if path.name == "index" and path.parent.name:
        path = path.parent
    return DATE_PREFIX.sub("", path.name)
