"""Take pictures of every kind of page: ``python -m benchmarks.audit.pictures _build/html``.

Twelve kinds of page, light and dark, on a phone and on a desktop, into ``_build/pictures``: to be
looked at, one by one, before a release.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks.audit.checks import CHROMIUM, FLAGS
from benchmarks.audit.server import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

KINDS = {
    "index": "index.html",
    "post": "posts/2024-09-12-openai-o1.html",
    "formulas": "posts/2024-09-19-test-time-compute.html",
    "after": "posts/2024-09-12-openai-o1.html",
    "all-posts": "blog.html",
    "tag": "blog/tag/llm.html",
    "tags": "blog/tag.html",
    "year": "blog/2024.html",
    "documentation": "docs/index.html",
    "reference": "docs/reference/settings.html",
    "search": "search.html?q=推論",
    "not-found": "404.html",
}
SIZES = {"phone": (360, 760), "desktop": (1440, 900)}
SCHEMES = ("light", "dark")


def prepare(kind: str, page: Page) -> None:
    """Bring what a picture is about into view."""
    if kind == "after":
        page.locator(".tz-after").evaluate("e => e.scrollIntoView({behavior: 'instant'})")
    page.wait_for_timeout(600)


def take(site: Path, folder: Path, kinds: dict[str, str]) -> list[Path]:
    """Take the pictures; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        for size, (width, height) in SIZES.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,  # type: ignore[arg-type] # one of Playwright's literals
                    has_touch=size == "phone",
                    is_mobile=size == "phone",
                )
                page = context.new_page()
                for kind, path in kinds.items():
                    if not (site / path.partition("?")[0]).exists():
                        continue
                    page.goto(address + path)
                    prepare(kind, page)
                    taken.append(folder / f"{kind}-{size}-{scheme}.png")
                    page.screenshot(path=taken[-1])
                context.close()
        browser.close()
    return taken


def main(argv: list[str]) -> int:
    """Run the command; return its exit code."""
    site = Path(argv[0])
    folder = Path(argv[1]) if len(argv) > 1 else site.parent / "pictures"
    print(f"{len(take(site, folder, KINDS))} pictures are in {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
