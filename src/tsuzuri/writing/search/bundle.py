"""The search index of a site: records in, files a browser can search out.

Pagefind is given the words of :mod:`.words` and files them; its fragments, which results are
shown from, are then given the text as it was written.  The index is made in memory and published
file by file, the one file that names the others last, so that a reader or a killed build never
meets half of it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.search.folding import tables
from tsuzuri.writing.search.pagefind import bundle_files, version
from tsuzuri.writing.search.words import BOUNDARY, as_filed, index_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tsuzuri.writing.search.record import Record, Section

FORMAT = 1
"""Goes up when the same records are to give other files."""
ENTRY = "pagefind-entry.json"
FACETS = "tsuzuri-facets.json"
KEPT = ("pagefind.js", ENTRY)
"""Of the files without a hash in their names, those that are used; the rest are ready-made UIs."""
PLAIN = "wasm.unknown.pagefind"
"""For languages whose endings are not cut; always there, and not needed beside another."""
MAGIC = b"pagefind_dcd"
UNSPACED_LANGUAGES = frozenset({"ja", "zh", "th", "ko"})
TITLE_WEIGHT = 10
HEADING_WEIGHT = 4
TAG_WEIGHT = 5


def stemming(language: str) -> str:
    """Return whose word endings are cut: those of *language*, or else of English.

    A text without spaces is filed in pairs, which have no endings; the Latin words in it are
    English more often than not.
    """
    primary = language.lower().replace("_", "-").split("-")[0]
    return "en" if primary in UNSPACED_LANGUAGES or not primary else primary


def content_key(records: Sequence[Record], language: str) -> str:
    """Return a digest of all that the index depends on."""
    digest = hashlib.sha256(f"{FORMAT} {version()} {language} {sorted(tables())}".encode())
    for record in records:
        digest.update(record.dump().encode())
    return digest.hexdigest()[:24]


def published_key(folder: Path) -> str | None:
    """Return the key of the index that is whole in *folder*, if there is one."""
    try:
        entry = json.loads((folder / ENTRY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    key = entry.get("tsuzuri") if isinstance(entry, dict) else None
    return key if isinstance(key, str) else None


def build_index(records: Sequence[Record], language: str, folder: Path) -> bool:
    """Make *folder* hold the index of *records*; return whether it had to be made."""
    records = sorted(records, key=lambda record: record.docname)
    stem = stemming(language)
    key = content_key(records, stem)
    if published_key(folder) == key:
        return False
    pages = {address(record): record for record in records}
    files = bundle_files((url, page(record, stem)) for url, record in pages.items())
    publish(wanted(files), folder, pages, key)
    return True


def address(record: Record) -> str:
    """Return the URL under which Pagefind files *record*.

    It carries a digest of what the result shows, so that the fragment's name changes with it.
    """
    return f"{record.url}#{hashlib.sha256(record.dump().encode()).hexdigest()[:12]}"


def page(record: Record, language: str) -> str:
    """Return *record* as the HTML that Pagefind reads: its words and what they weigh."""
    blocks = [weighted(TITLE_WEIGHT, record.title), weighted(TAG_WEIGHT, " ".join(record.tags))]
    blocks.append(record.filed or filed(record.sections))
    filters = " ".join(filter_word(name, value) for name, value in filters_of(record))
    return (
        f'<html lang="{language}"><head></head><body data-pagefind-body>'
        f'<meta data-pagefind-meta="title[content]" content="">'
        f"{''.join(blocks)}<p>{BOUNDARY} {filters}</p></body></html>"
    )


def filed(sections: Iterable[Section]) -> str:
    """Return the words of *sections* and what they weigh, as HTML."""
    blocks: list[str] = []
    for section in sections:
        blocks.append(weighted(HEADING_WEIGHT, section.heading))
        blocks += [weighted(1, line) for line in section.text.splitlines()]
    return "".join(blocks)


def filters_of(record: Record) -> list[tuple[str, str]]:
    """Return by what a reader may narrow the search to *record*."""
    tags = [("tag", tag) for tag in dict.fromkeys(record.tags)]
    return [*tags, ("year", record.date[:4])] if record.date else tags


def filter_word(name: str, value: str) -> str:
    """Return the word under which all pages are filed that have *value*.

    Pagefind has filters of its own; in 1.5.2 their files differ from run to run.
    """
    digest = hashlib.sha256(f"{name}\0{value}".encode()).digest()
    return f"tz{int.from_bytes(digest[:5]):013}"


def facets(records: Iterable[Record]) -> dict[str, list[tuple[str, int, str]]]:
    """Return the values of each filter with the number of their pages and their word."""
    counts = Counter(pair for record in records for pair in filters_of(record))
    table: dict[str, list[tuple[str, int, str]]] = {"tag": [], "year": []}
    for (name, value), count in sorted(counts.items()):
        table[name].append((value, count, filter_word(name, value)))
    return table


def weighted(weight: int, text: str) -> str:
    """Return the words of *text* as a paragraph of *weight*, or nothing when it has none."""
    words = as_filed(index_words(text))
    if not words:
        return ""
    attribute = f' data-pagefind-weight="{weight}"' if weight > 1 else ""
    return f"<p{attribute}>{escape(words)} {BOUNDARY}</p>"


def publish(files: dict[str, bytes], folder: Path, pages: dict[str, Record], key: str) -> None:
    """Make *folder* hold *files*, what results show put into them, and nothing else."""
    entry = json.loads(files.pop(ENTRY))
    files[FACETS] = dumped(facets(pages.values()))
    for name, content in sorted(files.items()):
        fragment = name.endswith(".pf_fragment")
        write_if_changed(folder / name, shown(content, pages) if fragment else content)
    write_if_changed(folder / ENTRY, dumped(entry))
    keep = {folder / name for name in [*files, ENTRY]}
    for path in folder.rglob("*"):
        if path.is_file() and path not in keep:
            path.unlink()
    write_if_changed(folder / ENTRY, dumped({**entry, "tsuzuri": key}))


def wanted(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return those of Pagefind's *files* that a search needs."""
    found = {
        name: content
        for name, content in files.items()
        if name.rpartition(".")[2].startswith("pf_") or name in KEPT or name.startswith("wasm.")
    }
    if any(name.startswith("wasm.") and name != PLAIN for name in found):
        found.pop(PLAIN, None)
    return found


def dumped(value: Any) -> bytes:
    """Return *value* as JSON, the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def shown(fragment: bytes, pages: dict[str, Record]) -> bytes:
    """Return *fragment*, what Pagefind keeps of a page, with what a result shows in its place."""
    data = json.loads(gzip.decompress(fragment).removeprefix(MAGIC))
    record = pages[data["url"].removeprefix("/")]
    data |= {
        "url": record.url,
        "content": "",
        "anchors": [],
        "meta": {"title": record.title},
        "date": record.date,
        "shownDate": record.shown_date,
        "tags": record.tags,
        "sections": [[part.anchor, part.heading, part.text] for part in record.sections],
    }
    return gzip.compress(MAGIC + dumped(data), compresslevel=9, mtime=0)
