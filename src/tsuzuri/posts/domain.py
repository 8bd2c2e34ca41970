"""The registry of posts.

As a Sphinx domain it is pickled with the environment, purged when a document changes and merged
after parallel reading without a line of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, TypedDict, cast

from sphinx.domains import Domain

from tsuzuri.config import Settings
from tsuzuri.posts.build import Surroundings, make_post
from tsuzuri.posts.clashes import clashing_names
from tsuzuri.problems import Finding, report
from tsuzuri.reading.parser import READING
from tsuzuri.reading.patterns import is_post

if TYPE_CHECKING:
    from collections.abc import Collection

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from tsuzuri.posts.model import Post
    from tsuzuri.posts.publication import Sighting
    from tsuzuri.reading.frontmatter import Reading


class PostData(TypedDict):
    """What the registry keeps between builds."""

    posts: dict[str, Post]
    findings: dict[str, tuple[Finding, ...]]
    """Document to what is wrong with it; reported at every build until it is mended."""
    lines: dict[str, dict[str, int]]
    """Post to the line of each field of its front matter."""
    sightings: dict[str, Sighting]
    """Document to what its front matter says of its publication, withheld posts included."""
    version: int


PER_DOCUMENT: tuple[Literal["posts", "findings", "lines"], ...] = ("posts", "findings", "lines")
"""The tables that a process fills as it reads a document."""


class PostDomain(Domain):
    """All posts of the site, by docname."""

    name = "tsuzuri"
    label = "Post"
    data_version = 2
    initial_data: ClassVar[dict[str, Any]] = {
        "posts": {},
        "findings": {},
        "lines": {},
        "sightings": {},
    }
    data: PostData  # type: ignore[assignment] # Sphinx says dict; ours is typed

    @classmethod
    def of(cls, env: BuildEnvironment) -> Self:
        """Return the registry of *env*."""
        return cast("Self", env.get_domain(cls.name))

    @property
    def posts(self) -> dict[str, Post]:
        """The posts by docname, in no order."""
        return self.data["posts"]

    def published(self) -> list[Post]:
        """Return all posts, newest first."""
        return sorted(self.posts.values(), key=lambda post: post.order, reverse=True)

    def clear_doc(self, docname: str) -> None:
        """Forget a document that is about to be read again, or gone."""
        for table in PER_DOCUMENT:
            self.data[table].pop(docname, None)

    def merge_domaindata(self, docnames: Collection[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for docname in docnames:
            for table in PER_DOCUMENT:
                if docname in otherdata[table]:
                    self.data[table][docname] = otherdata[table][docname]

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Register the document that was just read, if it is a post."""
        reading: Reading | None = env.current_document.get(READING)
        if reading is None:
            return
        if reading.findings:
            self.data["findings"][docname] = reading.findings
        path = env.doc2path(docname, base=False).as_posix()
        if is_post(path, reading.front_matter, env.config.blog_post_pattern):
            around = Surroundings.of(docname, env.config, Settings.of(env.config))
            self.data["posts"][docname] = make_post(reading.front_matter, document, around)
            self.data["lines"][docname] = dict(reading.lines)
            env.metadata[docname].setdefault("orphan", "")


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Report what is wrong with each file, read just now or not: it is wrong until mended."""
    data = PostDomain.of(env).data
    withheld = {
        docname: sighting.findings
        for docname, sighting in data["sightings"].items()
        if docname not in env.all_docs
    }
    for findings in dict(sorted((withheld | data["findings"]).items())).values():
        report(findings, str(app.srcdir))
    paths = {docname: env.doc2path(docname, base=False).as_posix() for docname in data["posts"]}
    oldest_first = sorted(data["posts"].values(), key=lambda post: post.order)
    report(clashing_names(oldest_first, data["lines"], paths), str(app.srcdir))
    return []


def setup_domain(app: Sphinx) -> None:
    """Register the registry."""
    app.add_domain(PostDomain)
    app.connect("env-updated", on_env_updated)
