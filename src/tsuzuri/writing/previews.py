"""What a reader sees of a post before following a link to it.

The title, date and description of each post that a page links to stand in the page itself, as a
block of data that no browser runs; a small script shows them beside the link that a pointer rests
on or the keyboard reaches.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.bundle import is_ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docutils import nodes
    from sphinx.application import Sphinx

    from tsuzuri.posts.model import Post

LEAD_LENGTH = 140
"""Characters of a description in a preview."""


def previews(
    posts: Iterable[Post], address: Callable[[str], str], day: Callable[..., str]
) -> Markup:
    """Return the data of the previews of *posts* as JSON that is safe inside a script element."""
    data = {
        address(post.docname): {
            "title": post.title,
            "date": day(post.date),
            "lead": post.lead if len(post.lead) <= LEAD_LENGTH else post.lead[:LEAD_LENGTH] + "…",
        }
        for post in posts
    }
    if not data:
        return Markup()
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(f'<script type="application/json" id="tz-previews">{text}</script>')  # noqa: S704 - escaped above


def on_html_page_context(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give a document's page the previews of the posts that it links to."""
    if doctree is None or not is_ours(app):
        return
    domain = PostDomain.of(app.env)
    linked = domain.relations_of(pagename).links
    posts = [domain.posts[docname] for docname in linked if docname in domain.posts]
    context["previews"] = previews(posts, context["pathto"], context["day"])


def setup_previews(app: Sphinx) -> None:
    """Register the previews; after the pages' own context, whose words they use."""
    app.connect("html-page-context", on_html_page_context, priority=500)
