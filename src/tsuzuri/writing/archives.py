"""The pages that list posts, where ABlog has them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from babel.dates import format_date, format_skeleton
from sphinx.locale import get_translation

from tsuzuri.config import Settings
from tsuzuri.posts import _ablog
from tsuzuri.posts.domain import PostDomain
from tsuzuri.quick.parallel import Page, shared_pages
from tsuzuri.writing.canonical import is_site, site_of
from tsuzuri.writing.feeds.formats import feed_path
from tsuzuri.writing.list_memory import ListMemory, page_file
from tsuzuri.writing.lists import Catalog, ListPage, PostList, catalogs, newest_first, pages
from tsuzuri.writing.outputs import EVENT as OUTPUTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx.application import Sphinx

    from tsuzuri.posts.authors import Author
    from tsuzuri.posts.model import Post
    from tsuzuri.writing.lists import Kind

_ = get_translation("tsuzuri")


def all_lists(app: Sphinx, posts: Sequence[Post]) -> tuple[PostList, list[Catalog]]:
    """Return the list of all *posts*, and the catalogues of the others."""
    blog_path = site_of(app).blog_path
    everything = PostList("all", "", _("All posts"), blog_path, newest_first(posts))
    return everything, catalogs(_ablog.listed(app), blog_path)


def headings(kind: Kind) -> tuple[str, str]:
    """Return what one list of a *kind* is called, and the page of all of them."""
    return {
        "all": ("", _("All posts")),
        "year": (_("Archive"), _("Archive")),
        "month": (_("Archive"), _("Archive")),
        "tag": (_("Tag"), _("Tags")),
        "category": (_("Category"), _("Categories")),
        "author": (_("Author"), _("Authors")),
        "location": (_("Place"), _("Places")),
        "language": (_("Language"), _("Languages")),
        "series": (_("Series"), _("Series")),
    }[kind]


def heading(listed: PostList, language: str) -> str:
    """Return the heading of a list: its name, and a date in words of *language*."""
    if listed.kind in {"year", "month"}:
        date = listed.posts[0].date
        return format_skeleton("y" if listed.kind == "year" else "yMMMM", date, locale=language)
    return listed.name


def list_context(page: ListPage, language: str, authors: Mapping[str, Author]) -> dict[str, Any]:
    """Return what the template ``tsuzuri/list.html`` needs for *page*."""
    listed = page.list
    name = heading(listed, language)
    numbered = _("%(heading)s, page %(page)s") % {"heading": name, "page": page.number}
    author = authors.get(listed.key) if listed.kind == "author" else None
    return {
        "title": escape(name if page.number == 1 else numbered),
        "heading": name,
        "kicker": headings(listed.kind)[0],
        "lead": author.bio if author else "",
        "author_profile": author,
        "posts": page.posts,
        "count": listed.count,
        "newer": page.newer,
        "older": page.older,
        "page_number": page.number,
        "page_count": page.total,
        "dense": listed.kind != "all",
        "first_part": page.before + 1 if listed.kind == "series" else 0,
        "list_page": page,
    }


def catalog_context(catalog: Catalog, language: str) -> dict[str, Any]:
    """Return what the template ``tsuzuri/names.html`` needs for *catalog*."""
    name = headings(catalog.kind)[1]
    entries = [
        (listed, (heading(listed, language), listed.pagename, listed.count))
        for listed in catalog.lists
    ]
    return {
        "title": name,
        "heading": name,
        "entries": [entry for listed, entry in entries if listed.kind != "month"],
        "sizes": catalog.sizes(),
        "months": [
            (format_date(listed.posts[0].date, "LLLL", locale=language), *entry[1:])
            for listed, entry in entries
            if listed.kind == "month"
        ],
        "catalog": catalog,
    }


def listing_pages(app: Sphinx) -> Iterator[Catalog | ListPage]:
    """Yield what stands on each page that lists posts."""
    posts = PostDomain.of(app.env).published()
    if not posts:
        return
    per_page = Settings.of(app.config).posts_per_page
    everything, found = all_lists(app, posts)
    yield from found
    for listed in [everything, *(item for catalog in found for item in catalog.lists)]:
        yield from pages(listed, per_page)


def list_pages(app: Sphinx) -> Iterator[Page]:
    """Yield every page that lists posts."""
    language, authors = app.config.language or "en", site_of(app).authors
    for page in listing_pages(app):
        if isinstance(page, ListPage):
            context = list_context(page, language, authors)
            context["feed"] = feed_file(app, page.list)
            yield page.pagename, context, "tsuzuri/list.html"
        else:
            yield page.pagename, catalog_context(page, language), "tsuzuri/names.html"


def feed_file(app: Sphinx, listed: PostList) -> str:
    """Return the path of a list's feed, or nothing when it has none."""
    formats = Settings.of(app.config).feed_formats
    wanted = listed.kind == "all" or app.config.blog_feed_archives
    if not (app.config.html_baseurl and wanted and listed.has_feed):
        return ""
    return feed_path(listed.pagename, formats)


def facts(context: Mapping[str, Any], memory: ListMemory) -> Iterator[object]:
    """Yield what a page of a list or of a catalogue shows."""
    yield from (context["title"], context["heading"])
    if page := context.get("list_page"):
        listed: PostList = page.list
        yield from (listed.kind, listed.key, listed.pagename, memory.posts_of(listed))
        yield from (page.number, page.total, len(page.posts), context["lead"], context["feed"])
        yield context["author_profile"]
    else:
        yield from (context["entries"], context["months"], context["sizes"])


def setup_archives(app: Sphinx) -> None:
    """Register the pages that list posts; the unchanged stay, but where a writer has their name."""
    memory = ListMemory("lists")

    def stale_pages(app: Sphinx) -> Iterator[Page]:
        memory.begin(app)
        if memory.all_fresh(app):
            return
        for name, context, template in list_pages(app):
            files = [page_file(app, name)]
            fresh = memory.is_fresh(name, files, template, *facts(context, memory))
            if name not in app.env.found_docs and not fresh:
                yield name, context, template

    def on_html_collect_pages(app: Sphinx) -> Sequence[Page]:
        pages = list(stale_pages(app)) if is_site(app) else ()
        return shared_pages(app, pages) if Settings.of(app.config).shortcuts else pages

    app.connect("html-collect-pages", on_html_collect_pages)
    app.connect(OUTPUTS, memory.on_outputs)
    app.connect("build-finished", memory.on_build_finished, priority=950)
