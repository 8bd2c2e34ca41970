"""Serve a folder as hosts do: compressed, with lasting caches for versioned files."""

from __future__ import annotations

import gzip
import re
import threading
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

BELOW = re.compile(r"^/[a-z]{2}(?:-[a-z]+)?/(?:latest|stable)/")
"""Where Read the Docs serves a project."""
TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}


class Compressing(SimpleHTTPRequestHandler):
    """Answers with gzip where that helps, and silently."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send one file."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        data = path.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=31536000" if "?v=" in self.path else "no-cache")
        if path.suffix in TEXT and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def translate_path(self, path: str) -> str:
        """Find files of a site that is served below a folder: 404.html names its root in full."""
        return super().translate_path(BELOW.sub("/", path))

    def guess_type(self, path: Any) -> str:
        """Name the charset of text, as hosts do."""
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the original's name
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve *folder* on a free port; yield its address, ending in a slash."""
    handler = partial(Compressing, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
