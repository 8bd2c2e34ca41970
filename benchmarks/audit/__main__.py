"""Examine a built site: ``python -m benchmarks.audit _build/html``.

Writes ``audit.json`` and ``audit.inc`` and says what is not perfect; its exit code is 1 when a
page of ours is not.  With ``--plain`` it examines the same posts built by the plain stack.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks import post_tables
from benchmarks.audit import plain
from benchmarks.audit.checks import CATEGORIES, CHROMIUM, FLAGS, Result, axe, lighthouse, nu, weigh
from benchmarks.audit.server import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
DATA = ROOT / "docs" / "explanation" / "performance"
PAGES = {
    "Index": "index.html",
    "Post": "posts/2024-09-12-openai-o1.html",
    "Post with formulas and code": "posts/2024-09-19-test-time-compute.html",
    "Tag": "blog/tag/llm.html",
    "Documentation": "docs/index.html",
}
COLUMNS = ("Site", "Page", "Performance", "Accessibility", "Best practices", "SEO",
           "LCP (s)", "Requests", "Third party", "kB", "axe-core", "Nu")  # fmt: skip
MORE = (
    "blog.html",
    "blog/tag.html",
    "blog/series/o1-を読む.html",
    "blog/2024.html",
    "blog/archive.html",
    "about.html",
    "docs/kitchen-sink/charts.html",
    "docs/kitchen-sink/code.html",
    "docs/kitchen-sink/embeds.html",
    "docs/kitchen-sink/formulas.html",
    "docs/kitchen-sink/images.html",
    "docs/kitchen-sink/markdown.html",
    "docs/reference/settings.html",
    "404.html",
    "search.html",
)
"""Kinds of page that are examined by axe-core and the Nu checker too."""


def main(argv: list[str]) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audit", description=__doc__)
    parser.add_argument("site", type=Path, nargs="?", default=ROOT / "_build" / "html")
    parser.add_argument("--name", default="tsuzuri")
    parser.add_argument("--plain", action="store_true", help="examine the plain stack instead")
    parser.add_argument("--page", action="append", default=[], metavar="KIND=PATH")
    parser.add_argument("--runs", type=int, default=3, help="runs of Lighthouse; 0 skips it")
    parser.add_argument("--write", type=Path, default=DATA)
    options = parser.parse_args(argv)
    if options.plain:
        with tempfile.TemporaryDirectory() as folder:
            site = plain.build(ROOT, Path(folder))
            results = examined(site, plain.PAGES, runs=options.runs)
        save(options.write, "plain stack", [item for item in results if item.page in plain.PAGES])
        return 0
    pages = dict(item.split("=", 1) for item in options.page) or PAGES
    pages = {kind: path for kind, path in pages.items() if (options.site / path).exists()}
    results = examined(options.site, pages, runs=options.runs)
    for result in results:
        for problem in (*result.failed, *result.axe, *result.nu):
            print(f"{result.page}: {problem}")
    save(options.write, options.name, [item for item in results if item.page in pages])
    return int(any(item.failed or item.axe or item.nu for item in results))


def examined(site: Path, pages: dict[str, str], *, runs: int) -> list[Result]:
    """Examine *pages*; of the other kinds of page only what costs little time."""
    others = {path: path for path in MORE if (site / path).exists()}
    every = {**pages, **others}
    messages = nu([site / path for path in every.values()])
    results = []
    with (
        served(site) as address,
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as folder,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        for kind, path in every.items():
            result = Result(kind, nu=messages.get(str((site / path).resolve()), []))
            result.axe = axe(browser, address + path)
            if path == "search.html":
                result.axe += axe(browser, f"{address}{path}?q=Python", found)
                result.axe += axe(browser, address, asked)
            result.weight = weigh(browser, address + path, address)
            if kind in pages and runs:
                lighthouse(address + path, result, Path(folder), runs)
            results.append(result)
            print(f"{kind}: {result.lighthouse} {result.weight}", file=sys.stderr)
        browser.close()
    return results


def found(page: Page) -> None:
    """Wait until the search shows what it found."""
    page.wait_for_selector(".tz-seek-title")


def asked(page: Page) -> None:
    """Open the search's dialog and ask for something, the first result chosen."""
    page.keyboard.press("/")
    page.locator("dialog .tz-seek-field").fill("Python")
    found(page)
    page.keyboard.press("ArrowDown")


def save(folder: Path, name: str, results: list[Result]) -> None:
    """Keep the *results* of one tool beside those of the others."""
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "audit.json"
    known = json.loads(data.read_text(encoding="utf-8")) if data.exists() else {}
    known[name] = [result.plain() for result in results]
    data.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "audit.inc").write_text(table(known), encoding="utf-8")
    (folder / post_tables.WEIGHTS).write_text(post_tables.weights(known), encoding="utf-8")


def table(known: dict[str, list[dict[str, object]]]) -> str:
    """Return the results as a Markdown table."""
    lines = [
        f"| {' | '.join(COLUMNS)} |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, results in known.items():
        for item in results:
            scores, metrics, weight = item["lighthouse"], item["metrics"], item["weight"]
            assert isinstance(scores, dict)
            assert isinstance(metrics, dict)
            assert isinstance(weight, dict)
            cells = [name, str(item["page"])]
            cells += [str(scores.get(category, "")) for category in CATEGORIES]
            paint = metrics.get("largest-contentful-paint")
            cells.append(f"{paint / 1000:.1f}" if paint else "")
            cells += [str(weight["requests"]), str(weight["third_party"])]
            cells.append(f"{weight['bytes'] / 1000:.0f}")
            cells += [str(len(item[key])) for key in ("axe", "nu")]  # type: ignore[arg-type] # lists
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
