"""What the registry of posts keeps between builds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict, get_args

if TYPE_CHECKING:
    from tsuzuri.posts.model import Post
    from tsuzuri.posts.publication import Sighting
    from tsuzuri.posts.references import Reference
    from tsuzuri.posts.relations import Relations
    from tsuzuri.problems import Finding


class PostData(TypedDict):
    """All of it, as it is pickled with the environment."""

    posts: dict[str, Post]
    findings: dict[str, tuple[Finding, ...]]
    """Document to what is wrong with it; reported at every build until it is mended."""
    digests: dict[str, str]
    """Post to a digest of all that is known of it."""
    faces: dict[str, str]
    """Post to a digest of what lists may show of it: all but its words and headings."""
    lines: dict[str, dict[str, int]]
    """Post to the line of each field of its front matter."""
    references: dict[str, tuple[Reference, ...]]
    """Document to its links to other documents of the site."""
    targets: dict[str, tuple[str, ...]]
    """Document to what its other references point at: labels, equations, terms."""
    anchors: dict[str, dict[str, str]]
    """Document to the ids on its page, each with the text it stands for."""
    sightings: dict[str, Sighting]
    """Document to what its front matter says of its publication, withheld posts included."""
    labels: list[str]
    """Names that posts and lists have in the standard domain."""
    relations: dict[str, Relations]
    """Document to what it has to do with others."""
    relations_key: str
    """Digest of what the relations were computed from."""
    settled: str
    """Names the state in which labels and relations are those of all posts, and no link is dead."""
    version: int


Table = Literal[
    "posts", "digests", "faces", "findings", "lines", "references", "targets", "anchors"
]
PER_DOCUMENT: tuple[Table, ...] = get_args(Table)
"""The tables that a process fills as it reads a document."""
