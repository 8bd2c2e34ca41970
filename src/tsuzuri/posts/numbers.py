"""Numbers for the figures, tables, code blocks and equations of posts.

Sphinx numbers only what is reached through a toctree; posts are reached through lists.  So
with ``numfig = True`` a ``{numref}`` to a post's figure would fail and its equations would be
numbered "()".  Here each document outside all toctrees counts from 1, by itself: its numbers
depend on nothing but its own text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sphinx.domains.std import StandardDomain
from sphinx.util.nodes import NodeMatcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

FIGURES = "tsuzuri_figures"
"""Key of a document's metadata under which its numbered things are kept."""

Figures = dict[str, list[str]]


def figure_type(node: nodes.Element, domains: Iterable[Domain]) -> str | None:
    """Return what *node* is numbered as, as Sphinx decides it, or None."""
    for domain in domains:
        if isinstance(domain, StandardDomain) and not domain.get_numfig_title(node):
            continue
        if kind := domain.get_enumerable_node_type(node):
            return kind
    return None


def figures_of(document: nodes.document, domains: Iterable[Domain]) -> Figures:
    """Return the ids of everything numbered in *document*, by type, in order."""
    known = list(domains)
    kinds = {cast("type[nodes.Element]", kind) for item in known for kind in item.enumerable_nodes}
    numbered = NodeMatcher(*kinds)
    found: Figures = {}
    for node in numbered.findall(document):
        if node["ids"] and (kind := figure_type(node, known)):
            found.setdefault(kind, []).append(node["ids"][0])
    return found


def numbers(figures: Figures) -> dict[str, dict[str, tuple[int, ...]]]:
    """Return a number from 1 for each of a type, in the shape of ``env.toc_fignumbers``."""
    return {
        kind: {figure: (place,) for place, figure in enumerate(ids, 1)}
        for kind, ids in figures.items()
    }


def number_outside_toctrees(
    metadata: Mapping[str, Mapping[str, object]],
    numbered: dict[str, dict[str, dict[str, tuple[int, ...]]]],
) -> None:
    """Add to *numbered* the documents that no toctree reaches."""
    for docname, data in metadata.items():
        figures = data.get(FIGURES)
        if isinstance(figures, dict) and docname not in numbered:
            numbered[docname] = numbers(figures)


def on_doctree_read(app: Sphinx, document: nodes.document) -> None:
    """Remember what is numbered in the document just read."""
    if found := figures_of(document, app.env.domains.sorted()):
        app.env.metadata[app.env.current_document.docname][FIGURES] = found


def on_env_get_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give numbers to what Sphinx, which has just gone through all toctrees, left out."""
    if app.config.numfig:
        number_outside_toctrees(env.metadata, env.toc_fignumbers)
    return []


def setup_numbers(app: Sphinx) -> None:
    """Connect after Sphinx's own collector, which listens to the same event."""
    app.connect("doctree-read", on_doctree_read)
    app.connect("env-get-updated", on_env_get_updated)
