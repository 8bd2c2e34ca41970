"""Take the screenshots that README and posts show of the built site: ``docs/images/shoot.py``."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
POST = "posts/2024-09-19-test-time-compute.html"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


def shoot(browser: Browser, address: str, scheme: Literal["light", "dark"]) -> None:
    """Take a post as a reader meets it, and the search with an answer."""
    size = {"width": 1280, "height": 900}
    page = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type] # a size
    page.goto(address + POST)
    page.screenshot(path=ROOT / "docs" / "images" / f"post-{scheme}.png")
    page.keyboard.press("/")
    page.locator(".tz-seek-dialog input").fill("多数決")
    page.locator(".tz-seek-dialog mark").first.wait_for()
    folder = ROOT / "posts" / "images"
    folder.mkdir(exist_ok=True)
    box = page.locator(".tz-seek-dialog").bounding_box()
    assert box is not None  # noqa: S101 - it was waited for
    top = {**box, "height": min(box["height"], 460)}
    page.screenshot(path=folder / f"search-{scheme}.png", clip=top)  # type: ignore[arg-type] # a box
    page.close()


if __name__ == "__main__":
    handler = partial(SimpleHTTPRequestHandler, directory=str(ROOT / "_build" / "html"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for scheme in SCHEMES:
            shoot(chromium, f"http://127.0.0.1:{server.server_port}/", scheme)
        chromium.close()
    server.shutdown()
