"""What the site's features mean for Sphinx's other builders: LaTeX, Texinfo, JSON and the like."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.util.i18n import format_date
from sphinxcontrib.serializinghtml import SerializingHTMLBuilder

from tsuzuri.posts._ablog import every_list
from tsuzuri.writing.canonical import is_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from tsuzuri.posts.model import Post

THEMES = ("pydata_sphinx_theme", "sphinx_book_theme")


def on_doctree_resolved(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write lists of posts plainly where there are no pages.

    ABlog links to each post's page; in a book a post may be no part of it, and the build ends
    with a traceback.
    """
    if app.builder.format == "html":
        if not is_site(app):
            unlink_lists(app, doctree, docname)
        return
    for node, posts in every_list(app, doctree, docname):
        node.replace_self(plain_list(app, docname, posts))


def unlink_lists(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Leave the text alone of links to tags, series and the like, whose pages only a site has."""
    folder = posixpath.dirname(app.builder.get_target_uri(docname))
    blog = app.config.blog_path.strip("/")
    pages = {unquote(app.builder.get_target_uri(name)) for name in app.env.all_docs}
    for node in list(doctree.findall(nodes.reference)):
        address = unquote(node.get("refuri", "").partition("#")[0])
        target = posixpath.normpath(posixpath.join(folder, address))
        of_lists = target.startswith(f"{blog}/") or target.partition(".")[0] == blog
        if node.get("internal") and address and of_lists and target not in pages:
            node.replace_self(node.children)


def plain_list(app: Sphinx, docname: str, posts: Iterable[Post]) -> list[nodes.Node]:
    """Return a list of titles and dates, linked where a link is possible."""
    items = []
    for post in posts:
        text: nodes.Element = nodes.paragraph()
        try:
            address = app.builder.get_relative_uri(docname, post.docname)
            text += nodes.reference("", post.title, internal=True, refuri=address)
        except NoUri:
            text += nodes.Text(post.title)
        date = format_date(
            app.config.post_date_format,
            date=post.date.replace(tzinfo=None),
            language=app.config.language,
        )
        text += nodes.Text(f" ({date})")
        items.append(nodes.list_item("", text))
    return [nodes.bullet_list("", *items)] if items else []


def on_builder_inited(app: Sphinx) -> None:
    """Keep the theme out of builders that write no pages, and its search out of one long page.

    Its handlers ask for a page's templates, which the JSON and pickle builders have none of.
    """
    if app.builder.name == "singlehtml" and app.config.html_theme in THEMES:
        app.builder.theme_options["disable_search"] = True  # type: ignore[attr-defined] # of the HTML builders
    if isinstance(app.builder, SerializingHTMLBuilder):
        for listeners in app.events.listeners.values():
            listeners[:] = [
                item
                for item in listeners
                if not str(getattr(item.handler, "__module__", "")).startswith(THEMES)
            ]


def on_html_page_context(
    app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Announce no feed where there is none; give one long page its name."""
    if not is_site(app):
        context["feed_path"] = ""
    if app.builder.name == "singlehtml":
        context["docstitle"] = app.config.html_title
        context["sidebars"] = [name for name in context["sidebars"] or () if "search" not in name]


def extra_files(srcdir: Path, extra: Iterable[str]) -> Iterator[str]:
    """Yield the files that ``html_extra_path`` puts at the root of the output."""
    for entry in extra:
        path = srcdir / entry
        if path.is_dir():
            yield from (
                item.relative_to(path).as_posix() for item in path.rglob("*") if item.is_file()
            )
        else:
            yield path.name


def on_config_inited(app: Sphinx, config: Config) -> None:
    """Keep files for web servers (robots.txt, redirects, schemas) out of the e-book.

    Sphinx copies them into it, and warns of each whose kind an e-book has no name for.
    """
    found = sorted(extra_files(Path(app.srcdir), config.html_extra_path))
    config.epub_exclude_files = [*config.epub_exclude_files, *found]


def setup_other_builders(app: Sphinx) -> None:
    """Register what other builders need."""
    app.connect("config-inited", on_config_inited)
    app.connect("builder-inited", on_builder_inited, priority=10)
    app.connect("html-page-context", on_html_page_context, priority=100)  # before ABlog's
    app.connect("doctree-resolved", on_doctree_resolved, priority=390)
