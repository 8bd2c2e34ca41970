"""Measure Pagefind's extended build on the posts of :mod:`benchmarks.search`, with its own ranking.

    pip install pagefind-bin-extended==1.5.2
    python -m benchmarks.extended --posts 100

Each query is asked as it is and between quotation marks; docs/explanation/search.md has what
came of it.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import subprocess
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.audit.server import served
from benchmarks.search import PHRASES, TOP, has, queries, records, whole_text
from tests.browser import launched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

    from tsuzuri.writing.search.record import Record

ASK = """async query => {
    window.pagefind ??= await import("/pagefind/pagefind.js");
    const { results } = await pagefind.search(query);
    const pages = await Promise.all(results.map(result => result.data()));
    return pages.map(page => page.raw_url.replace(/^[/]/, ""));
}"""
PAGE = '<!DOCTYPE html><html lang="ja"><title>{title}</title><h1>{title}</h1><p>{tags}</p>{text}'


def html(item: Record) -> str:
    """Return *item* as a page that any search may index."""
    lines = []
    for section in item.sections:
        lines += [f"<h2>{escape(section.heading)}</h2>"] if section.heading else []
        lines += [f"<p>{escape(line)}</p>" for line in section.text.splitlines() if line]
    tags = escape(" ".join(item.tags))
    return PAGE.format(title=escape(item.title), tags=tags, text="".join(lines))


def site(items: Sequence[Record], folder: Path) -> None:
    """Write *items* as pages and have the extended build index them."""
    (folder / "index.html").write_text('<!DOCTYPE html><html lang="ja"><title>x</title>', "utf-8")
    for item in items:
        path = folder / item.url
        path.parent.mkdir(exist_ok=True)
        path.write_text(html(item), "utf-8")
    binary = importlib.import_module("pagefind_bin_extended").get_executable()
    subprocess.run([str(binary), "--site", str(folder)], check=True, capture_output=True)


def measure(items: Sequence[Record], folder: Path, browser: Browser) -> dict[str, object]:
    """Ask everything in both ways; return recall and how often the phrase is on top."""
    texts = {item.url: whole_text(item) for item in items}
    figures: dict[str, object] = {"posts": len(items)}
    with served(folder) as address:
        page = browser.new_page()
        page.goto(address)
        for name, form in (("as it is", "{}"), ("quoted", '"{}"')):
            recalls, firsts = [], []
            for kind, query in queries(items):
                found = page.evaluate(ASK, form.format(query))
                expected = {url for url, text in texts.items() if has(text, query)}
                recalls.append(len(expected & set(found)) / len(expected))
                top = found[: min(TOP, len(expected))]
                if kind in PHRASES:
                    firsts.append(bool(top) and all(has(texts[url], query) for url in top))
            figures[name] = {
                "recall": round(statistics.mean(recalls), 3),
                "phrase_on_top": round(statistics.mean(firsts), 3),
            }
    return figures


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extended", description=__doc__)
    parser.add_argument("--posts", type=int, default=100, help="number of posts")
    items = records(parser.parse_args().posts)
    with tempfile.TemporaryDirectory() as name, launched() as browser:
        site(items, Path(name))
        print(json.dumps(measure(items, Path(name), browser), indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
