"""The output folder, to browsers on this machine."""

from __future__ import annotations

import asyncio
import ipaddress
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

SCRIPT = Path(__file__).with_name("live.js")
LIVE = "/.tsuzuri"
TAG = f'<script src="{LIVE}/live.js" defer></script>'.encode()
HEARTBEAT_SECONDS = 15
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class News:
    """The state of the site, told to every browser when it changes."""

    def __init__(self) -> None:
        self.state: dict[str, Any] = {"build": 0}
        self.loop: asyncio.AbstractEventLoop | None = None
        self.listeners: set[asyncio.Queue[dict[str, Any]]] = set()

    def tell(self, **state: Any) -> None:
        """Change the state; from any thread."""
        self.state = {**self.state, **state}
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.spread, self.state)

    def spread(self, state: dict[str, Any]) -> None:
        """Hand *state* to all who listen."""
        for queue in self.listeners:
            queue.put_nowait(state)

    async def stream(self) -> AsyncIterator[str]:
        """Yield the state now and whenever it changes, as server-sent events."""
        self.loop = asyncio.get_running_loop()
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.listeners.add(queue)
        try:
            state: dict[str, Any] = self.state
            while True:
                yield f"data: {json.dumps(state, ensure_ascii=False)}\n\n"
                while True:
                    try:
                        state = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
                        break
                    except TimeoutError:
                        yield ": still here\n\n"
        finally:
            self.listeners.discard(queue)


class Guard:
    """Lets through who asks for this server by its own name, from its own pages.

    Other sites in the same browser can send requests here; a name of theirs that leads to this
    machine (DNS rebinding) shows in Host, a script of theirs in Origin.
    """

    def __init__(self, app: ASGIApp, *, host: str) -> None:
        self.app = app
        self.host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] == "http":
            headers = {key: value.decode("latin-1") for key, value in scope["headers"]}
            if not self.is_ours(headers.get(b"host", ""), headers.get(b"origin")):
                refusal = PlainTextResponse("This is not its server.\n", status_code=403)
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def is_ours(self, host: str, origin: str | None) -> bool:
        """Return whether a request with these headers is meant for this server."""
        name = hostname(host)
        if name not in LOOPBACK | {self.host} and (self.host in LOOPBACK or not is_address(name)):
            return False
        return origin is None or urlsplit(origin).netloc == host


def hostname(host: str) -> str:
    """Return the name in a Host header, in lower case and without port and brackets."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def is_address(name: str) -> bool:
    """Return whether *name* is an IP address: no rebinding leads there."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Site(StaticFiles):
    """The output folder and nothing else, with the live script in each page."""

    def file_response(self, full_path: Any, *args: Any, **keywords: Any) -> Response:
        """Return a file; pages get the script, and nothing is kept by the browser unasked."""
        path = Path(full_path)
        if path.suffix == ".html":
            status = args[2] if len(args) > 2 else keywords.get("status_code", 200)  # noqa: PLR2004
            content = with_script(path.read_bytes())
            response: Response = Response(content, status, media_type="text/html")
        else:
            response = super().file_response(full_path, *args, **keywords)
        response.headers["Cache-Control"] = "no-cache"
        return response


def with_script(page: bytes) -> bytes:
    """Return *page* with the live script at the end of its body."""
    head, end, tail = page.rpartition(b"</body>")
    return head + TAG + end + tail if end else page + TAG


def application(out: Path, news: News, host: str) -> Starlette:
    """Return the server of the folder *out*."""

    async def events(_request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(news.stream(), media_type="text/event-stream", headers=headers)

    async def script(_request: Request) -> Response:
        text = SCRIPT.read_text(encoding="utf-8")
        return Response(text, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    out.mkdir(parents=True, exist_ok=True)
    return Starlette(
        routes=[
            Route(f"{LIVE}/events", events),
            Route(f"{LIVE}/live.js", script),
            Mount("/", Site(directory=out, html=True)),
        ],
        middleware=[Middleware(Guard, host=host)],
    )
