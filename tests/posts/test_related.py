"""Relations of a dense site of 2,000 posts equal those of a naive computation."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from tsuzuri.posts.links import TITLE
from tsuzuri.posts.model import Post
from tsuzuri.posts.references import Directory, Found, Reference
from tsuzuri.posts.related import COMMON, LEAST, SHOWN, WEIGHTS, related_posts
from tsuzuri.posts.relations import relate, with_title

COUNT = 2000


@pytest.fixture(scope="module")
def posts() -> list[Post]:
    """Posts with tags and words of very different rarity, on dates that repeat."""
    rng = random.Random(20240912)
    words = [f"語{n}" for n in range(1500)]
    tags = [f"札{n}" for n in range(200)]
    start = datetime(2020, 1, 1, tzinfo=UTC)
    return [
        Post(
            docname=f"posts/p{n:04}",
            slug=f"p{n:04}",
            title=f"題{n}",
            date=start + timedelta(days=rng.randrange(1000)),
            updated=None,
            description="",
            summary="",
            tags=tuple(rng.sample(tags[: rng.choice((10, 200))], rng.randrange(4))),
            series=rng.choice((None, None, "甲", "乙")),
            series_order=n if n % 2 else None,
            terms=tuple(
                (word, rng.randrange(1, 9)) for word in sorted(set(rng.choices(words, k=12)))
            ),
        )
        for n in range(COUNT)
    ]


@pytest.fixture(scope="module")
def references(posts: list[Post]) -> dict[str, tuple[Reference, ...]]:
    rng = random.Random(7)
    return {
        post.docname: tuple(
            Reference("name", rng.choice(posts).slug, sentence=f"文{n}。")
            for n in range(rng.randrange(6))
        )
        for post in posts
    }


def naive_likeness(
    vectors: dict[str, dict[str, float]], one: str, other: str, rarity: dict[str, float]
) -> float:
    """The cosine of two vectors, written down as its definition says."""
    a = {k: v * rarity[k] for k, v in vectors[one].items() if k in rarity}
    b = {k: v * rarity[k] for k, v in vectors[other].items() if k in rarity}
    length = math.sqrt(sum(v * v for v in a.values())) * math.sqrt(sum(v * v for v in b.values()))
    return sum(v * b[k] for k, v in a.items() if k in b) / length if length else 0.0


def naive_rarity(vectors: dict[str, dict[str, float]]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for vector in vectors.values():
        for feature in vector:
            counts[feature] = counts.get(feature, 0) + 1
    return {f: math.log(1 + len(vectors) / n) for f, n in counts.items() if 1 < n <= COMMON}


def test_related_posts_equal_the_naive_measure(
    posts: list[Post], references: dict[str, tuple[Reference, ...]]
) -> None:
    by_slug = {post.slug: post.docname for post in posts}
    links = {name: [by_slug[r.target] for r in refs] for name, refs in references.items()}
    got = related_posts(posts, links)
    kinds = {
        "tag": {p.docname: dict.fromkeys(p.tags, 1.0) for p in posts},
        "word": {p.docname: {w: float(n) for w, n in p.terms} for p in posts},
        "link": {p.docname: dict.fromkeys([*links[p.docname], p.docname], 1.0) for p in posts},
    }
    rarities = {kind: naive_rarity(vectors) for kind, vectors in kinds.items()}
    newest = {
        p.docname: n for n, p in enumerate(sorted(posts, key=lambda p: p.order, reverse=True))
    }
    for one in [post.docname for post in posts[::97]]:
        scores = {
            other: round(
                sum(
                    WEIGHTS[kind] * naive_likeness(vectors, one, other, rarities[kind])
                    for kind, vectors in kinds.items()
                ),
                9,
            )
            for other in newest
            if other != one
        }
        best = sorted(
            (o for o in scores if scores[o] >= LEAST), key=lambda o: (-scores[o], newest[o])
        )
        assert got[one] == tuple(best[:SHOWN])


def test_neighbours_series_and_backlinks_equal_the_naive_ones(
    posts: list[Post], references: dict[str, tuple[Reference, ...]]
) -> None:
    directory = Directory({p.docname: p for p in posts}, {p.docname: p.title for p in posts})
    relations = relate(references, directory)
    by_date = sorted(posts, key=lambda p: (p.date, p.docname))
    for older, newer in pairwise(by_date):
        assert relations[older.docname].next == newer.docname
        assert relations[newer.docname].previous == older.docname
    for name in ("甲", "乙"):
        found = [p for p in by_date if p.series == name]
        numbered = [p for p in found if p.series_order is not None]
        parts = sorted(numbered, key=lambda p: p.series_order or 0)
        parts += [p for p in found if p.series_order is None]
        for position, part in enumerate(parts, start=1):
            series = relations[part.docname].series
            assert series is not None
            assert (series.position, series.posts) == (position, tuple(p.docname for p in parts))
    targets = {
        source: {directory.answer(reference, source) for reference in refs} - {Found(source)}
        for source, refs in references.items()
    }
    for post in posts[::13]:
        sources = {source for source, found in targets.items() if Found(post.docname) in found}
        backlinks = relations[post.docname].backlinks
        assert {link.docname for link in backlinks} == sources
        dates = [directory.posts[link.docname].date for link in backlinks]
        assert dates == sorted(dates, reverse=True)


def test_a_title_that_a_sentence_quotes_is_quoted_once() -> None:
    """A backlink reads like the sentence it comes from: 「題」, and not 「「題」」."""
    assert with_title(f"詳しくは「{TITLE}」に。", "題") == "詳しくは「題」に。"
    assert with_title(f"詳しくは{TITLE}に。", "題") == "詳しくは「題」に。"
