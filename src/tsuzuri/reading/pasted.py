"""HTML that writers paste from other services, made to work without those services' scripts.

:func:`pasted_pieces` takes a piece of HTML apart: tweets, frames and script embeds come out as
values, other scripts by their address, and the rest as the HTML it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from tsuzuri.reading.embeds import Embed, embed_of, frame_of

INTERESTING = re.compile(r"<(?:script|iframe)\b|twitter-tweet", re.IGNORECASE)
SILENT_HOSTS = (
    # scripts that only dress up what stands in the page without them
    "platform.twitter.com",
    "platform.x.com",
    "cdn.embedly.com",
    "static.codepen.io",
    "cpwebassets.codepen.io",
    "production-assets.codepen.io",
    "assets.codepen.io",
    "b.st-hatena.com",
    "cdn.blog.st-hatena.com",
    "note.com",
    "www.instagram.com",
    "www.tiktok.com",
    "embed.bsky.app",
    "embed.zenn.studio",
    "qiita.com",
)
GIST = re.compile(r"https?://gist\.github\.com/([\w-]+/[0-9a-f]+)\.js")
CAST = re.compile(r"https?://asciinema\.org/a/(\w+)\.js")
SCHEME = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
STATUS = re.compile(r"https?://(?:\w+\.)?(?:twitter|x)\.com/\w+/status/\d+")


@dataclass(frozen=True, slots=True)
class Html:
    """HTML that stays as it was."""

    text: str


@dataclass(frozen=True, slots=True)
class Script:
    """A script that nobody but the site's owner can want: left out, or allowed by a setting."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A post of a social network: paragraphs of text and links, and who wrote it when."""

    paragraphs: tuple[tuple[tuple[str, str], ...], ...]
    """Each paragraph is pieces of text with an address or an empty string."""
    author: str
    url: str
    date: str


Piece = Html | Script | Quotation | Embed


def pasted_pieces(html: str) -> list[Piece] | None:
    """Return the pieces of *html*, or None when it holds nothing of another service."""
    if not INTERESTING.search(html):
        return None
    parser = _Pieces(html)
    parser.feed(html)
    parser.close()
    return parser.finish()


@dataclass
class _Tweet:
    """What has been read of a quotation so far."""

    paragraphs: list[list[tuple[str, str]]] = field(default_factory=list)
    tail: list[tuple[str, str]] = field(default_factory=list)
    in_paragraph: bool = False
    address: str = ""

    def add(self, text: str) -> None:
        (self.paragraphs[-1] if self.in_paragraph else self.tail).append((text, self.address))

    def finish(self) -> Quotation:
        links = [(text, url) for text, url in self.tail if url]
        paragraphs = tuple(tuple(pieces) for pieces in self.paragraphs if pieces)
        author = "".join(text for text, url in self.tail if not url).strip(" \n—-–&")
        date, url = links[-1] if links else ("", "")
        found = STATUS.match(url)
        return Quotation(paragraphs, author, found[0] if found else url, date)


class _Pieces(HTMLParser):
    """Splits HTML; what it does not know it copies from the source as it stands."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.starts = [0]
        for line in source.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.pieces: list[Piece] = []
        self.copied = 0
        self.inside: tuple[str, int, dict[str, str]] | None = None
        """A script or frame that is open: tag, where it starts, attributes."""
        self.tweet: _Tweet | None = None

    def here(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def copy(self, end: int) -> None:
        text = self.source[self.copied : end]
        if text.strip():
            self.pieces.append(Html(text))
        self.copied = end

    def skip(self, end: int) -> None:
        self.copied = max(self.copied, end)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self.inside:
            return
        if self.tweet:
            self._in_tweet(tag, attributes)
        elif tag == "blockquote" and "twitter-tweet" in attributes.get("class", ""):
            self.copy(self.here())
            self.tweet = _Tweet()
        elif tag in {"script", "iframe"}:
            self.copy(self.here())
            self.inside = (tag, self.here(), attributes)

    def _in_tweet(self, tag: str, attributes: dict[str, str]) -> None:
        if self.tweet is None:
            return
        if tag == "p":
            self.tweet.paragraphs.append([])
            self.tweet.in_paragraph = True
        elif tag == "a":
            address = attributes.get("href", "").strip()
            self.tweet.address = address if address.startswith(("https://", "http://")) else ""
        elif tag == "br":
            self.tweet.add("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        end = self.source.find(">", self.here()) + 1 or len(self.source)
        if self.inside and self.inside[0] == tag:
            self._close(end)
        elif self.tweet and tag == "blockquote":
            self.pieces.append(self.tweet.finish())
            self.tweet = None
            self.skip(end)
        elif self.tweet and tag == "p":
            self.tweet.in_paragraph = False
        elif self.tweet and tag == "a":
            self.tweet.address = ""

    def handle_data(self, data: str) -> None:
        if self.tweet and not self.inside:
            self.tweet.add(data)

    def _close(self, end: int) -> None:
        """Put what the script or frame that ends at *end* becomes among the pieces."""
        if self.inside is None:
            return
        tag, start, attributes = self.inside
        self.inside = None
        self.skip(end)
        if tag == "iframe":
            self.pieces.append(frame_piece(self.source[start:end], attributes))
        elif piece := script_piece(self.source[start:end], attributes):
            self.pieces.append(piece)

    def finish(self) -> list[Piece]:
        if self.inside:
            self._close(len(self.source))
        if self.tweet:
            self.pieces.append(self.tweet.finish())
            self.skip(len(self.source))
        self.copy(len(self.source))
        return self.pieces


def frame_piece(text: str, attributes: dict[str, str]) -> Piece:
    """Return what a frame becomes: a facade; a page of the site itself stays a frame."""
    source = attributes.get("src", "").strip()
    if embed := frame_of(source, attributes.get("title", "").strip()):
        return embed
    is_own = source and "srcdoc" not in attributes and not SCHEME.match(source)
    return Html(text) if is_own else Script(text, source)


def script_piece(text: str, attributes: dict[str, str]) -> Piece | None:
    """Return what a script becomes; None when the page is whole without it."""
    source = attributes.get("src", "").strip()
    absolute = f"https:{source}" if source.startswith("//") else source
    classes = attributes.get("class", "")
    if found := GIST.match(absolute):
        return embed_of("gist", f"https://gist.github.com/{found[1]}")
    if found := CAST.match(absolute):
        return embed_of("asciinema", f"https://asciinema.org/a/{found[1]}")
    if "speakerdeck-embed" in classes:
        return embed_of("speakerdeck", attributes.get("data-id", ""))
    if "docswell-embed" in classes:
        return embed_of("docswell", attributes.get("data-src", ""))
    host = urlsplit(absolute).hostname or ""
    if host in SILENT_HOSTS:
        return None
    return Script(text, source)
