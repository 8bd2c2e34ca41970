"""Which feeds a site has, and writing them when its pages are written.

Articles that no feed shows are not kept: a page that comes into a feed is written again.
"""

from __future__ import annotations

import posixpath
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.locale import get_translation

from tsuzuri.config import Settings
from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.archives import all_lists, heading
from tsuzuri.writing.canonical import address_of, is_site, site_of
from tsuzuri.writing.card_files import Cards
from tsuzuri.writing.feeds import atom, jsonfeed, rss
from tsuzuri.writing.feeds.articles import article, article_file, articles_folder, stamp
from tsuzuri.writing.feeds.formats import FORMATS
from tsuzuri.writing.feeds.model import Options, make_feed
from tsuzuri.writing.files import remove_if_exists, write_if_changed
from tsuzuri.writing.fragment import clean_fragment
from tsuzuri.writing.lead_images import lead_image
from tsuzuri.writing.list_memory import ListMemory
from tsuzuri.writing.outputs import EVENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from tsuzuri.posts.model import Post
    from tsuzuri.writing.feeds.model import Feed
    from tsuzuri.writing.lists import PostList
    from tsuzuri.writing.site import Site

_ = get_translation("tsuzuri")

STYLE = "feed.css"


def options(config: Config) -> Options:
    """Return what ABlog's settings say about feeds."""
    return Options(
        length=config.blog_feed_length or None,
        full_text=bool(config.blog_feed_fulltext),
        titles_only=bool(config.blog_feed_titles),
    )


def listed_feeds(app: Sphinx, posts: list[Post]) -> Iterator[PostList]:
    """Yield the lists that have a feed: all posts, and each label when ABlog's setting says so."""
    everything, catalogs = all_lists(app, posts)
    yield everything
    if app.config.blog_feed_archives:
        for catalog in catalogs:
            yield from (item for item in catalog.lists if item.has_feed)


def publishes(app: Sphinx) -> bool:
    """Tell whether the build makes feeds: of a site that knows its address."""
    return is_site(app) and bool(app.config.html_baseurl)


def feed_of(
    listed: PostList,
    site: Site,
    chosen: Options,
    name: str,
    *,
    content: Callable[[Post], str],
    image: Callable[[Post], str],
) -> Feed:
    """Return the feed of a list; *name* is the list's heading."""
    title = site.title if listed.kind == "all" else f"{name} - {site.title}"
    return make_feed(
        listed.posts,
        folder=listed.pagename,
        title=title,
        subtitle=site.description,
        home=site.page(listed.pagename),
        site=site,
        options=chosen,
        content=content,
        image=image,
    )


def documents(feed: Feed, formats: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the output path and content of each of the *formats* of *feed*."""
    style = posixpath.relpath(f"{feed.site.blog_path}/{STYLE}", feed.folder)
    hint = _("This is a feed: give its address to a feed reader to follow this site.")
    for name in formats:
        if name == "atom":
            yield feed.path(atom.FILE), atom.atom(feed, style=style, hint=hint)
        elif name == "json":
            yield feed.path(jsonfeed.FILE), jsonfeed.json_feed(feed)
        elif name == "rss":
            yield feed.path(rss.FILE), rss.rss(feed, style=style, hint=hint)


class Publisher:
    """Writes the feeds of one build, and knows which files they are."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.memory = ListMemory("feeds")
        self.lists: list[tuple[PostList, list[Post]]] = []
        """The lists that have a feed in this build, each with the posts that it shows."""
        self.articles: frozenset[str] = frozenset()
        """The posts whose articles these feeds need."""

    def on_env_updated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Have the pages written whose articles are needed and were not kept."""
        posts, chosen = PostDomain.of(env).published(), options(app.config)
        listed = listed_feeds(app, posts) if posts and publishes(app) else ()
        self.lists = [(one, chosen.newest(one.posts)) for one in listed]
        self.articles = frozenset()
        if chosen.full_text and not chosen.titles_only:
            self.articles = frozenset(post.docname for _, shown in self.lists for post in shown)
        kept = articles_folder(app)
        return sorted(name for name in self.articles if stamp(f"{kept}/{name}.html") is None)

    def on_html_page_context(
        self,
        app: Sphinx,
        pagename: str,
        _templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Keep a post's article for the feeds; one that they don't need is not left to grow old."""
        if doctree is None or not is_site(app):
            return
        if pagename in self.articles:
            address = app.config.html_baseurl + address_of(app, pagename)
            cleaned = clean_fragment(context.get("body", ""), address)
            write_if_changed(article_file(app, pagename), cleaned)
        else:
            remove_if_exists(article_file(app, pagename))

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Write all feeds, when the build went well and the site knows its address."""
        if exception is not None or not self.lists:
            return
        site, formats = site_of(app), Settings.of(app.config).feed_formats
        style = (Path(__file__).parent / STYLE).read_bytes()
        self.write(app, f"{site.blog_path}/{STYLE}", style)

        cards, chosen = Cards(app), options(app.config)

        @cache
        def image_address(post: Post) -> str:
            path = lead_image(app.env, post) or cards.path(post)
            return site.file(path) if path else ""

        @cache
        def stamp_of(docname: str) -> tuple[int, int] | None:
            return stamp(f"{articles}/{docname}.html")

        @cache
        def article_of(docname: str) -> str:
            return article(app, docname)

        articles = articles_folder(app)
        self.memory.begin(app)
        for listed, posts in self.lists:
            name = heading(listed, site.language)
            paths = [f"{listed.pagename}/{FORMATS[kind].FILE}" for kind in formats]
            shown = [
                (self.memory.post(post), stamp_of(post.docname), image_address(post))
                for post in posts
            ]
            files = [f"{app.outdir}/{path}" for path in paths]
            if self.memory.is_fresh(listed.pagename, files, name, formats, chosen, shown):
                self.written += paths
                continue
            feed = feed_of(
                listed,
                site,
                chosen,
                name,
                content=lambda post: article_of(post.docname),
                image=image_address,
            )
            for path, content in documents(feed, formats):
                self.write(app, path, content)

    def write(self, app: Sphinx, path: str, content: bytes) -> None:
        """Write one output file and remember it."""
        write_if_changed(Path(app.outdir) / path, content)
        self.written.append(path)

    def on_outputs(self, _app: Sphinx) -> list[str]:
        """Tell which files the feeds are."""
        return self.written


def setup_feeds(app: Sphinx) -> None:
    """Write feeds."""
    publisher = Publisher()
    # after ABlog, whose lists the feeds are of, was told of the posts
    app.connect("env-updated", publisher.on_env_updated, priority=450)
    # before features that change the page's HTML for the page's sake
    app.connect("html-page-context", publisher.on_html_page_context, priority=300)
    app.connect("build-finished", publisher.on_build_finished)
    app.connect(EVENT, publisher.on_outputs)
    app.connect("build-finished", publisher.memory.on_build_finished, priority=950)
