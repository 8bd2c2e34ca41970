"""``404.html``, which a server sends for whatever address was asked.

The page does not know at what depth it will be shown, so its links start at the server's root.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

TAGS = re.compile(r"(?P<skip><script\b[^>]*>.*?</script>|<!--.*?-->)|<[a-zA-Z][^>]*>", re.DOTALL)
SCRIPT_START = re.compile(r"<script\b[^>]*>")
ADDRESS = re.compile(r'(?<=\s)(href|src|action|data-content_root)="([^"]*)"')


def with_absolute_links(html: str, place: str) -> str:
    """Return *html*, written for the path *place* on the server, for any other path of it.

    >>> with_absolute_links('<a href="../b.html#c">b</a>', "/ja/latest/404/index.html")
    '<a href="/ja/latest/b.html#c">b</a>'
    """

    def in_tag(match: re.Match[str]) -> str:
        text = match[0]
        if text.startswith("<!--"):
            return text
        if match["skip"]:
            start = SCRIPT_START.match(text)
            head = start[0] if start else ""
            return ADDRESS.sub(absolute, head) + text[len(head) :]
        return ADDRESS.sub(absolute, text)

    def absolute(match: re.Match[str]) -> str:
        name, value = match[1], match[2]
        if not value or value.startswith("#") or urlsplit(value).scheme:
            return match[0]
        return f'{name}="{urljoin(place, value)}"'

    return TAGS.sub(in_tag, html)
