"""Measure the search: is all found, is the phrase first, how fast, how many bytes.

    python -m benchmarks.search --posts 1000

Posts are generated, filed as a build files them, and asked for in Chromium through the very
scripts that pages load.  What should be found is told by scanning the texts.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.audit.server import served
from benchmarks.posts import Posts
from tests.browser import launched
from tsuzuri.writing.search import STATIC, messages
from tsuzuri.writing.search.bundle import make_index, subject_of
from tsuzuri.writing.search.folding import fold
from tsuzuri.writing.search.record import Record, Section
from tsuzuri.writing.search.texts import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

KINDS = {
    "one kanji": r"(?<![一-鿿])[一-鿿](?![一-鿿])",
    "kanji word": r"(?<![一-鿿])[一-鿿]{2}(?![一-鿿])",
    "compound": r"(?<![一-鿿])[一-鿿]{4,7}(?![一-鿿])",
    "katakana": r"(?<![ァ-ヺー])[ァ-ヺー]{3,}(?![ァ-ヺー])",
    "Latin": r"(?<![A-Za-z])[A-Za-z]{3,}(?![A-Za-z])",
    "mixed": r"(?<![A-Za-z])[A-Za-z]{3,}[ぁ-ゖ][一-鿿ァ-ヺー]{2,}",
    "phrase": r"[一-鿿ァ-ヺー][ぁ-ゖ一-鿿ァ-ヺー]{8,15}",
}
"""What readers type, as patterns over the posts' own text."""
PHRASES = ("compound", "mixed", "phrase")
EACH = 12
TOP = 3
VIEW = """async () => {
    const { SearchView } = await import("/_static/tsuzuri-search/view.js");
    window.view = new SearchView({ prefix: "measured" });
    document.body.replaceChildren(view.root);
    await view.prepare();
}"""
ASK = """async query => {
    view.field.value = query;
    const start = performance.now();
    await view.run();
    view.root.getBoundingClientRect();
    const took = performance.now() - start;
    const links = [...view.root.querySelectorAll(".tz-seek-page > a:first-child")];
    return { took, shown: links.map(link => new URL(link.href).pathname.slice(1)) };
}"""
"""From the query to results that are laid out, as a reader has them."""
ALL = "async () => (await Promise.all(view.hits.map(hit => hit.page()))).map(page => page.raw_url)"
AGAIN = 3
"""How often a query is asked once all is fetched; the fastest counts, as others use the machine."""


@dataclass(frozen=True)
class Answer:
    """What came of one query."""

    kind: str
    query: str
    expected: int
    recall: float
    phrase_on_top: bool
    first_milliseconds: float
    """With what the query takes fetched from a server on the same machine."""
    milliseconds: float
    """With all of it there."""
    kilobytes: float


def records(number: int) -> list[Record]:
    """Return generated posts as the search files them."""
    source = Posts()
    return [record(source.post(index)) for index in range(number)]


def record(post: Any) -> Record:
    """Return a generated post as the search files it."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", post.body)
    text = re.sub(r"\$[^$]*\$|[*`>|]|^:::.*$|^```.*$", "", text, flags=re.MULTILINE)
    sections = []
    for number, part in enumerate(re.split(r"^#+ ", text, flags=re.MULTILINE)):
        heading, _, body = part.partition("\n") if number else ("", "", part)
        sections.append(Section(f"s{number}" if number else "", heading, body.strip()))
    url = f"posts/{post.slug}.html"
    date = post.date.isoformat()
    return Record(url, url, post.title, tuple(sections), date, date, post.tags)


def whole_text(item: Record) -> str:
    """Return all that a reader may look for in *item*, folded."""
    parts = [item.title, *item.tags]
    for section in item.sections:
        parts += [section.heading, section.text]
    return fold("\n".join(parts)).lower()


def queries(items: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """Yield kinds and queries: different ones, drawn from all posts."""
    rng = Random(7)
    for kind, pattern in KINDS.items():
        drawn: dict[str, None] = {}
        while len(drawn) < EACH:
            text = rng.choice(rng.choice(items).sections).text
            found = re.findall(pattern, text)
            if found:
                drawn[rng.choice(found)] = None
        for query in drawn:
            yield kind, query


def has(text: str, query: str) -> bool:
    """Return whether *text* has the *query*: Japanese anywhere, Latin words from their start."""
    pattern = re.escape(fold(query).lower())
    return bool(re.search(rf"(?<![a-z0-9]){pattern}" if query[0].isascii() else pattern, text))


def site(items: Sequence[Record], folder: Path) -> tuple[float, int]:
    """Write what a browser needs to search *items*; return seconds and bytes of the index."""
    shutil.copytree(STATIC, folder / "_static")
    said = json.dumps(messages("ja", {}), ensure_ascii=False, default=str)
    (folder / "_static" / TEXTS / "messages.js").write_text(f"export default {said};\n", "utf-8")
    (folder / "index.html").write_text('<!DOCTYPE html><html lang="ja"><title>x</title>', "utf-8")
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as memory:
        make_index(subject_of(items, "ja"), folder / "pagefind", Path(memory))
    seconds = time.perf_counter() - start
    return seconds, sum(path.stat().st_size for path in (folder / "pagefind").rglob("*.pf_*"))


def measure(items: Sequence[Record], folder: Path, browser: Browser) -> list[Answer]:
    """Ask everything on one page, and once more on a page that has fetched nothing before."""
    texts = {item.url: whole_text(item) for item in items}
    with served(folder) as address:
        page = opened(browser.new_page(), address)
        page.evaluate(ASK, "zz")
        return [
            answer(page, texts, kind, query, fetched(browser, folder, address, query))
            for kind, query in queries(items)
        ]


def opened(page: Page, address: str) -> Page:
    """Show the search at *address* on *page*."""
    page.goto(address)
    page.evaluate(VIEW)
    return page


def answer(page: Page, texts: dict[str, str], kind: str, query: str, weight: int) -> Answer:
    """Ask *query* and judge what comes by the posts' *texts*."""
    first = page.evaluate(ASK, query)
    again = min(page.evaluate(ASK, query)["took"] for _ in range(AGAIN))
    every = set(page.evaluate(ALL))
    expected = {url for url, text in texts.items() if has(text, query)}
    top = first["shown"][: min(TOP, len(expected))]
    return Answer(
        kind,
        query,
        len(expected),
        len(expected & every) / len(expected),
        all(has(texts[url], query) for url in top) and bool(top),
        round(first["took"], 1),
        round(again, 1),
        round(weight / 1000, 1),
    )


def fetched(browser: Browser, folder: Path, address: str, query: str) -> int:
    """Return the bytes of the index's files that *query* and its first results take."""
    paths: set[str] = set()
    context = browser.new_context()
    context.on("request", lambda request: paths.add(request.url.removeprefix(address)))
    opened(context.new_page(), address).evaluate(ASK, query)
    context.close()
    wanted = [path for path in paths if path.endswith((".pf_index", ".pf_fragment"))]
    return sum((folder / path).stat().st_size for path in wanted)


def report(answers: Sequence[Answer], posts: int, seconds: float, size: int) -> dict[str, Any]:
    """Return the figures that are published."""
    phrases = [answer for answer in answers if answer.kind in PHRASES]
    first = sorted(answer.first_milliseconds for answer in answers)
    times = sorted(answer.milliseconds for answer in answers)
    return {
        "posts": posts,
        "queries": len(answers),
        "index_seconds": round(seconds, 2),
        "index_megabytes": round(size / 1e6, 2),
        "recall": round(statistics.mean(answer.recall for answer in answers), 4),
        "worst_recall": round(min(answer.recall for answer in answers), 4),
        "phrase_on_top": round(statistics.mean(answer.phrase_on_top for answer in phrases), 4),
        "first_milliseconds_median": statistics.median(first),
        "first_milliseconds_95": first[int(len(first) * 0.95)],
        "first_milliseconds_most": first[-1],
        "milliseconds_median": statistics.median(times),
        "milliseconds_95": times[int(len(times) * 0.95)],
        "milliseconds_most": times[-1],
        "kilobytes_median": statistics.median(answer.kilobytes for answer in answers),
        "kilobytes_most": max(answer.kilobytes for answer in answers),
        "missed": [asdict(answer) for answer in answers if answer.recall < 1],
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--posts", type=int, default=1000, help="number of posts")
    parser.add_argument("--each", action="store_true", help="print each query")
    options = parser.parse_args()
    items = records(options.posts)
    with tempfile.TemporaryDirectory() as name:
        seconds, size = site(items, Path(name))
        with launched() as browser:
            answers = measure(items, Path(name), browser)
    if options.each:
        for answer in answers:
            print(json.dumps(asdict(answer), ensure_ascii=False))
    json.dump(
        report(answers, options.posts, seconds, size), sys.stdout, ensure_ascii=False, indent=1
    )
    print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
