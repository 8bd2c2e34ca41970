"""What is worked out when all posts are known: names, relations, who contradicts whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tsuzuri.digests import digest
from tsuzuri.posts.clashes import clashing_names
from tsuzuri.posts.dead_links import dead_links
from tsuzuri.posts.domain import PostDomain
from tsuzuri.posts.labels import list_labels, post_labels, register
from tsuzuri.posts.relations import relate
from tsuzuri.problems import Finding, report
from tsuzuri.reading.sources import SourceDomain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.domains.std import StandardDomain
    from sphinx.environment import BuildEnvironment


def register_labels(domain: PostDomain) -> None:
    """Register posts and lists in Sphinx's own tables."""
    std = cast("StandardDomain", domain.env.get_domain("std"))
    labels = post_labels(domain.posts.values()) | list_labels(domain.directory.lists)
    register(labels, domain.data["labels"], std)
    domain.data["labels"] = sorted(labels)


def relate_all(domain: PostDomain) -> None:
    """Compute all relations anew, when anything they come from has changed."""
    data = domain.data
    posts = sorted(data["digests"].items())
    titles = sorted(domain.directory.documents.items())
    key = digest(posts, sorted(data["references"].items()), titles)
    if key != data["relations_key"]:
        data["relations"] = relate(data["references"], domain.directory)
        data["relations_key"] = key


def disagreements(domain: PostDomain) -> Iterator[Finding]:
    """Yield what posts claim that others claim too, and links that lead nowhere."""
    data, sources = domain.data, SourceDomain.of(domain.env)
    paths = {docname: sources.path(docname) for docname in domain.env.all_docs}
    oldest_first = sorted(data["posts"].values(), key=lambda post: post.order)
    yield from clashing_names(oldest_first, data["lines"], paths)
    yield from dead_links(data["references"], domain.directory, paths)


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Report what is wrong with each file, read just now or not: it is wrong until mended."""
    domain = PostDomain.of(env)
    data = domain.data
    withheld = {
        docname: sighting.findings
        for docname, sighting in data["sightings"].items()
        if docname not in env.all_docs
    }
    for found in dict(sorted((withheld | data["findings"]).items())).values():
        report(found, str(app.srcdir))
    domain.forget_directory()
    state = domain.state
    if state != data["settled"]:
        register_labels(domain)
        relate_all(domain)
        findings = list(disagreements(domain))
        report(findings, str(app.srcdir))
        data["settled"] = "" if findings else state
    return []


def setup_settling(app: Sphinx) -> None:
    """Work it out as soon as all documents are read."""
    app.connect("env-updated", on_env_updated)
