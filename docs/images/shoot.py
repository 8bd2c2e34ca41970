"""Take the README's screenshots of the built site: ``python docs/images/shoot.py``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent
PAGE = FOLDER.parents[1] / "_build" / "html" / "posts" / "2024-09-19-test-time-compute.html"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]

if __name__ == "__main__":
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for scheme in SCHEMES:
            page = browser.new_page(
                viewport={"width": 1280, "height": 900},
                color_scheme=scheme,
                device_scale_factor=1,
            )
            page.goto(PAGE.as_uri())
            page.screenshot(path=FOLDER / f"post-{scheme}.png")
        browser.close()
