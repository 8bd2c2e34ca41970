"""The posts of a site and the links between them, as one drawing.

``{postgraph}`` becomes an arc diagram: the posts one below the other, newest first, each a link
to itself, and an arc from each post to every post that it links to; the parts of a series are
joined by a thread.  It needs no script, and reads as a list where there is no drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import NoUri
from sphinx.locale import get_translation
from sphinx.util.docutils import SphinxDirective
from sphinx.util.i18n import format_date

from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.freshness import EVENT, face

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from tsuzuri.posts.model import Post
    from tsuzuri.posts.relations import Relations

_ = get_translation("tsuzuri")

MOST = 300
"""Posts that a drawing can show and stay legible."""
ROW_PX = 30
ARCS_PX = 150
DATE_PX = 112
WIDTH_PX = 760
HAS_GRAPH = "tsuzuri_graph"
"""Key of a document's metadata that says that it shows the drawing."""


class PostGraph(nodes.General, nodes.Element):
    """Stands where the drawing goes until all posts are read."""


class PostGraphDirective(SphinxDirective):
    """``{postgraph}``: the newest posts, as many as its argument says, and their links."""

    optional_arguments = 1
    option_spec = None

    def run(self) -> list[nodes.Node]:
        """Leave a place for the drawing."""
        most = directives.positive_int(self.arguments[0]) if self.arguments else MOST
        self.env.metadata[self.env.current_document.docname][HAS_GRAPH] = "1"
        node = PostGraph("", most=min(most, MOST))
        self.set_source_info(node)
        return [node]


@dataclass(frozen=True, slots=True)
class Arc:
    """A link from one row to another."""

    start: int
    end: int
    title: str


def arcs_of(posts: Sequence[Post], links: Mapping[str, Sequence[str]]) -> list[Arc]:
    """Return the links among *posts* as arcs between their rows."""
    row = {post.docname: number for number, post in enumerate(posts)}
    titles = [post.title for post in posts]
    return [
        Arc(row[docname], row[target], f"{titles[row[docname]]} → {titles[row[target]]}")
        for docname in row
        for target in links.get(docname, ())
        if target in row
    ]


def threads_of(posts: Sequence[Post]) -> list[tuple[str, list[int]]]:
    """Return each series that has more than one part, with the rows of its parts."""
    rows: dict[str, list[int]] = {}
    for number, post in enumerate(posts):
        if post.series:
            rows.setdefault(post.series, []).append(number)
    return [(name, parts) for name, parts in sorted(rows.items()) if len(parts) > 1]


def draw(
    posts: Sequence[Post],
    links: Mapping[str, Sequence[str]],
    *,
    address: Callable[[str], str],
    day: Callable[[Post], str],
    label: str,
) -> str:
    """Return the drawing of *posts*, newest first, as an SVG element called *label*."""
    height = ROW_PX * len(posts)
    lines = [
        (
            f'<svg class="tz-graph__drawing" viewBox="0 0 {WIDTH_PX} {height}" width="{WIDTH_PX}"'
            f' height="{height}" aria-label="{escape(label)}"'
            ' xmlns="http://www.w3.org/2000/svg">'
        )
    ]
    lines += [arc_path(arc, len(posts)) for arc in arcs_of(posts, links)]
    lines += [thread_path(name, rows) for name, rows in threads_of(posts)]
    for number, post in enumerate(posts):
        y = middle(number)
        lines.append(
            f'<a href="{escape(address(post.docname))}">'
            f'<circle class="tz-graph__dot" cx="{ARCS_PX}" cy="{y}" r="4"/>'
            f'<text class="tz-graph__date" x="{ARCS_PX + 16}" y="{y}">{escape(day(post))}</text>'
            f'<text class="tz-graph__title" x="{ARCS_PX + 16 + DATE_PX}" y="{y}">'
            f"{escape(shortened(post.title))}</text></a>"
        )
    return "\n".join([*lines, "</svg>"])


def middle(row: int) -> int:
    """Return the height of a *row*'s middle in px."""
    return row * ROW_PX + ROW_PX // 2


def arc_path(arc: Arc, count: int) -> str:
    """Return an arc; the farther it leads, of *count* rows, the wider it is."""
    far = abs(arc.end - arc.start) / max(count - 1, 1)
    reach = round(16 + (ARCS_PX - 24) * far**0.6)
    top, bottom = middle(arc.start), middle(arc.end)
    x = ARCS_PX - 6
    shape = f"M{x} {top}C{x - reach * 4 // 3} {top} {x - reach * 4 // 3} {bottom} {x} {bottom}"
    return f'<path class="tz-graph__arc" d="{shape}"><title>{escape(arc.title)}</title></path>'


def thread_path(name: str, rows: Sequence[int]) -> str:
    """Return the thread that joins the parts of a series."""
    shape = f"M{ARCS_PX} {middle(rows[0])}V{middle(rows[-1])}"
    return f'<path class="tz-graph__thread" d="{shape}"><title>{escape(name)}</title></path>'


def shortened(title: str, *, room: int = 66) -> str:
    """Return *title* cut to *room* half-width columns."""
    columns = 0
    for position, char in enumerate(title):
        columns += 1 if ord(char) < 0x1100 else 2  # noqa: PLR2004 - from Hangul on, most are wide
        if columns > room:
            return title[:position] + "…"
    return title


def on_doctree_resolved(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the drawing, or a list of the same posts, in its place."""
    places = list(doctree.findall(PostGraph))
    if not places:
        return
    domain, builder = PostDomain.of(app.env), app.builder

    def address(target: str) -> str:
        return builder.get_relative_uri(docname, target)

    def day(post: Post) -> str:
        moment = post.date.replace(tzinfo=None)
        return format_date(app.config.post_date_format, date=moment, language=app.config.language)

    for place in places:
        posts = domain.published()[: place["most"]]
        if builder.format == "html":
            links = {post.docname: domain.relations_of(post.docname).links for post in posts}
            label = _("Posts and the links between them")
            svg = draw(posts, links, address=address, day=day, label=label)
            scroller = (
                f'<div class="tz-graph" tabindex="0" role="region" aria-label="{escape(label)}">'
            )
            place.replace_self(nodes.raw("", f"{scroller}{svg}</div>", format="html"))
        else:
            place.replace_self(as_list(posts, address))


def scrolling(svg: str, label: str) -> str:
    """Return *svg* in a box that a narrow screen scrolls sideways, with the keyboard too."""
    start = f'<div class="tz-graph" tabindex="0" role="region" aria-label="{escape(label)}">'
    return f"{start}{svg}</div>"


def as_list(posts: Sequence[Post], address: Callable[[str], str]) -> nodes.bullet_list:
    """Return *posts* as a list, of links where there are pages, for what shows no drawing."""
    items = []
    for post in posts:
        text = nodes.paragraph()
        try:
            place = address(post.docname)
            text += nodes.reference("", post.title, internal=True, refuri=place)
        except NoUri:  # a book that the post is no part of
            text += nodes.Text(post.title)
        items.append(nodes.list_item("", text))
    return nodes.bullet_list("", *items)


def on_shown(_app: Sphinx, env: BuildEnvironment) -> dict[str, Any]:
    """Say what the drawing shows."""
    pages = [docname for docname in env.all_docs if env.metadata[docname].get(HAS_GRAPH)]
    if not pages:
        return {}
    domain = PostDomain.of(env)

    def threads(relations: Relations) -> object:
        return relations.links, relations.series and relations.series.name

    shown = [
        (face(post), threads(domain.relations_of(post.docname))) for post in domain.published()
    ]
    return dict.fromkeys(pages, shown)


def setup_graph(app: Sphinx) -> None:
    """Register the drawing."""
    app.add_node(PostGraph)
    app.add_directive("postgraph", PostGraphDirective)
    app.connect("doctree-resolved", on_doctree_resolved)
    app.connect(EVENT, on_shown)
