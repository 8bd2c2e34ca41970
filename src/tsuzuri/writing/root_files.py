"""Writes the files that machines ask for at the root: sitemap, robots, 404, web manifest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.locale import get_translation

from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.archives import listing_pages
from tsuzuri.writing.canonical import brought_by_user, is_site, served_root, site_of
from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.list_memory import ListMemory, page_file
from tsuzuri.writing.lists import ListPage
from tsuzuri.writing.not_found import with_absolute_links
from tsuzuri.writing.notes import Note
from tsuzuri.writing.outputs import EVENT, relative
from tsuzuri.writing.sitemap import Address, newest, robots, sitemap
from tsuzuri.writing.state import listed_state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from tsuzuri.writing.site import Site

_ = get_translation("tsuzuri")

NOT_FOUND = "404"
LATEST = 5
"""Posts that the page for unknown addresses offers."""
MANIFEST = "site.webmanifest"
ICONS = Path(__file__).parent / "static" / "icons"
ICON = "_static/tsuzuri-icon-{}.png"
PAPER = "#fbfaf6"
HIDDEN = (".htaccess", ".well-known", ".nojekyll", ".domains")
"""What servers and hosts look for, of all that has a hidden name."""


def addresses(app: Sphinx, site: Site) -> Iterator[Address]:
    """Yield every page that search engines should know, with when its text changed."""
    domain = PostDomain.of(app.env)
    for docname in app.env.all_docs:
        post = domain.posts.get(docname)
        if post is None:
            robots_say = app.env.metadata[docname].get("robots", "")
            if docname != NOT_FOUND and "noindex" not in str(robots_say):
                yield Address(site.page(docname), start_changed(app, docname))
        elif not post.canonical and not post.draft:
            yield Address(site.page(docname), post.changed)
    changed: dict[str, datetime | None] = {}
    for page in listing_pages(app):
        pagename = page.pagename
        if pagename not in app.env.all_docs and isinstance(page, ListPage):
            # once a list: it has as many pages as it has posts by the dozen
            if page.first not in changed:
                changed[page.first] = max((post.changed for post in page.list.posts), default=None)
            yield Address(site.page(pagename), changed[page.first])
        elif pagename not in app.env.all_docs:
            yield Address(site.page(pagename))


def start_changed(app: Sphinx, docname: str) -> Any:
    """Return when the newest post changed, for the start page, which lists them."""
    if docname != app.config.root_doc:
        return None
    return newest(Address("", post.changed) for post in PostDomain.of(app.env).posts.values())


def manifest(site: Site) -> str:
    """Return the web manifest: how the site looks among the apps of a phone."""
    data = {
        "name": site.title,
        "short_name": site.title[:12],
        "description": site.description,
        "lang": site.language,
        "start_url": "./",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {
                "src": f"_static/tsuzuri-icon-{size}.png",
                "sizes": f"{size}x{size}",
                "type": "image/png",
            }
            for size in (192, 512)
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def root_files(app: Sphinx) -> dict[str, str | bytes]:
    """Return name and content of each file, without those that the writer brings."""
    site = site_of(app)
    files: dict[str, str | bytes] = {MANIFEST: manifest(site)}
    for icon in ICONS.iterdir():
        files["favicon.ico" if icon.suffix == ".ico" else f"_static/{icon.name}"] = (
            icon.read_bytes()
        )
    if site.base:
        files["robots.txt"] = robots(site.base)
    return {name: content for name, content in files.items() if not brought_by_user(app, name)}


def write_sitemap(app: Sphinx) -> list[str]:
    """Write the sitemap, unless it stands there as it would be written; return its files."""
    site, out = site_of(app), Path(app.outdir)
    if not site.base:
        return []
    state = listed_state(app)
    note: Note[list[str]] = Note(app, "sitemap")
    before, *known = note.recall() or [""]
    if state and before == state and all((out / name).exists() for name in known):
        return [name for name in known if not brought_by_user(app, name)]
    note.forget()
    files = sitemap(addresses(app, site), site.base)
    names = [name for name in files if not brought_by_user(app, name)]
    for name in names:
        write_if_changed(out / name, files[name])
    if len(names) == len(files):
        note.keep([state, *names])
    return names


def hidden_files(app: Sphinx) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the writer's files for servers that have hidden names.

    Sphinx leaves out what ``exclude_patterns`` has, and its default here keeps the hidden files
    of editors and tools out of the site.
    """
    for entry in app.config.html_extra_path:
        folder = Path(app.confdir) / entry
        for name in HIDDEN:
            found = folder / name
            for path in found.rglob("*") if found.is_dir() else (found,):
                if path.is_file():
                    yield path.relative_to(folder).as_posix(), path.read_bytes()


class RootFiles:
    """The files of one build."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.memory = ListMemory(NOT_FOUND)

    def on_html_collect_pages(self, app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Add the page for addresses that lead nowhere, if the writer has none and it is stale."""
        if not is_site(app) or NOT_FOUND in app.env.all_docs:
            return
        posts = PostDomain.of(app.env).published()[:LATEST]
        self.memory.begin(app)
        shown = map(self.memory.post, posts)
        if not self.memory.is_fresh(NOT_FOUND, [page_file(app, NOT_FOUND)], *shown):
            context = {"title": _("There is no such page"), "posts": posts, "dense": True}
            yield NOT_FOUND, context, "tsuzuri/404.html"

    def on_html_page_context(
        self,
        app: Sphinx,
        _pagename: str,
        _templatename: str,
        context: dict[str, Any],
        _doctree: nodes.document | None,
    ) -> None:
        """Name the manifest and the icon of home screens."""
        if is_site(app):
            pathto = context["pathto"]
            context["metatags"] = (
                context.get("metatags", "")
                + f'\n    <link rel="manifest" href="{pathto(MANIFEST, 1)}" />'
                + f'\n    <link rel="apple-touch-icon" href="{pathto(ICON.format(180), 1)}" />'
            )

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Write what needs all pages to be known."""
        if exception is not None or not is_site(app):
            return
        for name, content in [*root_files(app).items(), *hidden_files(app)]:
            write_if_changed(Path(app.outdir) / name, content)
            self.written.append(name)
        self.written += write_sitemap(app)
        builder = cast("StandaloneHTMLBuilder", app.builder)
        page = Path(str(builder.get_outfilename(NOT_FOUND)))
        if page.is_file():
            place = served_root(app.config) + relative(builder, page)
            html = with_absolute_links(page.read_text(encoding="utf-8"), place)
            write_if_changed(Path(app.outdir) / f"{NOT_FOUND}.html", html)
            self.written.append(f"{NOT_FOUND}.html")

    def on_outputs(self, _app: Sphinx) -> list[str]:
        """Tell which files these are."""
        return self.written


def setup_root_files(app: Sphinx) -> None:
    """Write the files at the root."""
    files = RootFiles()
    app.connect("html-collect-pages", files.on_html_collect_pages)
    app.connect("html-page-context", files.on_html_page_context)
    app.connect("build-finished", files.on_build_finished)
    app.connect("build-finished", files.memory.on_build_finished, priority=950)
    app.connect(EVENT, files.on_outputs)
    app.connect(EVENT, files.memory.on_outputs)
