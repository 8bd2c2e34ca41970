"""What there is to tell of each page of the current build."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx.locale import get_translation

from tsuzuri.config import Settings
from tsuzuri.posts.build import summary
from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.archives import headings
from tsuzuri.writing.canonical import site_of
from tsuzuri.writing.card_files import Cards
from tsuzuri.writing.cards import HEIGHT_PX, WIDTH_PX
from tsuzuri.writing.feeds.formats import FORMATS
from tsuzuri.writing.feeds.model import one_line
from tsuzuri.writing.lead_images import is_remote, lead_image
from tsuzuri.writing.page_facts import Image, PageFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

    from tsuzuri.posts.model import Post
    from tsuzuri.writing.lists import ListPage, PostList
    from tsuzuri.writing.site import Site

_ = get_translation("tsuzuri")
TITLES = 3
"""Titles of posts in the description of a list."""

HIDDEN = {"search", "genindex", "404", "py-modindex"}
"""Pages that are ways to others, and nothing to find."""


class PageHead:
    """Knows the site, and describes its pages one by one."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.site: Site = site_of(app)
        self.settings = Settings.of(app.config)
        self.domain = PostDomain.of(app.env)
        self.cards = Cards(app)

    def of_post(self, post: Post) -> PageFacts:
        """Describe a post."""
        url = post.canonical or self.address(post.docname)
        section = post.categories[0] if post.categories else ""
        return PageFacts(
            title=one_line(post.title),
            url=url,
            description=one_line(post.lead),
            kind="post",
            language=post.language or self.site.language,
            image=self.image_of(post),
            published=post.date,
            updated=post.updated,
            authors=self.site.authors_of(post.authors),
            tags=tuple(one_line(tag) for tag in post.tags),
            section=one_line(section),
            minutes=post.reading_minutes,
            trail=self.trail((_("All posts"), self.site.blog_path), (post.title, post.docname)),
            alternates=tuple(self.translations(post)),
            feeds=tuple(self.feeds()),
            markdown=markdown_address(self.address(post.docname))
            if self.settings.markdown_pages and self.site.base
            else "",
            hidden=post.draft,
        )

    def of_list(self, page: ListPage, title: str) -> PageFacts:
        """Describe a page of a list."""
        listed = page.list
        catalog, name = headings(listed.kind)
        steps = [(title, page.pagename)]
        if listed.kind != "all" and catalog:
            place = posixpath.dirname(listed.pagename)
            if listed.kind in {"year", "month"}:
                place = f"{self.site.blog_path}/archive"
            steps.insert(0, (name, place))
        relations = {"prev": page.newer, "next": page.older}
        if page.total > 1:
            relations |= {"first": page.first, "last": page.last}
        return PageFacts(
            title=one_line(title),
            url=self.address(page.pagename),
            kind="list",
            description=list_description(title, page),
            language=self.site.language,
            trail=self.trail(*steps),
            feeds=tuple(self.feeds(listed)),
            relations=tuple((rel, self.address(to)) for rel, to in relations.items() if to),
        )

    def of_page(self, pagename: str, title: str, doctree: nodes.document | None) -> PageFacts:
        """Describe a page that is no post and no list of posts."""
        meta = self.app.env.metadata.get(pagename, {})
        start = pagename == self.app.config.root_doc
        described = meta.get("description") or (summary(doctree) if doctree else "")
        if start:
            described = meta.get("description") or self.site.description or described
        return PageFacts(
            title=self.site.title if start else one_line(title),
            url=self.address(pagename),
            description=one_line(described),
            kind="home" if start else "page",
            language=meta.get("language") or self.site.language,
            trail=self.trail(*self.parents(pagename), (title, pagename)) if not start else (),
            feeds=tuple(self.feeds()),
            hidden=pagename in HIDDEN,
            search=f"{self.address('search')}?q={{search_term_string}}" if start else "",
        )

    def address(self, pagename: str) -> str:
        """Return the canonical address of a page, or nothing when the site knows none."""
        return self.site.page(pagename) if self.site.base else ""

    def trail(self, *steps: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        """Return names and addresses from the start page along *steps*, names and page names."""
        home = (self.site.title, self.address(self.app.config.root_doc))
        return (home, *((one_line(name), self.address(page)) for name, page in steps))

    def parents(self, pagename: str) -> Iterator[tuple[str, str]]:
        """Yield title and name of the pages that stand for the folders around a page."""
        folder = posixpath.dirname(pagename)
        if folder:
            yield from self.parents(folder)
            index = f"{folder}/index"
            if index in self.app.env.titles and index != pagename:
                yield self.app.env.titles[index].astext(), index

    def feeds(self, listed: PostList | None = None) -> Iterator[tuple[str, str, str]]:
        """Yield the feeds to announce: of *listed*, and of the site."""
        if not self.site.base or not self.domain.posts:
            return
        folders = [(self.site.blog_path, self.site.title)]
        if (
            listed
            and listed.has_feed
            and listed.kind != "all"
            and self.app.config.blog_feed_archives
        ):
            folders.insert(0, (listed.pagename, f"{listed.name} - {self.site.title}"))
        for folder, title in folders:
            for name in self.settings.feed_formats:
                module = FORMATS[name]
                address = self.site.file(f"{folder}/{module.FILE}")
                yield module.MEDIA_TYPE, title, address

    @cached_property
    def addressed(self) -> dict[str, str]:
        """What posts name each other by, slug or document, to the document."""
        posts = self.domain.posts
        return {post.slug: name for name, post in posts.items()} | {name: name for name in posts}

    @cached_property
    def translated(self) -> dict[str, dict[str, str]]:
        """Document to the language and document of each post that calls it its translation."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for docname, post in sorted(self.domain.posts.items()):
            for _language, target in post.translations:
                if target in self.addressed:
                    own = post.language or self.site.language
                    found[self.addressed[target]][own] = docname
        return found

    def translations(self, post: Post) -> Iterator[tuple[str, str]]:
        """Yield language and address of each version of a post, when there are others."""
        named = self.translated.get(post.docname, {}) | dict(post.translations)
        if named and self.site.base:
            named.setdefault(post.language or self.site.language, post.docname)
            for language, target in sorted(named.items()):
                if is_remote(target):
                    yield language, target
                elif target in self.addressed:
                    yield language, self.address(self.addressed[target])

    def image_of(self, post: Post) -> Image | None:
        """Return the image that stands for a post: its own, or its social card."""
        path = lead_image(self.app.env, post)
        if path and (self.site.base or is_remote(path)):
            return Image(self.site.file(path), one_line(post.image_alt))
        card = self.cards.path(post)
        if card and self.site.base:
            return Image(self.site.file(card), one_line(post.title), WIDTH_PX, HEIGHT_PX)
        return None


def markdown_address(url: str) -> str:
    """Return the address of the Markdown of the page at *url*, as https://llmstxt.org/ has it."""
    return f"{url}index.html.md" if url.endswith("/") else f"{url}.md"


def list_description(title: str, page: ListPage) -> str:
    """Return what a list is about in a sentence: its name, its size, its first titles."""
    titles = _(", ").join(post.title for post in page.posts[:TITLES])
    text = _("%(title)s: %(count)s posts, such as %(titles)s")
    return one_line(text % {"title": title, "count": page.list.count, "titles": titles})
