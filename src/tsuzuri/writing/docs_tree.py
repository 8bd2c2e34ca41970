"""The documentation's own tree of pages, in groups as its first page has them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from markupsafe import Markup
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Group:
    """The pages of one toctree of the first page."""

    title: str
    """Its caption, or the heading that it stands under; empty when that is the page's own."""
    anchor: str
    docnames: tuple[str, ...]


def groups_of(toc: nodes.Node) -> Iterator[Group]:
    """Yield the groups of a page's table of contents, as Sphinx keeps it."""
    for tree in toc.findall(addnodes.toctree):
        title, anchor, parent = tree.get("caption") or "", "", tree.parent
        while parent is not None and not isinstance(parent, nodes.list_item):
            parent = parent.parent
        heading = next(parent.findall(nodes.reference), None) if parent is not None else None
        if heading is not None and heading.get("anchorname"):
            anchor = heading["anchorname"].removeprefix("#")
            title = title or heading.astext()
        names = tuple(name for _title, name in tree["entries"])
        yield Group(title, anchor, names)


def page_tree(
    home: Branch, groups: Sequence[tuple[str, Sequence[Branch]]], pathto: Callable[[str], str]
) -> Markup:
    """Return the tree as HTML: the first page, then each group under its title."""
    parts = [tree_html([home], pathto)]
    for title, branches in groups:
        if branches:
            heading = f'<p class="tz-side__title">{escape(title)}</p>' if title else ""
            parts.append(Markup(heading) + tree_html(branches, pathto))  # noqa: S704 - escaped
    return Markup("").join(parts)


@dataclass(frozen=True, slots=True)
class Branch:
    """A page of the documentation in its tree."""

    title: str
    docname: str
    current: bool
    """It is the page that is shown, or the way to it."""
    branches: tuple[Branch, ...] = ()


def tree_of(
    docname: str,
    shown: str,
    children: Mapping[str, Sequence[str]],
    titles: Mapping[str, str],
    *,
    _seen: frozenset[str] = frozenset(),
) -> tuple[Branch, ...]:
    """Return the pages below *docname*, as their toctrees order them, on the way to *shown*."""
    seen = _seen | {docname}
    found = []
    for child in children.get(docname, ()):
        if child in seen or child not in titles:
            continue
        below = tree_of(child, shown, children, titles, _seen=seen)
        current = child == shown or any(branch.current for branch in below)
        found.append(Branch(titles[child], child, current, below))
    return tuple(found)


def tree_html(branches: Sequence[Branch], pathto: Callable[[str], str]) -> Markup:
    """Return the documentation's tree as nested lists; only the way to the page is unfolded."""
    items = []
    for branch in branches:
        here = ' aria-current="page"' if branch.current and pathto(branch.docname) == "#" else ""
        link = f'<a href="{escape(pathto(branch.docname))}"{here}>{escape(branch.title)}</a>'
        below = tree_html(branch.branches, pathto) if branch.current else ""
        items.append(f"<li>{link}{below}</li>")
    return Markup(f"<ul>{''.join(items)}</ul>" if items else "")  # noqa: S704 - escaped above
