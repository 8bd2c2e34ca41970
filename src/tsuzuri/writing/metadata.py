"""What the head of a page tells search engines, chat previews and other machines.

Pure: :class:`~tsuzuri.writing.page_facts.PageFacts` in, HTML out.  Everything is escaped here,
once.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from babel.core import get_global

from tsuzuri.writing.page_facts import iso
from tsuzuri.writing.site import writable
from tsuzuri.writing.structured import in_script, structured_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tsuzuri.writing.page_facts import PageFacts
    from tsuzuri.writing.site import Site


def head(facts: PageFacts, site: Site) -> str:
    """Return the elements for the page's ``<head>``, a line each."""
    lines = [*metas(facts, site), *links(facts)]
    if facts.url and not facts.hidden:
        data = structured_data(facts, site)
        lines.append(f'<script type="application/ld+json">{in_script(data)}</script>')
    return "".join(f"\n    {line}" for line in lines)


def metas(facts: PageFacts, site: Site) -> Iterator[str]:
    """Yield the ``<meta>`` elements."""
    if facts.hidden or site.preview:
        yield meta("name", "robots", "noindex")
    if facts.description:
        yield meta("name", "description", facts.description)
    for author in facts.authors:
        yield meta("name", "author", author.name)
    for key, value in open_graph(facts, site):
        if value:
            yield meta("property", key, value)
    yield meta("name", "twitter:card", "summary_large_image" if facts.image else "summary")


def open_graph(facts: PageFacts, site: Site) -> Iterator[tuple[str, str]]:
    """Yield the properties of https://ogp.me/."""
    article = facts.kind == "post"
    yield "og:type", "article" if article else "website"
    yield "og:title", facts.title
    yield "og:description", facts.description
    yield "og:url", facts.url
    yield "og:site_name", site.title
    yield "og:locale", locale(facts.language)
    for language, _address in facts.alternates:
        if language != facts.language:
            yield "og:locale:alternate", locale(language)
    if facts.image:
        yield "og:image", facts.image.url
        yield "og:image:alt", facts.image.alt or facts.title
        if facts.image.width_px:
            yield "og:image:width", str(facts.image.width_px)
            yield "og:image:height", str(facts.image.height_px)
    if article:
        yield "article:published_time", iso(facts.published)
        yield "article:modified_time", iso(facts.updated)
        yield "article:section", facts.section
        for author in facts.authors:
            yield "article:author", author.url
        for tag in facts.tags:
            yield "article:tag", tag


def links(facts: PageFacts) -> Iterator[str]:
    """Yield the ``<link>`` elements."""
    for kind, title, address in facts.feeds:
        yield link("alternate", address, type=kind, title=title)
    for language, address in facts.alternates:
        yield link("alternate", address, hreflang=language)
    for rel, address in facts.relations:
        yield link(rel, address)
    if facts.markdown:
        yield link("alternate", facts.markdown, type="text/markdown")


def meta(attribute: str, key: str, value: str) -> str:
    """Return a ``<meta>`` element."""
    return f'<meta {attribute}="{key}" content="{attr(value)}" />'


def link(rel: str, address: str, **attributes: str) -> str:
    """Return a ``<link>`` element."""
    more = "".join(f' {name}="{attr(value)}"' for name, value in attributes.items())
    return f'<link rel="{rel}" href="{attr(address)}"{more} />'


def attr(text: str) -> str:
    """Return *text* for an attribute in double quotes, on one line."""
    return escape(" ".join(writable(text).split()))


def locale(language: str) -> str:
    """Return a language with the territory that Open Graph wants.

    >>> locale("ja"), locale("en"), locale("pt-BR"), locale("zh-Hant")
    ('ja_JP', 'en_US', 'pt_BR', 'zh_TW')
    """
    parts = language.replace("_", "-").split("-")
    if len(parts[-1]) == 2 and len(parts) > 1:  # noqa: PLR2004 - a territory has two letters
        return f"{parts[0].lower()}_{parts[-1].upper()}"
    likely = get_global("likely_subtags").get("_".join(parts)) or ""
    return f"{parts[0].lower()}_{likely.split('_')[-1]}" if likely else parts[0].lower()
