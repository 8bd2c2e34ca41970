"""The search: an index of all articles, a dialog and a page that ask it.

As a page is written, its text is kept beside the doctrees (:mod:`.record`); when the build has
gone well, the texts are filed (:mod:`.bundle`) by Pagefind (:mod:`.pagefind`) under our own
words (:mod:`.words`, :mod:`.folding`).  In the browser ``static/tsuzuri-search`` takes over:
``open.js`` waits on every page, ``dialog.js`` and ``view.js`` are what is seen, ``engine.js``
asks and ranks, ``page.js`` cuts excerpts.

Sphinx's own index is neither built nor loaded: its Japanese splitter takes half of a build and
its search finds no compounds.
"""

from __future__ import annotations

import json
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.locale import get_translation
from sphinx.util.i18n import format_date

from tsuzuri.posts.domain import PostDomain
from tsuzuri.problems import Finding, Problem, report
from tsuzuri.writing.bundle import is_ours
from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.search.bundle import build_index, stemming
from tsuzuri.writing.search.opensearch import description
from tsuzuri.writing.search.pagefind import PagefindError
from tsuzuri.writing.search.record import Record, Section, read_sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

_ = get_translation("tsuzuri")

STATIC = Path(__file__).parent / "static"
PAGE = "search"
BUNDLE = "pagefind"
OPENSEARCH = "opensearch.xml"
UNWANTED = frozenset({"nosearch", "no-search"})
"""Sphinx's own words in a page's metadata for what no search is to find."""
LATER = "tsuzuri-index"
"""Emitted with a function that makes the index in a folder; a listener that returns true calls it
when it likes."""
TEXTS = "tsuzuri-search"
"""The folder beside the doctrees in which each page's text is kept."""


def messages(language: str) -> dict[str, str]:
    """Return what the search says, in the site's language."""
    return {
        "stemming": stemming(language),
        "search": _("Search"),
        "placeholder": _("Search posts and docs"),
        "results": _("Results"),
        "year": _("Year"),
        "tag": _("Tag"),
        "allYears": _("All years"),
        "allTags": _("All tags"),
        "none": _("Nothing found for “{query}”. A shorter word or another spelling may help."),
        "one": _("1 page"),
        "many": _("{count} pages"),
        "more": _("Show more"),
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
    text = json.dumps(messages(app.config.language), ensure_ascii=False, indent=1)
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


def keep(app: Sphinx, docname: str, doctree: nodes.document) -> str:
    """Write the text of a page beside the doctrees and return it."""
    title, sections = read_sections(doctree)
    rows = [[section.anchor, section.heading, section.text] for section in sections]
    text = json.dumps([title, rows], ensure_ascii=False, separators=(",", ":"))
    write_if_changed(kept(app, docname), text)
    return text


def kept(app: Sphinx, docname: str) -> Path:
    """Return the file in which the text of *docname* is kept."""
    return Path(app.doctreedir, TEXTS, f"{docname}.json")


def records(app: Sphinx) -> Iterator[Record]:
    """Yield what the search knows of each article."""
    env = app.env
    posts = PostDomain.of(env).posts
    for docname in sorted(env.all_docs):
        if docname == app.config.root_doc or env.metadata[docname].keys() & {
            "nosearch",
            "no-search",
        }:
            continue
        try:
            text = kept(app, docname).read_text(encoding="utf-8")
        except OSError:
            text = keep(app, docname, env.get_doctree(docname))
        title, rows = json.loads(text)
        sections = tuple(Section(*row) for row in rows)
        url = app.builder.get_target_uri(docname)
        post = posts.get(docname)
        if post is None:
            yield Record(docname, url, title or docname, sections)
            continue
        day = post.date.replace(tzinfo=None)
        shown = format_date(app.config.post_date_format, date=day, language=app.config.language)
        date = post.date.date().isoformat()
        yield Record(docname, url, post.title, sections, date, shown, post.tags)


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Index the articles of a build that went well, or leave it to who takes it over."""
    if exception is not None or not is_site(app):
        return
    found = list(records(app))
    index = partial(build_index, found, app.config.language)
    if app.emit_firstresult(LATER, index):
        return
    try:
        index(Path(app.outdir, BUNDLE))
    except (PagefindError, OSError) as error:
        cause = f"the search index was not made: {error}"
        mend = "the one of the build before, if there is one, stays; build again once it is mended"
        report([Finding(Problem.SEARCH, cause, mend, "conf.py")], str(app.srcdir))


def on_html_collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the search page."""
    if is_site(app):
        yield PAGE, {"title": _("Search")}, "tsuzuri/search.html"


def on_outputs(_app: Sphinx) -> list[str]:
    """Name the files that are written here and not page by page."""
    return [OPENSEARCH, f"_static/{TEXTS}/messages.js"]


def setup_search(app: Sphinx) -> None:
    """Register the search; needs the event of :mod:`tsuzuri.writing.outputs`."""
    app.add_event(LATER)
    app.connect("config-inited", on_config_inited)
    app.connect("builder-inited", on_builder_inited)
    app.connect("doctree-resolved", on_doctree_resolved, priority=900)
    app.connect("html-page-context", on_html_page_context, priority=300)
    app.connect("html-collect-pages", on_html_collect_pages)
    app.connect("tsuzuri-outputs", on_outputs)
    app.connect("build-finished", on_build_finished)
