"""A Content-Security-Policy under which the site works, and what a built page asks of it.

A policy tells browsers what a page may run and load, so that a hole somewhere, in a post, an
extension or a service, lets nothing of others in.  What the frame of a page runs (templates,
theme, extensions) is named: files of the site itself, scripts in the page by a hash of their
text, other sites by their origin.  A script within a post's text is named only where the site
allows scripts in posts.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Needs = frozenset[tuple[str, str]]
"""Pairs of a directive and a source that it has to admit."""

BASE: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'", "'wasm-unsafe-eval'"),  # the search is a WebAssembly module
    "style-src": (
        "'self'",
        "'unsafe-inline'",
    ),  # attributes: sizes, formulas
    "img-src": ("'self'", "data:"),
    "object-src": ("'self'",),  # drawings of Graphviz
    "base-uri": ("'self'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'self'",),
}
OTHERS = frozenset(
    {
        "child-src",
        "connect-src",
        "font-src",
        "frame-src",
        "manifest-src",
        "media-src",
        "script-src-attr",
        "script-src-elem",
        "style-src-attr",
        "style-src-elem",
        "worker-src",
    }
)
"""Directives that a site may add to those that every site has."""
GISCUS = "https://giscus.app"
COMMENTS: Needs = frozenset((name, GISCUS) for name in ("script-src", "style-src", "frame-src"))

TAG = re.compile(
    r"<(?:(?P<end>/(?i:article))|(?P<name>[aA](?i:rticle|udio)|[sS](?i:cript|ource)|[lL](?i:ink)"
    r"|[iI](?i:mg|frame)|[vV](?i:ideo)|[eE](?i:mbed)|[oO](?i:bject)"
    r"|[bB](?i:utton(?=[^<>]*\sdata-frame=))))\b"
    r"""(?P<rest>(?:[^"'>]|"[^"]*"|'[^']*')*)>""",
)
"""First letters are written in both cases: the search sees at once that another tag is none."""
ATTRIBUTE = re.compile(r"""\s([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
LOADED = {
    "script": (("script-src", "src"),),
    "link": (("style-src", "href"),),
    "img": (("img-src", "src"), ("img-src", "srcset")),
    "source": (("media-src", "src"), ("img-src", "srcset")),
    "video": (("media-src", "src"), ("img-src", "poster")),
    "audio": (("media-src", "src"),),
    "iframe": (("frame-src", "src"),),
    "button": (("frame-src", "data-frame"),),
    "embed": (("object-src", "src"),),
    "object": (("object-src", "data"),),
}
"""What elements load: the directive that judges it, and the attribute with the address."""


def needs_of(page: str, *, scripts_in_posts: bool) -> Needs:
    """Return what a built *page* asks of a policy, over and above what every page does."""
    found: set[tuple[str, str]] = set()
    place, in_text = 0, False
    while tag := TAG.search(page, place):
        place = tag.end()
        name = (tag["name"] or "").lower()
        if name in {"", "article"}:
            in_text = name == "article"
            continue
        attributes = {
            item[1].lower(): item[2] or item[3] or item[4] or ""
            for item in ATTRIBUTE.finditer(tag["rest"])
        }
        if name == "script":
            end = SCRIPT_END.search(page, place)
            text, place = page[place : end.start() if end else None], end.end() if end else place
            if not runs(attributes.get("type", "")) or (in_text and not scripts_in_posts):
                continue
            if "src" not in attributes:
                found.add(("script-src", hash_source(text)))
        if name == "link" and "stylesheet" not in attributes.get("rel", "").lower().split():
            continue
        for directive, key in LOADED[name]:
            found.update((directive, item) for item in origins(attributes.get(key, "")))
    return frozenset(found)


def runs(kind: str) -> bool:
    """Return whether a browser runs a ``<script>`` of this type, or takes its modules from it."""
    return "/" not in kind or "javascript" in kind.lower() or "ecmascript" in kind.lower()


def hash_source(script: str) -> str:
    """Return the source that admits exactly this *script*."""
    digest = hashlib.sha256(script.replace("\r\n", "\n").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def origins(addresses: str) -> set[str]:
    """Return the origins of other sites among *addresses*: one, or the list of a ``srcset``.

    >>> sorted(origins("/a.png 1x, https://one.example/b.png 2x"))
    ['https://one.example']
    >>> origins("https://例え.jp/a.png")
    {'https://xn--r8jz45g.jp'}
    """
    found = set()
    for part in addresses.replace(",", " ").split():
        try:
            address = urlsplit(f"https:{part}" if part.startswith("//") else part)
            host = address.netloc.lower().encode("idna").decode()
        except ValueError:  # such as `http://[`
            continue
        if address.scheme in {"http", "https"} and re.fullmatch(r"[a-z0-9_.:\[\]-]+", host):
            found.add(f"{address.scheme}://{host}")
    return found


def policy(needs: Iterable[tuple[str, str]], more: Mapping[str, str]) -> str:
    """Return the policy of a site whose pages have *needs*; *more* is what its writer adds.

    A directive that *more* sets to ``'none'`` is that alone.
    """
    sources: dict[str, list[str]] = {name: list(values) for name, values in BASE.items()}
    for name, source in (
        *sorted(needs),
        *((name, item) for name, text in more.items() for item in text.split()),
    ):
        known = sources.setdefault(name, ["'self'"])
        if source not in known:
            known.append(source)
    for name, text in more.items():
        if text.strip() == "'none'":
            sources[name] = ["'none'"]
    return "; ".join(f"{name} {' '.join(values)}" for name, values in sources.items())


def headers(content_policy: str) -> str:
    """Return the headers file, in the format that Netlify and Cloudflare Pages share."""
    return (
        "/*\n"
        f"  Content-Security-Policy: {content_policy}\n"
        "  Referrer-Policy: strict-origin-when-cross-origin\n"
        "  X-Content-Type-Options: nosniff\n"
    )
