"""Atom, RFC 4287."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from tsuzuri.writing.site import writable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from tsuzuri.posts.authors import Author
    from tsuzuri.writing.feeds.model import Entry, Feed

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FILE = "atom.xml"
MEDIA_TYPE = "application/atom+xml"


def atom(feed: Feed, *, style: str, hint: str) -> bytes:
    """Return *feed* as an Atom document.

    *style* is the address of a style sheet, so that someone who opens the feed in a browser
    sees a page; *hint* is the sentence on that page that says what a feed is for.
    """
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "h": XHTML})
    root.set(LANG, feed.site.language)
    child(root, "id", feed.url(FILE))
    child(root, "title", feed.title)
    if feed.subtitle:
        child(root, "subtitle", feed.subtitle)
    child(root, "updated", feed.updated.isoformat())
    people(root, feed.site.authors_of(()))
    child(root, "link", rel="self", type=MEDIA_TYPE, href=feed.url(FILE))
    child(root, "link", rel="alternate", type="text/html", href=feed.home)
    if feed.site.icon:
        child(root, "icon", feed.site.file(feed.site.icon))
    if feed.site.copyright:
        child(root, "rights", feed.site.copyright)
    child(root, "generator", "tsuzuri", version=feed.site.version or None)
    for_phones(root)
    for_people(root, hint, feed.home)
    for entry in feed.entries:
        write_entry(child(root, "entry"), entry, feed.site.language)
    return document(root, style)


def write_entry(element: _Element, entry: Entry, language: str) -> None:
    """Fill *element*, an ``entry`` of a feed in *language*."""
    if entry.language != language:
        element.set(LANG, entry.language)
    child(element, "id", entry.id)
    child(element, "title", entry.title, type="text")
    child(element, "link", rel="alternate", href=entry.url)
    child(element, "published", entry.published.isoformat())
    child(element, "updated", entry.updated.isoformat())
    people(element, entry.authors)
    for tag in entry.tags:
        child(element, "category", term=tag)
    if entry.summary:
        child(element, "summary", entry.summary, type="text")
    if entry.content:
        child(element, "content", entry.content, type="html")
    for_people(element, entry.title, entry.url)


def people(element: _Element, authors: Iterable[Author]) -> None:
    """Add an ``author`` for each of *authors*."""
    for author in authors:
        person = child(element, "author")
        child(person, "name", author.name)
        if author.url.startswith(("http://", "https://")):
            child(person, "uri", author.url)


def for_people(element: _Element, text: str, href: str) -> None:
    """Add an XHTML link, which only a browser that shows the feed makes use of.

    Atom allows elements of other vocabularies anywhere; a style sheet alone can't make a link.
    """
    etree.SubElement(element, f"{{{XHTML}}}a", href=href).text = writable(text)


def for_phones(element: _Element) -> None:
    """Let a browser lay out the feed for the width of its screen, as pages ask it to."""
    content = "width=device-width, initial-scale=1"
    etree.SubElement(element, f"{{{XHTML}}}meta", name="viewport", content=content)


def child(
    element: _Element, tag: str, text: str | None = None, **attributes: str | None
) -> _Element:
    """Add an Atom element and return it; attributes that are None are left out."""
    given = {name: writable(value) for name, value in attributes.items() if value is not None}
    added = etree.SubElement(element, f"{{{ATOM}}}{tag}", given)
    added.text = None if text is None else writable(text)
    return added


def document(root: _Element, style: str) -> bytes:
    """Return *root* as a file, with a reference to its style sheet."""
    if style:
        named = f'type="text/css" href="{style}"'
        root.addprevious(etree.ProcessingInstruction("xml-stylesheet", named))
    etree.indent(root, " ")
    data = etree.tostring(root.getroottree(), xml_declaration=True, encoding="utf-8")
    return data.replace(b"?><", b"?>\n<", 1) + b"\n"
