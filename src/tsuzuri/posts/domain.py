"""The registry of posts.

A Sphinx domain: Sphinx pickles it with the environment, has it forget a document that changes, and
merges what other processes have read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode

from tsuzuri.config import Settings
from tsuzuri.digests import digest
from tsuzuri.posts.authors import authors_of
from tsuzuri.posts.build import Surroundings, make_post
from tsuzuri.posts.directives import DIRECTIVES, Directives, merge
from tsuzuri.posts.labels import inventory
from tsuzuri.posts.links import DOMAIN, REFERENCES, TARGETS, addresses_of, anchors_of
from tsuzuri.posts.references import LIST_FIELDS, Directory, Draft, Found, Kind, Reference, lists_of
from tsuzuri.posts.relations import Relations
from tsuzuri.posts.slugs import slug_of
from tsuzuri.posts.tables import PER_DOCUMENT, PostData
from tsuzuri.reading.frontmatter import FrontMatter, Reading
from tsuzuri.reading.parser import READING
from tsuzuri.reading.patterns import is_post
from tsuzuri.reading.sources import SourceDomain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sphinx import addnodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from tsuzuri.posts.model import Post


NO_RELATIONS = Relations()


class PostDomain(Domain):
    """All posts of the site, by docname, and what documents link to."""

    name = DOMAIN
    label = "Post"
    object_types: ClassVar[dict[str, ObjType]] = {
        kind: ObjType(kind) for kind in ("heading", *LIST_FIELDS)
    }
    data_version = 7
    initial_data: ClassVar[dict[str, Any]] = {
        **{table: {} for table in PER_DOCUMENT},
        "sightings": {},
        "labels": [],
        "relations": {},
        "relations_key": "",
        "settled": "",
    }
    data: PostData  # type: ignore[assignment] # Sphinx says dict; ours is typed
    _directory: Directory | None = None
    """Made when first asked for, after reading; never pickled."""

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

    @property
    def drafts(self) -> dict[str, tuple[str, str]]:
        """Slug and title of each post that is no document of this build."""
        return {
            docname: (sighting.slug or slug_of(docname), sighting.title or "")
            for docname, sighting in self.data["sightings"].items()
            if docname not in self.env.all_docs
        }

    @property
    def state(self) -> str:
        """A name for all that links and lists are made of; another one after anything was read."""
        config = self.env.config
        settings = (config.blog_path, authors_of(config), addresses_of(config))
        parts = (SourceDomain.of(self.env).data["state"], sorted(self.drafts.items()), settings)
        return digest(parts)

    @property
    def directory(self) -> Directory:
        """Everything that can be pointed at, once all documents are read."""
        if self._directory is None:
            env, data = self.env, self.data
            self._directory = Directory(
                posts=data["posts"],
                documents={docname: title.astext() for docname, title in env.titles.items()},
                anchors=data["anchors"],
                drafts=self.drafts,
                lists=lists_of(
                    data["posts"].values(), env.config.blog_path, authors_of(env.config)
                ),
                addresses=addresses_of(env.config),
            )
        return self._directory

    def relations_of(self, docname: str) -> Relations:
        """Return what the document has to do with others."""
        return self.data["relations"].get(docname, NO_RELATIONS)

    def forget_directory(self) -> None:
        """Make the directory anew when it is next asked for."""
        self._directory = None

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
        self.data["references"][docname] = cast(
            "tuple[Reference, ...]", env.current_document.get(REFERENCES, ())
        )
        targets = env.current_document.get(TARGETS, ())
        self.data["targets"][docname] = cast("tuple[str, ...]", targets)
        self.data["anchors"][docname] = anchors_of(document)
        reading: Reading = env.current_document.get(READING) or Reading(FrontMatter(), "")
        directives: Directives = env.current_document.get(DIRECTIVES) or Directives()
        path = env.doc2path(docname, base=False).as_posix()
        settings = Settings.of(env.config)
        front_matter, findings = merge(
            reading.front_matter, directives, zone=settings.zone, path=path
        )
        if reading.findings or findings:
            self.data["findings"][docname] = (*reading.findings, *findings)
        if not is_post(path, front_matter, env.config.blog_post_pattern):
            return
        env.metadata[docname].setdefault("orphan", "")
        around = Surroundings.of(docname, env.config, settings)
        post = make_post(front_matter, document, around)
        if directives.options is None or not post.draft or settings.drafts:
            self.data["posts"][docname] = post
            self.data["digests"][docname] = digest(post)
            self.data["faces"][docname] = digest(replace(post, terms=(), headings=()))
            self.data["lines"][docname] = dict(reading.lines)

    def resolve_xref(  # noqa: PLR0917 - Sphinx's signature
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference:
        """Return the link, or its text alone where it leads nowhere, which was reported before."""
        del env
        reference = Reference(cast("Kind", typ), target, node.get("refanchor", ""))
        answer = self.directory.answer(reference, fromdocname)
        text = contnode if node["refexplicit"] else None
        if isinstance(answer, Found):
            return self.link(builder, fromdocname, answer, text, target)
        if text is not None or not isinstance(answer, Draft):
            return _as_link(contnode if contnode.astext() else _inline(target))
        return _as_link(_inline(answer.title or target))

    def link(
        self,
        builder: Builder,
        fromdocname: str,
        found: Found,
        text: nodes.Element | None,
        fallback: str,
    ) -> nodes.reference:
        """Return the link to what was *found*, named by *text* or else by its title."""
        title = self.directory.anchors.get(found.docname, {}).get(found.anchor, "")
        title = title or self.directory.documents.get(found.docname, "") or fallback
        inner = _inline(title) if text is None else text
        link = make_refnode(builder, fromdocname, found.docname, found.anchor or None, inner)
        if found.docname in self.posts and found.docname != fromdocname:
            link["classes"].append("tz-post-link")
        return link

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield what other projects can point at: what is in posts, and lists."""
        return inventory(self.directory)

    def resolve_any_xref(self, *_args: Any) -> list[tuple[str, nodes.reference]]:
        """Return nothing: `any` finds posts by the labels that they have in Sphinx's domain."""
        return []


def _as_link(node: nodes.Element) -> nodes.reference:
    """Pass off text as the link that Sphinx asks for: it only puts it in the link's place."""
    return cast("nodes.reference", node)


def _inline(text: str) -> nodes.inline:
    return nodes.inline(text, text)


def setup_domain(app: Sphinx) -> None:
    """Register the registry."""
    app.add_domain(PostDomain)
