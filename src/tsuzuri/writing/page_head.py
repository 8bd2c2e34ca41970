"""Puts the metadata of each page into its head."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from typing import TYPE_CHECKING, Any

from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.describe import PageHead
from tsuzuri.writing.freshness import EVENT as SHOWN
from tsuzuri.writing.lists import ListPage
from tsuzuri.writing.metadata import head

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

TAG = re.compile(r"<[^>]*>")


class Heads:
    """Describes the pages of one build."""

    def __init__(self) -> None:
        self.describe: PageHead | None = None
        """Made when the first page of a process is written: all posts are known by then."""

    def on_html_page_context(
        self,
        app: Sphinx,
        pagename: str,
        _templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Describe the page to machines."""
        if not is_site(app):
            return
        self.describe = describe = self.describe or PageHead(app)
        post, page = describe.domain.posts.get(pagename), context.get("list_page")
        title = plain(context.get("title") or pagename)
        if post:
            facts = describe.of_post(post)
        elif isinstance(page, ListPage):
            facts = describe.of_list(page, title)
        else:
            facts = describe.of_page(pagename, title, doctree)
        context["pageurl"] = facts.url or None
        context["language"] = facts.language
        context["metatags"] = context.get("metatags", "") + head(facts, describe.site)


def plain(title: str) -> str:
    """Return the text of a title that Sphinx hands on as HTML."""
    return unescape(TAG.sub("", title))


def on_shown(_app: Sphinx, env: BuildEnvironment) -> dict[str, object]:
    """Say which posts call a page their translation: its head names them."""
    posts = PostDomain.of(env).posts
    named: dict[str, list[tuple[str, str]]] = defaultdict(list)
    slugs = {post.slug: docname for docname, post in posts.items()}
    for docname, post in sorted(posts.items()):
        for _language, target in post.translations:
            named[slugs.get(target, target)].append((docname, post.language))
    return dict(named)


def setup_page_head(app: Sphinx) -> None:
    """Register the metadata of pages."""
    app.connect(SHOWN, on_shown)
    app.connect("html-page-context", Heads().on_html_page_context, priority=600)
