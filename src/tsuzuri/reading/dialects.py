"""The names that each tool has for the same thing: a table.

To read one more tool, add a :class:`Dialect`; no code changes.  A key that several tools
share is listed under each, with the same meaning (a test holds them to it).  Names are
matched without regard to case, as Hugo and Pelican do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tsuzuri.reading.kinds import Kind

How = Literal["", "weak", "adds"]
"""Beside other keys for the same field: contradicts, gives way to them, or adds to them."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of one tool."""

    name: str
    """As the tool writes it; ``a.b`` is the key ``b`` of the mapping ``a``."""
    field: str
    """The field of :class:`~tsuzuri.reading.frontmatter.FrontMatter`, or an empty string."""
    kind: Kind
    how: How = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one tool documents."""

    name: str
    source: str
    """Where its keys are documented."""
    keys: tuple[Key, ...]
    unused: str = ""
    """Names, separated by spaces, that mean nothing here; ``a.*`` is all below ``a``."""
    marks: frozenset[str] = frozenset()
    """Keys that only this tool has and that say how its lists are separated."""
    spaced: bool = False
    """Whether a string is a list of words separated by spaces."""


OWN = Dialect(
    "tsuzuri",
    "https://tsuzuri.readthedocs.io/ja/latest/docs/reference/front-matter.html",
    (
        Key("title", "title", "text"),
        Key("description", "description", "text"),
        Key("date", "date", "date"),
        Key("updated", "updated", "date"),
        Key("publish_from", "publish_from", "date"),
        Key("expires", "expires", "date"),
        Key("draft", "draft", "flag"),
        Key("slug", "slug", "text"),
        Key("aliases", "aliases", "paths", "adds"),
        Key("tags", "tags", "words"),
        Key("categories", "categories", "words"),
        Key("authors", "authors", "people"),
        Key("locations", "locations", "words"),
        Key("series", "series", "one"),
        Key("series_order", "series_order", "number"),
        Key("image", "image", "image"),
        Key("image_alt", "image_alt", "text"),
        Key("language", "language", "language"),
        Key("translations", "translations", "texts"),
        Key("canonical", "canonical", "text"),
        Key("external", "external", "text"),
        Key("blogpost", "blogpost", "flag"),
        Key("comments", "comments", "flag"),
        Key("toc", "toc", "flag"),
        Key("math", "math", "flag"),
        Key("abbreviations", "abbreviations", "texts"),
        Key("myst", "myst", "data"),
        Key("extra", "extra", "data", "adds"),
    ),
    "$schema",
)

ASTRO = Dialect(
    "Astro",
    "https://github.com/withastro/astro/tree/main/examples/blog",
    (
        Key("pubDate", "date", "date"),
        Key("updatedDate", "updated", "date"),
        Key("heroImage", "image", "image"),
        Key("heroImageAlt", "image_alt", "text"),
        Key("coverImage", "image", "image", "weak"),
        Key("coverImageAlt", "image_alt", "text", "weak"),
        Key("ogImage", "image", "image", "weak"),
        Key("ogImage.url", "image", "image", "weak"),
        Key("excerpt", "description", "prose", "weak"),
        Key("publishDate", "publish_from", "date"),
        Key("pubDatetime", "date", "date"),
        Key("modDatetime", "updated", "date"),
        Key("lang", "language", "language"),
        Key("image.url", "image", "image"),
        Key("image.src", "image", "image"),
        Key("image.alt", "image_alt", "text"),
        Key("canonicalURL", "canonical", "text"),
    ),
    "layout setup featured pinned readingTime timezone hideEditPost ogImage.* image.*",
)

HUGO = Dialect(
    "Hugo",
    "https://gohugo.io/content-management/front-matter/",
    (
        Key("publishDate", "publish_from", "date"),
        Key("pubdate", "date", "date"),
        Key("published", "draft", "published"),
        Key("lastmod", "updated", "date"),
        Key("modified", "updated", "date"),
        Key("expiryDate", "expires", "date"),
        Key("unpublishdate", "expires", "date"),
        Key("url", "aliases", "path", "adds"),
        Key("summary", "description", "prose", "weak"),
        Key("weight", "series_order", "number", "weak"),
        Key("series_order", "series_order", "number"),
        Key("author", "authors", "people"),
        Key("images", "image", "image", "weak"),
        Key("featured_image", "image", "image", "weak"),
        Key("thumbnail", "image", "image", "weak"),
        Key("cover", "image", "image", "weak"),
        Key("cover.image", "image", "image"),
        Key("cover.alt", "image_alt", "text"),
        Key("canonicalURL", "canonical", "text"),
        Key("externalUrl", "external", "text"),
        Key("showToc", "toc", "flag"),
        Key("params", "extra", "data", "adds"),
    ),
    "audio build cascade cover.* headless isCJKLanguage keywords layout linkTitle markup menu "
    "menus outputs resources sitemap translationKey type videos katex mathjax tocOpen hidemeta "
    "hideSummary disableShare disableHLJS searchHidden editPost showReadingTime showBreadCrumbs "
    "showPostNavLinks showWordCount showRssButtonInSectionTermList useHugoToc subtitle",
)

JEKYLL = Dialect(
    "Jekyll",
    "https://jekyllrb.com/docs/front-matter/",
    (
        Key("published", "draft", "published"),
        Key("category", "categories", "words"),
        Key("permalink", "aliases", "path", "adds"),
        Key("excerpt", "description", "prose", "weak"),
        Key("author", "authors", "people"),
        Key("last_modified_at", "updated", "date"),
        Key("redirect_from", "aliases", "paths", "adds"),
        Key("redirect_to", "external", "one"),
        Key("image.path", "image", "image"),
        Key("image.alt", "image_alt", "text"),
        Key("header.image", "image", "image", "weak"),
        Key("header.overlay_image", "image", "image", "weak"),
        Key("header.teaser", "image", "image", "weak"),
        Key("lang", "language", "language"),
        Key("locale", "language", "language", "weak"),
        Key("canonical_url", "canonical", "text"),
    ),
    "layout excerpt_separator render_with_liquid sitemap mathjax use_math usemathjax mermaid pin "
    "hidden media_subpath img_path image.* header.* classes author_profile share related "
    "read_time toc_label toc_icon toc_sticky tagline sidebar webmaster_verifications seo feed",
    marks=frozenset(
        {"layout", "permalink", "excerpt_separator", "last_modified_at", "redirect_from"}
    ),
    spaced=True,
)

ZOLA = Dialect(
    "Zola",
    "https://www.getzola.org/documentation/content/page/",
    (
        Key("path", "aliases", "path", "adds"),
        Key("weight", "series_order", "number", "weak"),
        Key("taxonomies.tags", "tags", "words"),
        Key("taxonomies.categories", "categories", "words"),
        Key("taxonomies.authors", "authors", "people"),
        Key("taxonomies.series", "series", "one"),
    ),
    "in_search_index template render taxonomies.* insert_anchor_links",
)

PELICAN = Dialect(
    "Pelican",
    "https://docs.getpelican.com/en/latest/content.html#file-metadata",
    (
        Key("modified", "updated", "date"),
        Key("category", "categories", "words"),
        Key("author", "authors", "people"),
        Key("summary", "description", "prose", "weak"),
        Key("lang", "language", "language"),
        Key("status", "draft", "status", "adds"),
        Key("url", "aliases", "path", "adds"),
        Key("save_as", "aliases", "path", "adds"),
        Key("series_index", "series_order", "number"),
        Key("cover", "image", "image", "weak"),
    ),
    "keywords translation template",
)

ZENN = Dialect(
    "Zenn",
    "https://zenn.dev/zenn/articles/zenn-cli-guide",
    (
        Key("topics", "tags", "words"),
        Key("published", "draft", "published"),
        Key("published_at", "date", "date"),
    ),
    "emoji type publication_name",
)

QIITA = Dialect(
    "Qiita",
    "https://github.com/increments/qiita-cli",
    (
        Key("private", "draft", "private", "adds"),
        Key("ignorePublish", "draft", "private", "adds"),
        Key("updated_at", "updated", "date"),
        Key("created_at", "date", "date"),
    ),
    "id organization_url_name slide",
)

MATERIAL = Dialect(
    "MkDocs Material",
    "https://squidfunk.github.io/mkdocs-material/plugins/blog/#metadata",
    (
        Key("date.created", "date", "date"),
        Key("date.updated", "updated", "date"),
        Key("status", "draft", "status", "adds"),
    ),
    "readtime links pin hide icon template search search.* social social.* subtitle slug_name",
)

QUARTO = Dialect(
    "Quarto",
    "https://quarto.org/docs/websites/website-blog.html",
    (
        Key("author", "authors", "people"),
        Key("date-modified", "updated", "date"),
        Key("image-alt", "image_alt", "text"),
        Key("lang", "language", "language"),
        Key("abstract", "description", "prose", "weak"),
    ),
    "subtitle bibliography citation citation-location csl execute filters format jupyter engine "
    "license listing about page-layout title-block-banner title-block-style order keywords doi "
    "date-format number-sections code-fold code-tools code-copy highlight-style reference-location "
    "toc-depth toc-title toc-location crossref fig-cap-location editor freeze knitr copyright "
    "funding include-in-header css theme reading-time website open-graph twitter-card",
)

JUPYTER = Dialect(
    "Jupyter",
    "https://jupytext.readthedocs.io/en/latest/formats-markdown.html",
    (),
    "jupytext kernelspec file_format mystnb language_info execution",
)

MYST = Dialect(
    "MyST",
    "https://mystmd.org/guide/frontmatter",
    (
        Key("thumbnail", "image", "image", "weak"),
        Key("banner", "image", "image", "weak"),
        Key("author", "authors", "people"),
    ),
    "affiliation affiliations arxiv banner_optimized biblio bibliography content_includes_title "
    "copyright doi downloads editors edit_url enumerator execute exports first_page funding github "
    "identifiers issue jupyter keywords kernelspec label last_page license name numbering "
    "open_access options parts pmcid pmid requirements resources reviewers settings short_title "
    "site social source_url subject subtitle thumbnailOptimized toc_depth venue volume "
    "html_meta substitutions",
)

ABLOG = Dialect(
    "ABlog",
    "https://ablog.readthedocs.io/en/stable/manual/posting-and-listing/",
    (
        Key("author", "authors", "people"),
        Key("category", "categories", "words"),
        Key("location", "locations", "words"),
        Key("redirect", "aliases", "pages", "adds"),
        Key("excerpt", "description", "prose", "weak"),
        Key("external_link", "external", "text"),
    ),
    "exclude",
)

SPHINX = Dialect(
    "Sphinx",
    "https://www.sphinx-doc.org/en/master/usage/restructuredtext/field-lists.html",
    tuple(
        Key(name, "sphinx", "member", "adds")
        for name in (
            "orphan", "nosearch", "no-search", "nocomments", "tocdepth", "html_theme.*", "og:*",
            "og_*",
        )
    ),
)  # fmt: skip

DIALECTS = (
    OWN, ASTRO, HUGO, JEKYLL, ZOLA, PELICAN, ZENN, QIITA, MATERIAL, QUARTO, JUPYTER, MYST, ABLOG,
    SPHINX,
)  # fmt: skip


def rows() -> Iterator[tuple[Dialect, Key]]:
    """Yield each key with its dialect, in the order of the table, the unused ones too."""
    for dialect in DIALECTS:
        for key in dialect.keys:
            yield dialect, key
        for name in dialect.unused.split():
            yield dialect, Key(name, "", "unused")


@cache
def lookup() -> Mapping[str, Key]:
    """Return every key by its name in lower case; one with a meaning wins over an unused one."""
    table: dict[str, Key] = {}
    for _dialect, key in rows():
        name = key.name.lower()
        if name not in table or not table[name].field:
            table[name] = key
    return table


@cache
def families() -> frozenset[str]:
    """Return the keys, in lower case, whose mapping's own keys are in the table."""
    return frozenset(name.partition(".")[0] for name in lookup() if "." in name)


@cache
def spaced_marks() -> frozenset[str]:
    """Return the keys that show that a file's strings are lists separated by spaces."""
    return frozenset[str]().union(*(dialect.marks for dialect in DIALECTS if dialect.spaced))


def find(name: str) -> Key | None:
    """Return what the key *name* means, or None for one that no tool knows."""
    table = lookup()
    name = name.lower()
    found = table.get(name)
    if found is None and ("." in name or ":" in name or "_" in name):
        for mark in (".", ":", "_"):
            head, cut, rest = name.partition(mark)
            pattern = table.get(f"{head}{mark}*") if cut and rest else None
            if pattern is not None:
                return pattern
    return found
