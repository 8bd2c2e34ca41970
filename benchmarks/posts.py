"""Generated Japanese posts: the same seed gives the same bytes, on any machine.

Post *i* depends on the seed, the :class:`Mix` and *i* alone (its links go to earlier posts),
so a site of 1,080 posts begins with the 135 of a smaller one.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING

from benchmarks.grammar import GRAMMAR, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FIRST_DAY = date(1995, 1, 1)
IMAGES = 24
"""How many different images the posts share."""
SECTION = 6
"""Every so many blocks a heading."""
EXTRA, FORMULA, BROKEN = 0.5, 0.15, 0.3
"""How likely the next block is no prose, a paragraph has a formula, has a line a sentence."""


@dataclass(frozen=True)
class Mix:
    """What posts are made of; numbers of things are means for a post."""

    seed: int = 20040401
    characters: int = 4100
    """Mean length of the prose; a file is then some 10 kB of UTF-8."""
    code: float = 3.0
    formulas: float = 1.5
    images: float = 0.7
    tables: float = 0.5
    lists: float = 2.0
    links: float = 1.2
    """Links to other posts."""
    tags: int = 3
    """The most tags a post has; it has at least one."""
    series_every: int = 9
    """One run of posts in this many is a series; 0 for no series."""
    series_length: int = 4


@dataclass(frozen=True)
class Dialect:
    """How one tool wants links and images written."""

    link: Callable[[str, str], str] = lambda text, slug: f"[{text}]({slug}.md)"
    image: Callable[[str, str], str] = lambda alt, name: f"![{alt}](images/{name})"


@dataclass(frozen=True)
class Generated:
    """One post: what its front matter says, and its body."""

    slug: str
    title: str
    description: str
    date: date
    tags: tuple[str, ...]
    series: str | None
    body: str


PLAIN = Dialect()


class Posts:
    """The endless sequence of posts of one :class:`Mix`."""

    def __init__(self, mix: Mix | None = None) -> None:
        self.mix = mix or Mix()
        self.title = lru_cache(maxsize=None)(self._title)

    def rng(self, index: int, part: str) -> Random:
        """Return the source of chance for one *part* of post *index*."""
        return Random(f"{self.mix.seed}/{index}/{part}")

    def slug(self, index: int) -> str:
        """Return the name of post *index*."""
        word = expand("word", self.rng(index, "slug"))
        return f"{index:05d}-{word}"

    def _title(self, index: int) -> str:
        return expand("title", self.rng(index, "title"))

    def series(self, index: int) -> str | None:
        """Return the series that post *index* is a part of."""
        mix = self.mix
        if not mix.series_every:
            return None
        block, place = divmod(index, mix.series_every * mix.series_length)
        if place >= mix.series_length:
            return None
        return f"{expand('topic', self.rng(block, 'series'))}・第{block + 1}集"

    def post(self, index: int, dialect: Dialect = PLAIN) -> Generated:
        """Return post *index*, written in *dialect*."""
        rng = self.rng(index, "front")
        return Generated(
            slug=self.slug(index),
            title=self.title(index),
            description=expand("sentence", rng).replace("**", "").split("](")[0].replace("[", ""),
            date=FIRST_DAY + timedelta(days=index),
            tags=tuple(rng.sample(GRAMMAR["tag"], rng.randint(1, self.mix.tags))),
            series=self.series(index),
            body=self.body(index, dialect),
        )

    def body(self, index: int, dialect: Dialect = PLAIN) -> str:
        """Return the Markdown of post *index*: sections of paragraphs, with *dialect*'s links."""
        rng = self.rng(index, "body")
        length = int(self.mix.characters * rng.lognormvariate(-0.18, 0.6))
        blocks, size = [paragraph(rng)], 0
        extras = self.extras(index, rng, dialect)
        while size < length or extras:
            if len(blocks) % SECTION == SECTION - 1:
                blocks.append("## " + expand("heading", rng))
            elif extras and rng.random() < EXTRA:
                blocks.append(extras.pop())
            else:
                blocks.append(paragraph(rng))
            size += len(blocks[-1])
        return "\n\n".join(blocks) + "\n"

    def extras(self, index: int, rng: Random, dialect: Dialect) -> list[str]:
        """Return what else than prose post *index* holds, in a random order."""
        mix = self.mix
        makers: list[tuple[float, Callable[[], str]]] = [
            (mix.code, lambda: code(rng)),
            (mix.formulas, lambda: formula(rng)),
            (mix.tables, lambda: table(rng)),
            (mix.lists, lambda: items(rng)),
            (mix.images, lambda: dialect.image(expand("topic", rng), image_name(rng))),
            (mix.links if index else 0, lambda: self.link(index, rng, dialect)),
        ]
        found = [make() for mean, make in makers for _ in range(count(mean, rng))]
        rng.shuffle(found)
        return found

    def link(self, index: int, rng: Random, dialect: Dialect) -> str:
        """Return a sentence with a link to an earlier post."""
        target = rng.randrange(index)
        link = dialect.link(self.title(target), self.slug(target))
        return f"{expand('topic', rng)}については{link}に書いた。{expand('sentence', rng)}"


def count(mean: float, rng: Random) -> int:
    """Return a whole number at or beside *mean*, *mean* on average, up to twice as many."""
    chosen = rng.uniform(0, 2 * mean)
    return int(chosen) + (rng.random() < chosen % 1)


def paragraph(rng: Random) -> str:
    """Return two to five sentences, now and then on several lines."""
    sentences = [expand("sentence", rng) for _ in range(rng.randint(2, 5))]
    if rng.random() < FORMULA:
        sentences.insert(1, f"ここで ${expand('symbol', rng)}$ は{expand('metric', rng)}を表す。")
    return ("\n" if rng.random() < BROKEN else "").join(sentences)


def code(rng: Random) -> str:
    """Return a fenced code block."""
    language, rule = rng.choice((("python", "code"), ("bash", "shell"), ("sql", "sql")))
    return f"```{language}\n{expand(rule, rng)}\n```"


def formula(rng: Random) -> str:
    """Return a formula that stands by itself."""
    return f"$$\n{expand('formula', rng)}\n$$"


def table(rng: Random) -> str:
    """Return a table of a few rows."""
    lines = [f"| 手法 | {expand('metric', rng)} | 備考 |", "|---|---:|---|"]
    lines += [
        f"| {expand('topic', rng)} | {rng.random():.3f} | {expand('item', rng)} |"
        for _ in range(rng.randint(2, 5))
    ]
    return "\n".join(lines)


def items(rng: Random) -> str:
    """Return a list."""
    return "\n".join(f"- {expand('item', rng)}" for _ in range(rng.randint(2, 6)))


def image_name(rng: Random) -> str:
    """Return the name of one of the shared images."""
    return f"figure-{rng.randrange(IMAGES):02d}.png"


def image(number: int, width_px: int = 640, height_px: int = 360) -> bytes:
    """Return a PNG: a gradient with bars, a different one for each *number*."""
    rng = Random(number)
    bars = [rng.randrange(height_px) for _ in range(16)]
    tint = rng.randrange(64)
    gap = width_px // 160
    ground = bytes((64 + x * 191 // width_px) for x in range(width_px))
    rows = []
    for y in range(height_px):
        row = bytearray(ground)
        for place, top in enumerate(bars):
            if y > top:
                left = place * width_px // 16 + gap
                right = (place + 1) * width_px // 16 - gap
                row[left:right] = bytes([tint]) * (right - left)
        rows.append(b"\0" + bytes(row))
    header = struct.pack(">IIBBBBB", width_px, height_px, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts)


def chunk(name: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG file."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def yaml_front_matter(post: Generated, **names: str) -> str:
    """Return front matter in YAML; *names* maps our key to a tool's, an empty one leaves it out."""
    values = {
        "title": quoted(post.title),
        "description": quoted(post.description),
        "date": post.date.isoformat(),
        "tags": "[" + ", ".join(quoted(tag) for tag in post.tags) + "]",
        "series": quoted(post.series) if post.series else "",
    }
    lines = [
        f"{names.get(key, key)}: {value}\n"
        for key, value in values.items()
        if value and names.get(key, key)
    ]
    return "---\n" + "".join(lines) + "---\n\n"


def quoted(text: str) -> str:
    """Return *text* as a string of YAML or TOML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def tsuzuri_files(number: int, mix: Mix | None = None) -> Iterator[tuple[str, str | bytes]]:
    """Yield path and content of each file of *number* posts, as tsuzuri reads them."""
    posts = Posts(mix)
    for index in range(number):
        post = posts.post(index)
        yield f"posts/{post.slug}.md", yaml_front_matter(post) + post.body
    for index in range(IMAGES):
        yield f"posts/images/figure-{index:02d}.png", image(index)


def write(root: Path, files: Iterator[tuple[str, str | bytes]]) -> None:
    """Write *files* below *root*."""
    for name, content in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
