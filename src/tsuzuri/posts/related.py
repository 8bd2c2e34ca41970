"""Posts that are about the same things.

The likeness of two posts is the sum of three measures, each between 0 and 1:

=========  ======  ====================================================================
measure    weight  what it is
=========  ======  ====================================================================
tags       0.40    cosine of the tags, rare ones counting more
words      0.40    cosine of the most frequent words, rare ones counting more
links      0.20    cosine of what both link to; a post counts as a link to itself
=========  ======  ====================================================================

A feature that more than :data:`COMMON` posts have says nothing about any two of them and is left
out.  What is left bounds the work: each post meets at most ``features × COMMON`` others, so that
the whole is linear in the number of posts.  Sums are taken in a fixed order and rounded, so that
every machine ranks alike.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tsuzuri.posts.model import Post

COMMON = 48
"""Posts that may share a feature before it is too common to mean anything."""
SHOWN = 5
LEAST = 0.05
"""Likeness below which a post is not related."""
WEIGHTS = {"tag": 0.40, "word": 0.40, "link": 0.20}

Vector = dict[str, float]


def related_posts(
    posts: Iterable[Post], links: Mapping[str, Iterable[str]], *, shown: int = SHOWN
) -> dict[str, tuple[str, ...]]:
    """Return the docnames of the *shown* posts most like each post, the most alike first.

    *links* holds the docnames that each post links to.  Of equally like posts the newer is first.
    """
    ranked = sorted(posts, key=lambda post: post.order, reverse=True)
    rank = {post.docname: position for position, post in enumerate(ranked)}
    out = {name: sorted({name, *links.get(name, ())} & rank.keys()) for name in rank}
    likeness: dict[str, dict[str, float]] = {docname: defaultdict(float) for docname in rank}
    for kind, vectors in (
        ("tag", {post.docname: dict.fromkeys(sorted(post.tags), 1.0) for post in ranked}),
        ("word", {post.docname: {w: float(n) for w, n in sorted(post.terms)} for post in ranked}),
        ("link", {docname: dict.fromkeys(targets, 1.0) for docname, targets in out.items()}),
    ):
        _add(likeness, weigh(vectors), WEIGHTS[kind])
    return {
        docname: tuple(
            other
            for other in sorted(near, key=lambda name: (-round(near[name], 9), rank[name]))[:shown]
            if round(near[other], 9) >= LEAST
        )
        for docname, near in likeness.items()
    }


def weigh(vectors: Mapping[str, Vector]) -> dict[str, Vector]:
    """Return *vectors* of length 1, each feature weighed by its rarity, common ones left out."""
    having: dict[str, int] = defaultdict(int)
    for vector in vectors.values():
        for feature in vector:
            having[feature] += 1
    rarity = {
        feature: math.log(1 + len(vectors) / count)
        for feature, count in having.items()
        if 1 < count <= COMMON
    }
    weighed = {}
    for docname, vector in vectors.items():
        full = {name: value * rarity[name] for name, value in vector.items() if name in rarity}
        length = math.sqrt(sum(value * value for value in full.values()))
        weighed[docname] = {name: value / length for name, value in full.items()} if length else {}
    return weighed


def _add(
    likeness: dict[str, dict[str, float]], vectors: Mapping[str, Vector], weight: float
) -> None:
    """Add *weight* times the cosine of each two *vectors* to their likeness."""
    having: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for docname, vector in vectors.items():
        for feature, value in vector.items():
            having[feature].append((docname, value))
    for docname, vector in vectors.items():
        near = likeness[docname]
        for feature, value in vector.items():
            scaled = value * weight
            for other, theirs in having[feature]:
                near[other] += scaled * theirs
        near.pop(docname, None)
