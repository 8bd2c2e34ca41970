"""tsuzuri: a blog for engineers, on Sphinx, MyST, ABlog and the book theme.

The way of a post through the house:

1. ``reading``: front matter becomes :class:`~tsuzuri.reading.frontmatter.FrontMatter`; the text
   becomes tokens by our rules, then a doctree by MyST.
2. ``posts``: both together become a :class:`~tsuzuri.posts.model.Post`, kept in the registry,
   :class:`~tsuzuri.posts.domain.PostDomain`; when all are read, relations are computed.
3. ``writing``: posts become pages, lists, feeds, metadata, the search index.

``workshop`` holds the command line. Imports point one way: ``reading`` <- ``posts`` <-
``writing`` <- ``workshop``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up every feature, in the order of the data's way.

    The features are imported here, so that the command line starts without Sphinx.
    """
    from tsuzuri.quick.later import SELDOM_USED, import_early
    from tsuzuri.quick.memory import setup_memory

    setup_memory(app)  # before there is much to look through
    for package, late in SELDOM_USED.items():
        import_early(package, late)

    from tsuzuri.config import setup_config
    from tsuzuri.defaults import setup_defaults
    from tsuzuri.posts._ablog import setup_ablog
    from tsuzuri.posts.domain import setup_domain
    from tsuzuri.posts.drafts import setup_drafts
    from tsuzuri.posts.links import setup_links
    from tsuzuri.posts.missing import setup_missing
    from tsuzuri.posts.numbers import setup_numbers
    from tsuzuri.posts.settling import setup_settling
    from tsuzuri.quick import setup_quick
    from tsuzuri.reading.abbreviations import setup_abbreviations
    from tsuzuri.reading.charts import setup_charts
    from tsuzuri.reading.image_sources import setup_image_sources
    from tsuzuri.reading.missing_notes import setup_missing_notes
    from tsuzuri.reading.outside import setup_outside
    from tsuzuri.reading.parser import setup_parser
    from tsuzuri.reading.raw_text import setup_raw_text
    from tsuzuri.reading.sources import setup_sources
    from tsuzuri.reading.unsafe_links import setup_unsafe_links
    from tsuzuri.writing.archives import setup_archives
    from tsuzuri.writing.beside_pages import setup_beside_pages
    from tsuzuri.writing.binding import setup_binding
    from tsuzuri.writing.book import setup_book
    from tsuzuri.writing.bundle import setup_bundle
    from tsuzuri.writing.canonical import setup_canonical
    from tsuzuri.writing.card_files import setup_cards
    from tsuzuri.writing.constructs import setup_constructs
    from tsuzuri.writing.feeds.publish import setup_feeds
    from tsuzuri.writing.freshness import setup_freshness
    from tsuzuri.writing.graph import setup_graph
    from tsuzuri.writing.headers_file import setup_headers_file
    from tsuzuri.writing.images import setup_images
    from tsuzuri.writing.inline_html import setup_inline_html
    from tsuzuri.writing.inventory import setup_inventory
    from tsuzuri.writing.lead_images import setup_lead_images
    from tsuzuri.writing.math import setup_math
    from tsuzuri.writing.numbered import setup_numbered
    from tsuzuri.writing.other_builders import setup_other_builders
    from tsuzuri.writing.outputs import setup_outputs
    from tsuzuri.writing.page_head import setup_page_head
    from tsuzuri.writing.page_templates import setup_page_templates
    from tsuzuri.writing.pages import setup_pages
    from tsuzuri.writing.post_lists import setup_post_lists
    from tsuzuri.writing.post_notices import setup_post_notices
    from tsuzuri.writing.previews import setup_previews
    from tsuzuri.writing.redirects import setup_redirects
    from tsuzuri.writing.root_files import setup_root_files
    from tsuzuri.writing.search import setup_search
    from tsuzuri.writing.staging import setup_staging
    from tsuzuri.writing.static_links import setup_static_links
    from tsuzuri.writing.theme_static import setup_theme_static
    from tsuzuri.writing.words import setup_words

    setup_config(app)
    setup_quick(app)
    setup_words(app)
    setup_staging(app)
    setup_outputs(app)
    setup_defaults(app)
    setup_canonical(app)
    app.setup_extension("myst_parser")
    setup_parser(app)
    setup_abbreviations(app)
    setup_outside(app)
    setup_raw_text(app)
    setup_missing_notes(app)
    setup_sources(app)
    setup_charts(app)
    setup_image_sources(app)
    setup_unsafe_links(app)
    setup_constructs(app)
    setup_numbered(app)
    setup_drafts(app)
    setup_links(app)
    setup_domain(app)
    setup_settling(app)
    setup_missing(app)
    setup_numbers(app)
    setup_ablog(app)
    setup_freshness(app)
    setup_inventory(app)
    setup_archives(app)
    setup_bundle(app)
    setup_theme_static(app)
    setup_pages(app)
    setup_page_templates(app)
    setup_previews(app)
    setup_post_lists(app)
    setup_graph(app)
    setup_redirects(app)
    setup_images(app)
    setup_search(app)
    setup_math(app)
    setup_inline_html(app)
    setup_binding(app)
    setup_book(app)
    setup_lead_images(app)
    setup_feeds(app)
    setup_page_head(app)
    setup_beside_pages(app)
    setup_root_files(app)
    setup_headers_file(app)
    setup_static_links(app)
    setup_cards(app)
    setup_other_builders(app)
    setup_post_notices(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
