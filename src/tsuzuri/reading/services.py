"""The services whose content posts show, as a table: their addresses and what each becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Embed:
    """Something of another site, shown in a post."""

    service: str
    """The service's own name, for people."""
    url: str
    """The page that a reader without frames gets."""
    frame: str = ""
    """The address that goes into a frame once the reader asks; empty when there is none."""
    aspect: str = "16 / 9"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """One service: how its addresses look and what they become.

    *pages* are patterns of a page's address without scheme, whose named groups fill *url* and
    *frame*; *key* is a pattern of what ``@[name](key)`` may hold in the address's place.
    """

    title: str
    pages: tuple[str, ...]
    url: str = ""
    frame: str = ""
    key: str = ""
    aspect: str = "16 / 9"
    alone: bool = True
    """Whether an address alone in a paragraph is an embed, not a card."""
    aliases: tuple[str, ...] = field(default=())

    def read(self, text: str) -> Embed | None:
        """Return what *text*, an address or a key, refers to."""
        text = text.strip()
        if self.key and (found := re.fullmatch(self.key, text)):
            return self._embed(found, self.url.format_map(_values(found)))
        if not text.startswith(("https://", "http://")) or not host_of(text):
            return None
        address = text.split("://", 1)[1]
        for page in self.pages:
            if found := re.match(page, address):
                return self._embed(found, self.url.format_map(_values(found)) if self.url else text)
        return None

    def _embed(self, found: re.Match[str], url: str) -> Embed:
        values = {**_values(found), "page": quote(url, safe="")}
        start = _start(found.string)
        frame = self.frame.format_map(values) if self.frame else ""
        if start and "youtube" in frame:
            frame, url = f"{frame}?start={start}", f"{url}&t={start}s"
        return Embed(self.title, url, frame, self.aspect)


def _values(found: re.Match[str]) -> dict[str, str]:
    return {name: value or "" for name, value in found.groupdict().items()}


def _start(address: str) -> int:
    """Return from which second on a video is to be shown."""
    query = parse_qs(address.partition("?")[2].partition("#")[0])
    text = (query.get("t") or query.get("start") or ["0"])[0]
    units = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?", text)
    if not units:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in units.groups())
    return hours * 3600 + minutes * 60 + seconds


SERVICES: Mapping[str, Service] = {
    "youtube": Service(
        "YouTube",
        (
            r"(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/)(?P<id>[\w-]{11})",
            r"youtu\.be/(?P<id>[\w-]{11})",
        ),
        "https://www.youtube.com/watch?v={id}",
        "https://www.youtube-nocookie.com/embed/{id}",
        key=r"(?P<id>[\w-]{11})(?:[?&].*)?",
    ),
    "tweet": Service(
        "X",
        (r"(?:www\.|mobile\.)?(?:twitter|x)\.com/(?P<user>\w+)/status(?:es)?/(?P<id>\d+)",),
        "https://x.com/{user}/status/{id}",
        aliases=("twitter", "x"),
    ),
    "gist": Service("GitHub Gist", (r"gist\.github\.com/(?P<user>[\w-]+)/(?P<id>[0-9a-f]+)",)),
    "github": Service("GitHub", (r"github\.com/[\w.-]+/[\w.-]+/blob/.+",)),
    "speakerdeck": Service(
        "Speaker Deck",
        (r"speakerdeck\.com/player/(?P<id>[0-9a-f]{16,40})(?P<slide>\?slide=\d+)?",),
        "https://speakerdeck.com/player/{id}{slide}",
        "https://speakerdeck.com/player/{id}{slide}",
        key=r"(?P<id>[0-9a-f]{16,40})(?P<slide>\?slide=\d+)?",
        alone=False,
    ),
    "docswell": Service(
        "ドクセル",
        (r"www\.docswell\.com/s(?:lide)?/(?:[\w-]+/)?(?P<id>[A-Z0-9]{6})(?![A-Z0-9])",),
        "https://www.docswell.com/slide/{id}/embed",
        "https://www.docswell.com/slide/{id}/embed",
        key=r"(?P<id>[A-Z0-9]{6})",
    ),
    "slideshare": Service(
        "SlideShare",
        (r"www\.slideshare\.net/slideshow/embed_code/key/(?P<id>\w+)",),
        "https://www.slideshare.net/slideshow/embed_code/key/{id}",
        "https://www.slideshare.net/slideshow/embed_code/key/{id}",
        key=r"(?P<id>\w{6,})",
    ),
    "codepen": Service(
        "CodePen",
        (r"codepen\.io/(?P<user>(?:team/)?[\w-]+)/(?:pen|embed)/(?P<id>\w+)",),
        "https://codepen.io/{user}/pen/{id}",
        "https://codepen.io/{user}/embed/{id}?default-tab=result",
    ),
    "codesandbox": Service(
        "CodeSandbox",
        (
            r"codesandbox\.io/(?:s|embed)/(?P<id>[\w-]+)",
            r"codesandbox\.io/p/sandbox/(?P<id>[\w-]+)",
        ),
        "https://codesandbox.io/s/{id}",
        "https://codesandbox.io/embed/{id}",
    ),
    "stackblitz": Service(
        "StackBlitz",
        (r"stackblitz\.com/(?P<path>(?:edit|github)/[^?#]+)",),
        "https://stackblitz.com/{path}",
        "https://stackblitz.com/{path}?embed=1",
    ),
    "figma": Service(
        "Figma",
        (r"(?:www\.)?figma\.com/(?:file|proto|design|board)/.+",),
        "",
        "https://www.figma.com/embed?embed_host=share&url={page}",
    ),
    "jsfiddle": Service(
        "JSFiddle",
        (r"jsfiddle\.net/(?P<path>(?:[\w-]+/)?\w+)/?",),
        "https://jsfiddle.net/{path}/",
        "https://jsfiddle.net/{path}/embedded/",
    ),
    "vimeo": Service(
        "Vimeo",
        (r"(?:player\.)?vimeo\.com/(?:video/)?(?P<id>\d+)",),
        "https://vimeo.com/{id}",
        "https://player.vimeo.com/video/{id}?dnt=1",
    ),
    "nicovideo": Service(
        "ニコニコ動画",
        (
            r"(?:www\.|embed\.)?nicovideo\.jp/watch/(?P<id>(?:sm|nm|so)?\d+)",
            r"nico\.ms/(?P<id>sm\d+)",
        ),
        "https://www.nicovideo.jp/watch/{id}",
        "https://embed.nicovideo.jp/watch/{id}",
        key=r"(?P<id>sm\d+)",
    ),
    "asciinema": Service("asciinema", (r"asciinema\.org/a/(?P<id>\w+)",)),
}


def host_of(url: str) -> str:
    """Return the host of *url*, or an empty string when it has none that can be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # such as `http://[`
        return ""
