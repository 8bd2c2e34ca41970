"""Names that would share an address, which is never settled in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsuzuri.posts.slugs import slugify
from tsuzuri.problems import Finding, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tsuzuri.posts.model import Post

KINDS = ("tags", "categories", "authors", "locations")


def clashing_names(
    posts: Iterable[Post], lines: Mapping[str, Mapping[str, int]], paths: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield a finding for each tag, category, ... whose address another one has already.

    *posts* decide in their order who was first; *lines* gives the line of a post's field, *paths*
    its file.
    """
    posts = list(posts)
    for kind in KINDS:
        first: dict[str, tuple[str, Post]] = {}
        reported: set[str] = set()
        for post in posts:
            for name in getattr(post, kind):
                other, owner = first.setdefault(slugify(name), (name, post))
                if other != name and name not in reported:
                    reported.add(name)
                    yield Finding(
                        Problem.DUPLICATE_SLUG,
                        f"{name!r} in {kind} has the same address as {other!r}"
                        f" in {paths[owner.docname]}",
                        "write both the same way, or rename one",
                        paths[post.docname],
                        lines.get(post.docname, {}).get(kind, 1),
                    )
