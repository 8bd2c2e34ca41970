"""Posts and a site to test pure writers with: hostile titles, every field used."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from tsuzuri.posts.authors import Author
from tsuzuri.posts.model import Post
from tsuzuri.writing.site import Site

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
)
"""An image of one white pixel."""

TOKYO = ZoneInfo("Asia/Tokyo")

HOSTILE = (
    "</script><script>alert(1)</script>",
    "Tom & Jerry &amp; <b>太字</b>",
    "]]> で閉じる",
    "絵文字 👩‍👩‍👧‍👦 と 𠮷野家",
    "\u200fעברית\u200f と العربية \u202e",
    "制御\x00文字\x08と\x1b[31m\ufffe",
    "\"引用符\" と '一重'",
    "a\nb\tc",
    "`Option<T>` の a_b_c",
    "<!-- 注釈 -->",
    "壊れた\ud800サロゲート",
    "{{ jinja }} {% raw %}",
)


def make_post(number: int = 1, **values: Any) -> Post:
    """Return a post; any field can be given."""
    defaults: dict[str, Any] = {
        "docname": f"posts/記事-{number:02}",
        "slug": f"post-{number:02}",
        "title": f"題 {number}",
        "date": datetime(2024, 9, 12, tzinfo=TOKYO) + timedelta(days=number),
        "updated": None,
        "description": "",
        "summary": "はじめの文です。",
        "tags": ("機械学習",),
        "authors": ("taro",),
        "language": "ja",
    }
    return Post(**{**defaults, **values})


def hostile_posts(count: int = 60) -> list[Post]:
    """Return *count* posts, whose titles, descriptions and tags are as bad as they get."""
    return [
        make_post(
            number,
            title=f"{HOSTILE[number % len(HOSTILE)]} {number}",
            description=HOSTILE[(number + 1) % len(HOSTILE)],
            tags=(HOSTILE[(number + 2) % len(HOSTILE)], "C++"),
            updated=datetime(2025, 1, 1, number % 24, tzinfo=UTC) if number % 3 else None,
            authors=("taro", HOSTILE[number % len(HOSTILE)]) if number % 2 else (),
            language="en" if number % 5 == 0 else "ja",
        )
        for number in range(1, count + 1)
    ]


def make_site(**values: Any) -> Site:
    """Return a site; any field can be given."""
    defaults: dict[str, Any] = {
        "title": "試しの綴り & <co>",
        "base": "https://blog.example/ja/",
        "language": "ja",
        "target_uri": lambda docname: quote(docname) + ".html",
        "author": "綴り手",
        "description": "試しのブログ",
        "copyright": "2026, 綴り手",
        "authors": {"taro": Author("taro", "山田太郎", "https://taro.example/")},
        "version": "0.1.0",
    }
    return Site(**{**defaults, **values})
