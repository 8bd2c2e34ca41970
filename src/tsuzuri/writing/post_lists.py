"""``postlist`` on a page of the writer's: the same cards as on every list.

The directive is ABlog's.  Where it names no format of its own, its place in the page is marked
while the document is written, and filled with the list's template when the page is.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.jinja2glue import BuiltinTemplateLoader

from tsuzuri.config import Settings
from tsuzuri.posts._ablog import plain_lists
from tsuzuri.writing.canonical import is_site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

    from tsuzuri.posts.model import Post

PLACE = re.compile(r"<!--tsuzuri-posts (\[.*?\])-->")
TEMPLATE = "tsuzuri/posts.html"
MORE = "tsuzuri/more.html"


def place(docnames: list[str], *, more: bool) -> str:
    """Return the mark for a list of posts; *more* says that it was cut short."""
    text = json.dumps([more, *docnames]).replace("--", r"-\u002d")  # ends no comment early
    return f"<!--tsuzuri-posts {text}-->"


def filled(body: str, posts: Mapping[str, Post], context: dict[str, Any], render: Any) -> str:
    """Return a page's *body* with its lists in their places."""

    def cards(match: re.Match[str]) -> str:
        more, *docnames = json.loads(match[1])
        listed = [posts[name] for name in docnames if name in posts]
        html = str(render(TEMPLATE, {**context, "posts": listed}))
        return html + (str(render(MORE, context)) if more else "")

    return PLACE.sub(cards, body)


def on_doctree_resolved(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Mark the places of lists before ABlog fills them."""
    if not is_site(app):
        return
    limit = Settings.of(app.config).posts_per_page
    for node, posts in plain_lists(app, doctree, docname):
        shown = posts[:limit] if node["length"] is None and limit else posts
        mark = place([post.docname for post in shown], more=len(shown) < len(posts))
        node.replace_self(nodes.raw("", mark, format="html"))


def on_html_page_context(
    app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Fill the places."""
    if is_site(app) and "<!--tsuzuri-posts" in context.get("body", ""):
        bridge = app.builder.templates
        if isinstance(bridge, BuiltinTemplateLoader):
            posts = context["posts_by_name"]
            for name in context.keys() & {"body", "body_rest"}:
                context[name] = type(context[name])(
                    filled(context[name], posts, context, bridge.render)
                )


def setup_post_lists(app: Sphinx) -> None:
    """Register the cards: marked before ABlog's lists, filled when the page's context is there."""
    app.connect("doctree-resolved", on_doctree_resolved, priority=400)
    app.connect("html-page-context", on_html_page_context, priority=850)
