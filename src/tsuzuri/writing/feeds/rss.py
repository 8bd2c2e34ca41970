"""RSS 2.0, for the readers and services that know nothing newer."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from lxml import etree

from tsuzuri.writing.feeds.atom import ATOM, XHTML, document, for_people, for_phones
from tsuzuri.writing.site import writable

if TYPE_CHECKING:
    from lxml.etree import _Element

    from tsuzuri.writing.feeds.model import Entry, Feed

CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
FILE = "rss.xml"
MEDIA_TYPE = "application/rss+xml"


def rss(feed: Feed, *, style: str, hint: str) -> bytes:
    """Return *feed* as an RSS document; *style* and *hint* as for Atom."""
    namespaces = {"atom": ATOM, "content": CONTENT, "dc": DUBLIN_CORE, "h": XHTML}
    root = etree.Element("rss", nsmap=namespaces)
    root.set("version", "2.0")
    channel = etree.SubElement(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.home)
    add(channel, "description", feed.subtitle or feed.title)
    add(channel, "language", feed.site.language)
    if feed.site.copyright:
        add(channel, "copyright", feed.site.copyright)
    add(channel, "lastBuildDate", format_datetime(feed.updated))
    link = etree.SubElement(channel, f"{{{ATOM}}}link")
    for name, value in (("rel", "self"), ("type", MEDIA_TYPE), ("href", feed.url(FILE))):
        link.set(name, value)
    for_phones(channel)
    for_people(channel, hint, feed.home)
    for entry in feed.entries:
        write_item(etree.SubElement(channel, "item"), entry)
    return document(root, style)


def write_item(element: _Element, entry: Entry) -> None:
    """Fill *element*, an ``item``."""
    add(element, "title", entry.title)
    add(element, "link", entry.url)
    add(element, "guid", entry.id)
    add(element, "pubDate", format_datetime(entry.published))
    for author in entry.authors:
        add(element, f"{{{DUBLIN_CORE}}}creator", author.name)
    for tag in entry.tags:
        add(element, "category", tag)
    if entry.summary:
        add(element, "description", entry.summary)
    if entry.content:
        add(element, f"{{{CONTENT}}}encoded", entry.content)
    for_people(element, entry.title, entry.url)


def add(element: _Element, tag: str, text: str) -> None:
    """Add an element with *text*."""
    etree.SubElement(element, tag).text = writable(text)
