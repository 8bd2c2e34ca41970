"""Names of posts and lists in Sphinx's own tables, so that ``{ref}`` and other projects find them.

A post is a label of the standard domain by each name that is its alone: its slug, and its path
without the first folder.  Tags, categories, authors and series are labels too, ``tag-`` and the
like before their slug.  Labels that a writer made are never touched.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tsuzuri.posts.references import without_suffix
from tsuzuri.posts.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.domains.std import StandardDomain

    from tsuzuri.posts.model import Post
    from tsuzuri.posts.references import Directory

Label = tuple[str, str, str]
"""Page, id and title, as Sphinx keeps them."""


def post_labels(posts: Iterable[Post]) -> dict[str, Label]:
    """Return the labels of all *posts*: every name that only one of them answers to."""
    pairs = [
        (name.lower(), post)
        for post in posts
        for name in {post.slug, without_suffix(post.docname).partition("/")[2] or post.slug}
    ]
    owners = Counter(name for name, _post in pairs)
    return {name: (post.docname, "", post.title) for name, post in pairs if owners[name] == 1}


def list_labels(lists: Mapping[tuple[str, str], str]) -> dict[str, Label]:
    """Return the labels of all *lists* (kind and name to page): `tag-python` and the like."""
    return {f"{kind}-{slugify(name)}": (page, "", name) for (kind, name), page in lists.items()}


def register(labels: Mapping[str, Label], before: Iterable[str], std: StandardDomain) -> None:
    """Put *labels* into the standard domain *std* in place of those of the build *before*."""
    for name in before:
        std.labels.pop(name, None)
        std.anonlabels.pop(name, None)
    for name, label in labels.items():
        std.labels.setdefault(name, label)
        std.anonlabels.setdefault(name, label[:2])


def inventory(directory: Directory) -> Iterator[tuple[str, str, str, str, str, int]]:
    """Yield name, title, type, page, id and priority of what other projects can point at.

    Posts themselves are there as labels and documents of the standard domain.  What is in a post
    goes by the post's docname without the first folder, ``#`` and its id: headings, and figures,
    tables, listings and equations that have a caption or a label.  The priority -1 keeps all of
    it out of Sphinx's own search.
    """
    for docname, post in sorted(directory.posts.items()):
        name = without_suffix(docname).partition("/")[2] or post.slug
        for anchor, text in sorted(directory.anchors.get(docname, {}).items()):
            if text or anchor.startswith("equation-"):
                yield f"{name}#{anchor}", text or anchor, "heading", docname, anchor, -1
    for (kind, name), page in sorted(directory.lists.items()):
        yield name, name, kind, page, "", -1
