"""Services whose content posts show: their addresses, and what a reader gets of each.

Nothing is loaded from a service before the reader asks for it: a page has a link and, where the
service has a frame, a button that loads the frame in the link's place.  What a service offers
only as a script (tweets, gists) stays a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsuzuri.reading.services import SERVICES, Embed, Service, host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CARD = "card"


def names() -> frozenset[str]:
    """Return every name that can stand in ``@[name](…)``."""
    aliases = {alias for service in SERVICES.values() for alias in service.aliases}
    return frozenset({CARD, *SERVICES, *aliases})


def embed_of(name: str, text: str) -> Embed | None:
    """Return what ``@[name](text)`` shows, or None when *text* is nothing of that service."""
    for key, service in SERVICES.items():
        if name == key or name in service.aliases:
            return service.read(text)
    return None


def embed_of_url(url: str, *, alone: bool = False) -> Embed | None:
    """Return what *url* shows when it is of a service that can be embedded.

    *alone*: only what an address alone in a paragraph becomes.
    """
    for service in _of_url(alone=alone):
        if embed := service.read(url):
            return embed
    return None


def _of_url(*, alone: bool) -> Iterator[Service]:
    for service in SERVICES.values():
        if service.frame and (service.alone or not alone):
            yield service


def frame_of(address: str, title: str = "") -> Embed | None:
    """Return a facade for the frame at *address*, whatever its host; None when it has none."""
    url = f"https:{address}" if address.startswith("//") else address
    known = embed_of_url(url)
    if known:
        return Embed(known.service, known.url, known.frame, known.aspect, title)
    host = host_of(url)
    if not url.lower().startswith(("https://", "http://")) or not host:
        return None
    return Embed(host, url, url, title=title)
