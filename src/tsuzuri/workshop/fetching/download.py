"""One careful request: few redirects, few bytes, little time, and no private network."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util import Timeout

from tsuzuri import __version__
from tsuzuri.workshop.fetching.address import RefusedError, Target, addresses_of, target_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from urllib3.response import BaseHTTPResponse

REDIRECTS = frozenset({301, 302, 303, 307, 308})
OK = 200
CHUNK = 65_536
FAILURES = (HTTPError, HTTPException, OSError, ValueError)
HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; tsuzuri/{__version__}; images and link previews)",
    "Accept-Language": "ja, en;q=0.8, *;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a server may cost."""

    max_bytes: int = 20_000_000
    seconds: float = 30
    """For all of a request, redirects included."""
    redirects: int = 5
    private: bool = False
    """Whether addresses of private networks may be asked."""


@dataclass(frozen=True, slots=True)
class Download:
    """What a server sent."""

    url: str
    """Where it was in the end."""
    data: bytes
    content_type: str


def download(url: str, accept: str, limits: Limits, *, cut: bool = False) -> Download:
    """Return what is at *url*; with *cut* the beginning is enough when it is too much."""
    deadline = time.monotonic() + limits.seconds
    for _turn in range(limits.redirects + 1):
        target = target_of(url)
        with answer(target, accept, limits, deadline) as response:
            if response.status in REDIRECTS and (place := response.headers.get("Location")):
                url = urljoin(url, place)
                continue
            if response.status != OK:
                said = f"{response.status} {response.reason or ''}".rstrip()
                raise RefusedError(f"the server answers {said}")
            data = body(response, limits.max_bytes, deadline, cut=cut)
            return Download(url, data, response.headers.get("Content-Type", ""))
    raise RefusedError(f"it redirects more than {limits.redirects} times")


@contextlib.contextmanager
def answer(
    target: Target, accept: str, limits: Limits, deadline: float
) -> Iterator[BaseHTTPResponse]:
    """Lend the response to a request, the connection cut at *deadline* whatever is under way.

    A limit for each read would not do: a server that sends a byte a second never exceeds it.
    """
    headers = {**HEADERS, "Accept": accept, "Host": target.named}
    connection = connect(target, limits, deadline)
    left = max(0.0, deadline - time.monotonic())
    cutter = threading.Timer(left, cut_off, [connection])
    cutter.daemon = True
    cutter.start()
    try:
        connection.request("GET", target.path, headers=headers, preload_content=False)
        yield connection.getresponse()
    except FAILURES as error:
        raise failure(error, deadline) from error
    finally:
        cutter.cancel()
        connection.close()


def connect(target: Target, limits: Limits, deadline: float) -> HTTPConnection:
    """Return a connection to the first address of *target* that takes one."""
    last: Exception = RefusedError("no address answers")
    for address in addresses_of(target, private=limits.private):
        seconds = min(10.0, deadline - time.monotonic())
        if seconds <= 0:
            break
        timeout = Timeout(connect=seconds, read=max(0.1, deadline - time.monotonic()))
        connection = connection_to(address, target, timeout)
        try:
            connection.connect()
        except FAILURES as error:
            connection.close()
            last = error
        else:
            return connection
    raise failure(last, deadline) from last


def connection_to(address: str, target: Target, timeout: Timeout) -> HTTPConnection:
    """Return a connection to *address*, which has to prove that it is the host of *target*."""
    common: Mapping[str, object] = {
        "port": target.port, "timeout": timeout.connect_timeout,
    }  # fmt: skip
    if target.scheme == "http":
        return HTTPConnection(address, **common)  # type: ignore[arg-type]
    return HTTPSConnection(
        address,
        ssl_context=tls(),
        server_hostname=target.host,
        **common,  # type: ignore[arg-type]
    )


@cache
def tls() -> ssl.SSLContext:
    """Return how servers are to prove who they are: to the system's authorities or Mozilla's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def cut_off(connection: HTTPConnection) -> None:
    """End what *connection* is doing in another thread."""
    if connection.sock is not None:
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def body(response: BaseHTTPResponse, limit: int, deadline: float, *, cut: bool) -> bytes:
    """Return the body of *response*, unpacked, of no more than *limit* bytes."""
    announced = response.headers.get("Content-Length", "")
    if not cut and announced.isdigit() and int(announced) > limit:
        raise RefusedError(f"it is larger than {limit:,} bytes")
    parts, size = [], 0
    while chunk := response.read1(CHUNK, decode_content=True):
        parts.append(chunk)
        size += len(chunk)
        if time.monotonic() > deadline:
            raise RefusedError("it takes too long")
        if size > limit:
            if cut:
                break
            raise RefusedError(f"it is larger than {limit:,} bytes")
    if time.monotonic() > deadline:
        raise RefusedError("it takes too long")
    return b"".join(parts)[:limit]


def failure(error: Exception, deadline: float) -> RefusedError:
    """Return *error* in words for a writer."""
    if isinstance(error, RefusedError):
        return error
    if time.monotonic() >= deadline - 0.05 or isinstance(error, TimeoutError):
        return RefusedError("it takes too long")
    text = str(error.args[-1] if error.args else error) or type(error).__name__
    return RefusedError(f"the connection failed: {' '.join(text.split())[:200]}")
