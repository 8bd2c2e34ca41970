"""Web servers on 127.0.0.1, some of them hostile."""

from __future__ import annotations

import contextlib
import http.server
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Raw = Callable[[socket.socket], None]


class Answer(NamedTuple):
    """What a server says to a request."""

    body: bytes = b""
    type: str = "image/png"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class Server:
    """A server whose *answers* are by path; it counts what it is asked."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.heads: list[dict[str, str]] = []
        self.port = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextlib.contextmanager
def serving(answers: dict[str, Answer], *, certificate: Path | None = None) -> Iterator[Server]:
    """Serve *answers*, by TLS when there is a *certificate*."""
    server = Server(answers)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            server.heads.append(dict(self.headers.items()))
            answer = server.answers.get(self.path, Answer(b"no", "text/plain", 404))
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            if answer.type:
                self.send_header("Content-Type", answer.type)
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(answer.body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
    server.port = httpd.server_port
    thread = threading.Thread(
        target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()


@contextlib.contextmanager
def raw_server(talk: Raw) -> Iterator[str]:
    """Serve connections with *talk*; lend the address."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _peer = listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                talk(connection)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/a.png"
    finally:
        listener.close()


def silent(connection: socket.socket) -> None:
    """Take the request and never answer."""
    connection.recv(1000)
    time.sleep(5)


def slow_head(connection: socket.socket) -> None:
    """Send a byte of the head now and then."""
    connection.recv(1000)
    for byte in b"HTTP/1.1 200 OK\r\n" + b"X: " + b"a" * 1000:
        connection.sendall(bytes((byte,)))
        time.sleep(0.05)


def slow_body(connection: socket.socket) -> None:
    """Send a byte of the body now and then."""
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
    for _turn in range(1000):
        connection.sendall(b"a")
        time.sleep(0.05)


def endless(connection: socket.socket) -> None:
    """Never stop sending."""
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
    while True:
        connection.sendall(b"a" * 65_536)


def endless_head(connection: socket.socket) -> None:
    """Never come to the body."""
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-More: " + b"a" * 1000 + b"\r\n")


def rude(connection: socket.socket) -> None:
    """Answer with what is no HTTP."""
    connection.recv(1000)
    connection.sendall(b"\x00\x01\x02 go away\r\n\r\n")
