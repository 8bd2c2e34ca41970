"""What the templates of a page show: the post, its date line, the sidebar, the way around.

Pure functions compute; :class:`Pages` keeps what is the same for all pages of a build.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from tsuzuri.config import Settings
from tsuzuri.posts._ablog import LISTS_POSTS
from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.bundle import FRAMES, is_ours
from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.changing_parts import CHANGING, FIRST, ChangingParts, are_replaced
from tsuzuri.writing.contents import page_contents
from tsuzuri.writing.docs_tree import Branch, Group, groups_of, page_tree, tree_of
from tsuzuri.writing.freshness import EVENT, EVERY_PAGE
from tsuzuri.writing.side_parts import SideParts, sidebars_of
from tsuzuri.writing.sidebar import Sidebar, sidebar_of
from tsuzuri.writing.wording import Days, days, names, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from tsuzuri.writing.phrases import Phrases


VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>\s*')
"""Docutils writes one for each document, besides Sphinx's."""
TITLE = re.compile(r"<h1\b[^>]*>.*?</h1>", re.DOTALL)


def split_title(body: str) -> tuple[Markup, Markup, Markup]:
    """Split a page's HTML at its title: what opens before it, the title, the rest.

    >>> split_title('<section id="a"><h1>題</h1><p>文</p></section>')[1]
    Markup('<h1>題</h1>')
    """
    found = TITLE.search(body)
    if found is None:
        return Markup(), Markup(), Markup(body)  # noqa: S704 - written by Sphinx
    start, end = found.span()
    return Markup(body[:start]), Markup(body[start:end]), Markup(body[end:])  # noqa: S704


def kind_of(
    pagename: str, *, is_post: bool, is_document: bool, lists_posts: bool, docs: str
) -> str:
    """Return what kind of page it is, as its body's class says."""
    if lists_posts:
        return "list"
    if is_post:
        return "post"
    if is_document:
        return "docs" if docs and f"{pagename}/".startswith(f"{docs}/") else "page"
    return "list"


def contents_of(context: Mapping[str, Any], phrases: Phrases) -> Markup:
    """Return the contents of a page, whose headings break there as they do in the text."""
    toc = phrases.heading(context.get("toc", ""))
    return page_contents(toc, int(context["theme_show_toc_level"]))


@dataclass
class Pages:
    """What all pages of one build share."""

    sidebar: Sidebar = field(default_factory=Sidebar)
    changing: ChangingParts = field(default_factory=ChangingParts)
    replaced: frozenset[str] = frozenset()
    """The parts of the sidebar that are put into pages written before."""
    docs: dict[str, str] = field(default_factory=dict)
    """Titles of the documentation's pages."""
    groups: list[Group] = field(default_factory=list)
    """Its pages by the toctrees of its first page."""
    days: Days = field(default_factory=days)
    side: SideParts = field(default_factory=SideParts)

    @property
    def phrases(self) -> Phrases:
        """Where Japanese titles may break."""
        return self.changing.phrases

    def on_shown(self, app: Sphinx, env: BuildEnvironment) -> dict[str, object]:
        """Compute what every page shows, once all is read, and say so to the build."""
        root = Settings.of(app.config).docs_folder
        if is_ours(app):
            self.side.begin(app)
        self.sidebar = sidebar_of(PostDomain.of(env).published(), app.config.blog_path)
        self.changing.begin(app, self.sidebar)
        self.replaced = frozenset(CHANGING if are_replaced(app) else ())
        shown = self.sidebar.filled if self.replaced else self.sidebar
        self.docs = {
            name: title.astext()
            for name, title in env.titles.items()
            if root and name.startswith(f"{root}/")
        }
        home = f"{root}/index"
        self.groups = list(groups_of(env.tocs[home])) if home in self.docs else []
        tree = (self.docs, [env.toctree_includes.get(name) for name in sorted(self.docs)])
        return {EVERY_PAGE: (shown, self.docs.get(home), self.groups)} | dict.fromkeys(
            self.docs, tree
        )

    def on_html_page_context(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Give the templates what they show."""
        del templatename
        if not is_site(app):
            return
        domain = PostDomain.of(app.env)
        post = domain.posts.get(pagename)
        context["posts_by_name"] = domain.posts
        context["blog_sidebar"] = self.sidebar
        context["phrases"] = self.phrases.text
        context |= words(app, post, self.days)
        context |= names(app, pagename, context)
        if app.config.html_theme in FRAMES:
            context["frame"] = FRAMES[app.config.html_theme]
        if not is_ours(app):
            return
        docs_root = Settings.of(app.config).docs_folder
        kind = kind_of(
            pagename,
            is_post=post is not None,
            is_document=doctree is not None,
            lists_posts=LISTS_POSTS in app.env.metadata.get(pagename, ()),
            docs=docs_root,
        )
        context.setdefault("page_kind", kind)
        context["post"] = post
        context["relations"] = domain.relations_of(pagename)
        chosen = bool(app.config.html_sidebars)
        self.side.ask(context, sidebars_of(context["sidebars"], kind, chosen=chosen))
        context |= self.documentation(app.env, pagename, docs_root, context["pathto"])
        context["page_contents"] = cache(lambda: contents_of(context, self.phrases))
        context["changing_parts"] = self.replaced
        context["changing_part"] = partial(self.changing.part, app, pagename)
        context["side_parts"] = self.side_parts(app, pagename)
        context["steady_parts"] = self.side.steady
        context["metatags"] = VIEWPORT.sub("", context.get("metatags") or "")
        if "body" in context:
            body = self.phrases.headings(context["body"])
            start, title, rest = split_title(body)
            context |= {"body": body, "body_start": start, "body_title": title, "body_rest": rest}

    def on_parts_left(
        self,
        _app: Sphinx,
        _pagename: str,
        _templatename: str,
        context: dict[str, Any],
        _doctree: nodes.document | None,
    ) -> None:
        """Take the sidebar back from the theme, which has left empty parts out."""
        self.side.answered(context)

    def side_parts(self, app: Sphinx, pagename: str) -> dict[str, Markup]:
        """Return what is kept of the sidebar's parts: pages of one folder share them.

        A page that the sidebar itself leads to says so there, and has its own.
        """
        if pagename in self.sidebar.pages or pagename in self.docs:
            return {}
        return self.side.made[posixpath.dirname(app.builder.get_target_uri(pagename))]

    def documentation(
        self, env: BuildEnvironment, pagename: str, root: str, pathto: Callable[[str], str]
    ) -> dict[str, Any]:
        """Return the documentation's tree and entrance, as far as there is one."""
        home = f"{root}/index"
        if home not in self.docs:
            return {"docs_entries": (), "docs_tree": Markup}

        def tree() -> Markup:
            groups = [
                (group.title, tree_of("", pagename, {**includes, "": group.docnames}, self.docs))
                for group in self.groups
            ]
            return page_tree(Branch(self.docs[home], home, pagename == home), groups, pathto)

        includes = env.toctree_includes
        entries = [
            entry
            for group in self.groups
            for entry in (
                [(group.title, f"{pathto(home)}#{group.anchor}")]
                if group.title
                else [
                    (self.docs[name], pathto(name)) for name in group.docnames if name in self.docs
                ]
            )
        ]
        return {"docs_entries": entries or [(self.docs[home], pathto(home))], "docs_tree": tree}


def setup_pages(app: Sphinx) -> None:
    """Register the pages' context."""
    pages = Pages()
    app.connect(EVENT, pages.on_shown)
    app.connect("html-page-context", pages.on_html_page_context, priority=400)
    # after the theme
    app.connect("html-page-context", pages.on_parts_left, priority=510)
    app.connect("build-finished", pages.changing.on_build_finished, priority=FIRST)
