"""Links between documents: collected while reading, checked when all is read, resolved in writing.

Every way to point at a post becomes one node, a ``pending_xref`` of our domain, whose kind and
target are a :class:`~tsuzuri.posts.references.Reference`.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import unquote, urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.roles import XRefRole
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import NodeMatcher, get_node_line

from tsuzuri.config import Settings
from tsuzuri.posts.references import (
    Addresses,
    Kind,
    Reference,
    without_suffix,
)
from tsuzuri.reading.japanese import fold_space, sentence_ends
from tsuzuri.reading.nodes import link_card

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config


DOMAIN = "tsuzuri"
REFERENCES = "tsuzuri_references"
"""Where the current document's references are kept until the registry takes them."""
TARGETS = "tsuzuri_targets"
"""Where the targets of its other references are kept until then."""
KINDS: tuple[Kind, ...] = get_args(Kind)
PAGE_SUFFIXES = ("", ".html", ".htm", ".md", ".mdx", ".markdown", ".rst")
LINKS = NodeMatcher(addnodes.pending_xref, link_card, nodes.reference)
"""What may be a link to a page of the site."""
TITLES = NodeMatcher(nodes.title, nodes.caption)
TITLE = "\ufffc"
"""Stands in a sentence for a link whose text is its target's title."""


class ListRole(XRefRole):
    """A role that points at a post, or at the list of a tag, category, author or series.

    It takes ``{post}`slug```, ``{post}`text <slug>``` and, for posts, ``slug#heading``.
    """

    def __init__(self, kind: Kind) -> None:
        super().__init__(innernodeclass=nodes.inline)
        self.kind = kind

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make the node."""
        self.refdomain, self.reftype = DOMAIN, self.kind
        self.classes = ["xref", self.kind]
        return self.create_xref_node()

    def process_link(
        self, env: Any, refnode: nodes.Element, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        """Split the id off the target of a post."""
        del env, has_explicit_title
        anchor = ""
        if self.kind == "name":
            target, _, anchor = target.partition("#")
        refnode["refanchor"] = anchor
        return title, target.strip()


def _pending(
    kind: Kind, target: str, anchor: str, refdoc: str, children: Iterable[nodes.Node]
) -> addnodes.pending_xref:
    inner = nodes.inline("", "", *children, classes=["xref", kind])
    return addnodes.pending_xref(
        "",
        inner,
        refdomain=DOMAIN,
        reftype=kind,
        reftarget=target,
        refanchor=anchor,
        refdoc=refdoc,
        refexplicit=bool(inner.children),
    )


class CollectReferences(SphinxTransform):
    """Makes references of ours out of links to pages of the site, then notes them all."""

    default_priority = 846  # before the domains look at the document, 850

    def apply(self, **_options: Any) -> None:
        """Convert and collect the references of one document."""
        addresses = addresses_of(self.config)
        docname = self.env.current_document.docname
        for link in [node for node in LINKS.findall(self.document) if _is_link(node)]:
            converted = _converted(link, docname, addresses)
            if converted is not None:
                converted.source, converted.line = link.source, link.line
                link.replace_self(converted)
        pending = list(self.document.findall(addnodes.pending_xref))
        self.env.current_document[REFERENCES] = tuple(references(pending))
        self.env.current_document[TARGETS] = tuple(sorted(set(targets(pending))))


def addresses_of(config: Config) -> Addresses:
    """Return the addresses of the site, present and former, that *config* names."""
    base = config.blog_baseurl or ""
    former = tuple(Settings.of(config).former_urls)
    return Addresses(f"{base.rstrip('/')}/" if base else "", former)


def _is_link(node: nodes.Element) -> bool:
    if isinstance(node, addnodes.pending_xref):
        return bool(node["reftype"] == "myst")
    if isinstance(node, link_card):
        return True
    return isinstance(node, nodes.reference) and "refuri" in node


def _converted(link: nodes.Element, docname: str, addresses: Addresses) -> nodes.Element | None:
    """Return the reference of ours that *link* is, or None when it points elsewhere."""
    if isinstance(link, link_card):
        inner = _own_address(link["url"], [], docname, addresses)
        return None if inner is None else nodes.paragraph("", "", inner)
    if isinstance(link, nodes.reference):
        text = link.children if link.astext() != link["refuri"] else []
        return _own_address(link["refuri"], text, docname, addresses)
    return _own_path(link, docname)


def _own_address(
    url: str, text: Iterable[nodes.Node], docname: str, addresses: Addresses
) -> addnodes.pending_xref | None:
    """Return the reference that *url* is, when it is an address that the site has or had."""
    known = addresses.own_path(url) is not None or addresses.former_slug(url) is not None
    if not known or not _is_page(url):
        return None
    return _pending("address", url, _anchor(url), docname, text)


def _own_path(link: nodes.Element, docname: str) -> addnodes.pending_xref | None:
    """Return the reference that MyST's *link* is, when it names a file or a path of the site."""
    target: str = link["reftarget"]
    text = link[0].children if link.get("refexplicit") and link.children else []
    if link.get("refdomain") == "doc":
        return _pending("document", target, link.get("reftargetid") or "", docname, text)
    path = target.partition("#")[0]
    if path.startswith("/") and _is_page(path):
        return _pending("address", target, _anchor(target), docname, text)
    if "/" in path or path.endswith(PAGE_SUFFIXES[1:]):
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(docname), unquote(path)))
        return _pending("document", without_suffix(joined), _anchor(target), docname, text)
    return None


def _anchor(url: str) -> str:
    return unquote(url.partition("#")[2])


def _is_page(url: str) -> bool:
    return posixpath.splitext(urlsplit(url).path)[1].lower() in PAGE_SUFFIXES


def references(pending: Iterable[addnodes.pending_xref]) -> Iterator[Reference]:
    """Yield each reference of ours among *pending*, with its sentence and line."""
    for node in pending:
        if node.get("refdomain") == DOMAIN:
            yield Reference(
                node["reftype"],
                node["reftarget"],
                node.get("refanchor", ""),
                sentence_around(node),
                get_node_line(node) or _line_above(node),
            )


def _is_label(text: nodes.Text) -> bool:
    """Tell whether *text* only holds the place of a number: a label, until it is resolved."""
    parent = text.parent
    while parent is not None and not isinstance(parent, addnodes.pending_xref):
        parent = parent.parent
    return parent is not None and parent.get("reftype") in {"eq", "numref"}


def targets(pending: Iterable[addnodes.pending_xref]) -> Iterator[str]:
    """Yield what Sphinx's own references among *pending* point at: labels, equations, terms."""
    for node in pending:
        if node.get("refdomain") != DOMAIN:
            yield str(node["reftarget"])


def _line_above(node: nodes.Node) -> int:
    parent = node.parent
    while parent is not None:
        if parent.line:
            return parent.line
        parent = parent.parent
    return 1


def anchors_of(document: nodes.document) -> dict[str, str]:
    """Return every id in *document* with the heading or caption it stands for."""
    anchors = dict.fromkeys(document.ids, "")
    for title in TITLES.findall(document):
        ids = title.parent["ids"]
        if ids and next(child for child in title.parent if TITLES.match(child)) is title:
            anchors.update(dict.fromkeys(ids, title.astext()))
    return anchors


def sentence_around(node: nodes.Element) -> str:
    """Return the sentence in which *node* stands, plain, a link without text as TITLE."""
    block = node.parent
    while block.parent is not None and (
        not isinstance(block, nodes.TextElement) or isinstance(block.parent, nodes.TextElement)
    ):
        block = block.parent
    before, text = 0, ""
    for item in block.findall():
        if item is node:
            before = len(text)
            text += "" if node.astext() else TITLE
        elif isinstance(item, nodes.Text):
            text += "" if _is_label(item) else item.astext()
    start = 0
    for end in [*sentence_ends(text), len(text)]:
        if end > before:
            return fold_space(text[start:end])
        start = end
    return fold_space(text)


def setup_links(app: Sphinx) -> None:
    """Register the roles and the collection of references."""
    app.add_role("post", ListRole("name"))
    for kind in ("tag", "category", "author", "series"):
        app.add_role(kind, ListRole(kind))
    app.add_transform(CollectReferences)
