"""The OpenSearch description: a browser's search keyword for the site."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

SHORT_NAME_LIMIT = 16
"""OpenSearch 1.1 allows no longer one."""


def description(name: str, purpose: str, page: str) -> str:
    """Return the document for a site called *name*, whose search is at *page*, a full URL."""
    short = name if len(name) <= SHORT_NAME_LIMIT else f"{name[: SHORT_NAME_LIMIT - 1]}…"
    template = quoteattr(f"{page}?q={{searchTerms}}")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"  <ShortName>{escape(short)}</ShortName>\n"
        f"  <Description>{escape(purpose)}</Description>\n"
        "  <InputEncoding>UTF-8</InputEncoding>\n"
        f'  <Url type="text/html" method="get" template={template}/>\n'
        "</OpenSearchDescription>\n"
    )
