"""HTML that writers paste from other services, made to work without those services' scripts.

:func:`pasted_pieces` takes a piece of HTML apart: tweets, frames and script embeds come out as
values, other scripts by their address, and the rest as the HTML it was.  It reads tags itself,
in one pass: :mod:`html.parser` takes the square of the time for tags that nobody closed.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tsuzuri.reading.embeds import embed_of, frame_of
from tsuzuri.reading.services import Embed, host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

INTERESTING = re.compile(r"<(script|iframe|blockquote)(?=[\s/>]|\Z)", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([^\s=/>"'<]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
EDGE = re.compile(r"[\"'>]")
TAG = re.compile(r"<[^<>]*>")
SILENT_HOSTS = frozenset(
    {
        # their scripts only dress up what stands in the page without them
        "assets.codepen.io",
        "b.st-hatena.com",
        "cdn.blog.st-hatena.com",
        "cdn.embedly.com",
        "cpwebassets.codepen.io",
        "embed.bsky.app",
        "embed.zenn.studio",
        "note.com",
        "platform.twitter.com",
        "platform.x.com",
        "production-assets.codepen.io",
        "qiita.com",
        "static.codepen.io",
        "www.instagram.com",
        "www.tiktok.com",
    }
)
GIST = re.compile(r"https?://gist\.github\.com/([\w-]+/[0-9a-f]+)\.js")
CAST = re.compile(r"https?://asciinema\.org/a/(\w+)\.js")
SCHEME = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
OWN_FRAME = re.compile(r"<iframe\b[^<>]*>[^<>]*(?:</iframe\s*>)?", re.IGNORECASE)
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


class Tag(NamedTuple):
    """An opening tag."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int


def pasted_pieces(text: str) -> list[Piece] | None:
    """Return the pieces of *text*, or None when it holds nothing of another service."""
    pieces: list[Piece] = []
    done, found_any = 0, False
    for tag, end, piece in _elements(text):
        found_any = True
        if text[done : tag.start].strip():
            pieces.append(Html(text[done : tag.start]))
        if piece is not None:
            pieces.append(piece)
        done = end
    if not found_any:
        return None
    if text[done:].strip():
        pieces.append(Html(text[done:]))
    return pieces


def _elements(text: str) -> Iterator[tuple[Tag, int, Piece | None]]:
    """Yield each element that is taken out of *text*, where it ends, and what it becomes."""
    position = 0
    unclosed: set[str] = set()
    while found := INTERESTING.search(text, position):
        tag = _tag(text, found)
        is_tweet = tag.name == "blockquote" and "twitter-tweet" in tag.attributes.get("class", "")
        if tag.name == "blockquote" and not is_tweet:
            position = tag.end
            continue
        inner_end, end = _closing(text, tag, unclosed)
        position = end
        if is_tweet:
            yield tag, end, quotation(text[tag.end : inner_end])
        elif tag.name == "iframe":
            yield tag, end, frame_piece(text[tag.start : end], tag.attributes)
        else:
            yield tag, end, script_piece(text[tag.start : end], tag.attributes)


def _tag(text: str, found: re.Match[str]) -> Tag:
    """Return the tag that begins where *found* does; one that is never closed ends the text."""
    position = found.end()
    while edge := EDGE.search(text, position):
        position = edge.end()
        if edge[0] == ">":
            break
        closing = text.find(edge[0], position)
        if closing < 0:
            position = len(text)
            break
        position = closing + 1
    else:
        position = len(text)
    attributes = {
        item[1].lower(): html.unescape(item[2] or item[3] or item[4] or "")
        for item in ATTRIBUTE.finditer(text, found.end(), position)
    }
    return Tag(found[1].lower(), attributes, found.start(), position)


def _closing(text: str, tag: Tag, unclosed: set[str]) -> tuple[int, int]:
    """Return where the closing tag of *tag* begins and ends; *unclosed*: names without one."""
    nowhere = tag.end if tag.name == "iframe" else len(text)
    if tag.name in unclosed:
        return nowhere, nowhere
    found = re.compile(rf"</{tag.name}\b[^<>]*>?", re.IGNORECASE).search(text, tag.end)
    if found is None:
        unclosed.add(tag.name)
        return nowhere, nowhere
    return found.span()


@dataclass
class _Reading:
    """What has been read of a quotation so far."""

    paragraphs: list[list[tuple[str, str]]] = field(default_factory=list)
    tail: list[tuple[str, str]] = field(default_factory=list)
    in_paragraph: bool = False
    address: str = ""

    def text(self, text: str) -> None:
        if text:
            pieces = self.paragraphs[-1] if self.in_paragraph else self.tail
            pieces.append((html.unescape(text), self.address))

    def tag(self, tag: str) -> None:
        name = tag.strip("</>").split(maxsplit=1)[:1]
        if name == ["p"]:
            self.in_paragraph = not tag.startswith("</")
            if self.in_paragraph:
                self.paragraphs.append([])
        elif name == ["a"]:
            values = {item[1]: item[2] or item[3] for item in ATTRIBUTE.finditer(tag, 2)}
            address = html.unescape(values.get("href") or "").strip()
            is_web = not tag.startswith("</") and address.startswith(("https://", "http://"))
            self.address = address if is_web else ""
        elif name == ["br"]:
            self.text("\n")


def quotation(inner: str) -> Quotation:
    """Return what a tweet's markup says, *inner* being what is in its blockquote."""
    reading = _Reading()
    done = 0
    for tag in TAG.finditer(inner):
        reading.text(inner[done : tag.start()])
        reading.tag(tag[0])
        done = tag.end()
    reading.text(inner[done:])
    links = [(text, url) for text, url in reading.tail if url]
    author = "".join(text for text, url in reading.tail if not url).strip(" \n—-–&")
    date, url = links[-1] if links else ("", "")
    found = STATUS.match(url)
    paragraphs = tuple(tuple(pieces) for pieces in reading.paragraphs if pieces)
    return Quotation(paragraphs, author, found[0] if found else url, date)


def frame_piece(text: str, attributes: dict[str, str]) -> Piece | None:
    """Return what a frame becomes: a facade; a page of the site itself stays a frame."""
    source = attributes.get("src", "").strip()
    if "srcdoc" in attributes:
        return Script(text, source)
    if not source:
        return None
    if embed := frame_of(source, attributes.get("title", "").strip()):
        return embed
    is_own = OWN_FRAME.fullmatch(text) and not SCHEME.match(source)
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
    return None if host_of(absolute) in SILENT_HOSTS else Script(text, source)
