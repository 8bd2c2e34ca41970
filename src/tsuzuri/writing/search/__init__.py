"""The search: an index of all articles, a dialog and a page that ask it.

As a page is written, its text (:mod:`.record`) is kept beside the doctrees (:mod:`.texts`), with
the places of its words (:mod:`.words`, :mod:`.folding`, :mod:`.postings`); when all are, they are
made the files in which Pagefind (:mod:`.pagefind`) searches (:mod:`.bundle`), while lists and
feeds are written (:mod:`.indexing`).  In the browser
``static/tsuzuri-search`` takes over: ``open.js`` waits on every page, ``dialog.js`` and
``view.js`` are what is seen, ``engine.js`` asks and ranks, ``page.js`` cuts excerpts.

Sphinx's own index is neither built nor loaded: its Japanese splitter takes half of a build and
its search finds no compounds.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.locale import get_translation

from tsuzuri.config import Settings
from tsuzuri.writing.bundle import is_ours
from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.list_memory import ListMemory, page_file
from tsuzuri.writing.search.bundle import stemming
from tsuzuri.writing.search.indexing import setup_indexing
from tsuzuri.writing.search.opensearch import description
from tsuzuri.writing.search.texts import TEXTS, keep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

_ = get_translation("tsuzuri")

STATIC = Path(__file__).parent / "static"
PAGE = "search"
OPENSEARCH = "opensearch.xml"


def messages(language: str, merged: dict[str, str]) -> dict[str, Any]:
    """Return what the search says, in the site's language, and which sites it searches too."""
    return {
        "stemming": stemming(language),
        "merged": {name: f"{address.rstrip('/')}/" for name, address in merged.items()},
        "search": _("Search"),
        "placeholder": _("Search posts and docs"),
        "results": _("Results"),
        "year": _("Year"),
        "tag": _("Tag"),
        "allYears": _("All years"),
        "allTags": _("Every tag"),
        "none": _("Nothing found for “{query}”. A shorter word or another spelling may help."),
        "one": _("1 page"),
        "many": _("{count} pages"),
        "more": _("Show more"),
        "keys": _("↑ and ↓ choose, Enter opens"),
        "close": _("Close"),
        "failed": _("The search could not be loaded. Please try again later."),
    }


def on_config_inited(_app: Sphinx, config: Config) -> None:
    """Publish the scripts."""
    config.html_static_path.append(str(STATIC))


def on_builder_inited(app: Sphinx) -> None:
    """Switch Sphinx's search off and say ours in the reader's language."""
    if not is_site(app):
        return
    app.builder.search = False  # type: ignore[attr-defined] # of the HTML builders
    if not is_ours(app):
        app.add_js_file(f"{TEXTS}/open.js", loading_method="defer")
    said = messages(app.config.language, Settings.of(app.config).search_merged)
    text = json.dumps(said, ensure_ascii=False, indent=1)
    write_if_changed(Path(app.outdir, "_static", TEXTS, "messages.js"), f"export default {text};\n")
    write_if_changed(Path(app.outdir, OPENSEARCH), opensearch(app))


def opensearch(app: Sphinx) -> str:
    """Return the description by which browsers offer the site's search as a keyword."""
    name = app.config.blog_title or app.config.project
    page = f"{app.config.html_baseurl}{app.builder.get_target_uri(PAGE)}"
    return description(name, _("Search {site}").format(site=name), page)


def on_html_page_context(
    app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Tell templates that there is a search page, and the theme to leave its own dialog out."""
    if not is_site(app):
        return
    known = context["hasdoc"]
    context["hasdoc"] = lambda name: name == PAGE or known(name)
    if not is_ours(app):
        context["theme_disable_search"] = True
    link = '<link rel="search" type="application/opensearchdescription+xml" href="{}" title="{}">'
    name = app.config.blog_title or app.config.project
    tag = link.format(context["pathto"](OPENSEARCH, 1), escape(name))
    context["metatags"] = f"{context.get('metatags', '')}{tag}\n"


def on_doctree_resolved(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep the text of a page that is about to be written."""
    if is_site(app):
        keep(app, docname, doctree)


def on_html_collect_pages(
    app: Sphinx, memory: ListMemory
) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the search page, unless it is fresh."""
    if is_site(app):
        memory.begin(app)
        if not memory.is_fresh(PAGE, [page_file(app, PAGE)]):
            yield PAGE, {"title": _("Search")}, "tsuzuri/search.html"


def on_outputs(_app: Sphinx) -> list[str]:
    """Name the files that are written here and not page by page."""
    return [OPENSEARCH, f"_static/{TEXTS}/messages.js"]


def setup_search(app: Sphinx) -> None:
    """Register the search; needs the event of :mod:`tsuzuri.writing.outputs`."""
    app.connect("config-inited", on_config_inited)
    app.connect("builder-inited", on_builder_inited)
    app.connect("doctree-resolved", on_doctree_resolved, priority=900)
    app.connect("html-page-context", on_html_page_context, priority=300)
    memory = ListMemory(PAGE)
    app.connect("html-collect-pages", lambda app: on_html_collect_pages(app, memory))
    app.connect("build-finished", memory.on_build_finished, priority=950)
    app.connect("tsuzuri-outputs", on_outputs)
    app.connect("tsuzuri-outputs", memory.on_outputs)
    setup_indexing(app)
