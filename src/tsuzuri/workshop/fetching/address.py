"""Which addresses may be asked: those of the public internet, on http and https.

A post's image may name any host, and a host's name may lead anywhere, into the writer's own
network too.  So the name is looked up once, each address that it has is judged, and the
connection goes to an address that was judged, not to the name.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    Ip = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.ip_network("64:ff9b::/96")


CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
"""What a server must not send to a terminal, nor into a title."""


class RefusedError(Exception):
    """What can't be fetched, and why; a part of it may be a server's own words."""

    def __init__(self, reason: str) -> None:
        super().__init__(CONTROL.sub(" ", reason))


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes."""

    scheme: str
    host: str
    """As the server knows itself: for the request's head and the certificate."""
    port: int
    path: str

    @property
    def named(self) -> str:
        """The host with its port, as in a request's head."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """Return where *url* leads, or raise when it is none to follow."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".").encode("idna").decode() if parts.hostname else ""
    except (ValueError, UnicodeError) as error:
        raise RefusedError("it is no valid address") from error
    if parts.scheme not in PORTS:
        raise RefusedError(f"only http and https are fetched, not {parts.scheme or 'this'!r}")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("it holds a user name or password")
    if not host:
        raise RefusedError("it has no host")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Target(parts.scheme, host, port or PORTS[parts.scheme], path)


def addresses_of(target: Target, *, private: bool) -> list[str]:
    """Return the addresses to try, in the system's order; *private* ones only when allowed."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedError(f"its host is not known ({error})") from error
    addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
    allowed = [item for item in addresses if private or is_public(item)]
    if not allowed:
        listed = ", ".join(addresses)
        raise RefusedError(
            f"its host is in a private network ({listed}); --allow-private fetches it"
        )
    return allowed


def is_public(address: str) -> bool:
    """Say whether *address* belongs to the public internet, whatever it is wrapped in."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(item.is_global and not item.is_multicast for item in (ip, *inside(ip)))


def inside(ip: Ip) -> Iterator[Ip]:
    """Yield the IPv4 addresses that an IPv6 address leads to."""
    if isinstance(ip, ipaddress.IPv4Address):
        return
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
    if ip.sixtofour:
        yield ip.sixtofour
    if ip.teredo:
        yield from ip.teredo
    if ip in NAT64:
        yield ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
