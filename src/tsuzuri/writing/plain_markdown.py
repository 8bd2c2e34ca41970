"""A post's Markdown beside its page, and ``llms.txt``, for readers that are programs.

See https://llmstxt.org/.  What a page hides its Markdown hides too: front matter and comments
stay out, and addresses are absolute, since the text is read away from its page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tsuzuri.writing.feeds.model import one_line
from tsuzuri.writing.site import writable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tsuzuri.posts.model import Post
    from tsuzuri.writing.site import Site

FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,}|:{3,})")
COMMENT_LINE = re.compile(r"^%.*(?:\n|\Z)", re.MULTILINE)
COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
EMPTY_LINES = re.compile(r"\n\n\n+")
LINK = re.compile(r"(?P<head>\[[^\]\n]*\]\(<?)(?P<target>[^)\s<>]+)(?P<tail>[^)\n]*\))")
HTML_LINK = re.compile(r'(?P<head><(?:img|a)\b[^>]*?\b(?:src|href)=")(?P<target>[^"]*)(?P<tail>")')
TITLE = re.compile(r"\A\s*#\s+(?P<title>.*?)\s*#*\s*\n")


def markdown_page(post: Post, body: str, url: str, absolute: Callable[[str], str]) -> str:
    """Return the Markdown of *post*, whose text is *body* and whose page is at *url*.

    *absolute* gives the address that a link in the text leads to.
    """
    found = TITLE.match(body)
    if found and found["title"] == post.title:
        body = body[found.end() :]
    dates = f"{post.date:%Y-%m-%d}"
    if post.updated:
        dates += f" ({post.updated:%Y-%m-%d})"
    about = "\n".join(line for line in (f"<{url}>", dates, ", ".join(post.tags)) if line)
    parts = [f"# {one_line(post.title)}", about.replace("\n", "  \n")]
    if post.description:
        parts.append(f"> {one_line(post.description)}")
    text = "".join(outside_code(body, lambda part: cleaned(part, absolute)))
    return writable("\n\n".join([*parts, text.strip()])) + "\n"


def cleaned(text: str, absolute: Callable[[str], str]) -> str:
    """Return *text*, which has no code blocks, without comments and with absolute addresses."""

    def replace(match: re.Match[str]) -> str:
        return f"{match['head']}{absolute(match['target'])}{match['tail']}"

    if "%" in text:
        text = COMMENT_LINE.sub("", text)
    text = EMPTY_LINES.sub("\n\n", COMMENT.sub("", text))
    return HTML_LINK.sub(replace, LINK.sub(replace, text))


def outside_code(text: str, change: Callable[[str], str]) -> Iterator[str]:
    """Yield *text* with *change* made to all that stands between code blocks."""
    kept: list[str] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        found = FENCE.match(line)
        mark = found["mark"] if found else ""
        if fence:
            kept.append(line)
            if mark.startswith(fence) and not line.strip().lstrip(fence[0]):
                yield "".join(kept)
                kept, fence = [], ""
        elif mark and mark[0] != ":":
            yield change("".join(kept))
            kept, fence = [line], mark
        else:
            kept.append(line)
    yield "".join(kept) if fence else change("".join(kept))


def llms_txt(
    site: Site,
    posts: Iterable[Post],
    pages: Iterable[tuple[str, str, str]],
    markdown_of: Callable[[Post], str],
    words: tuple[str, str],
) -> str:
    """Return ``llms.txt``: what the site is, its posts' Markdown, its other pages.

    *pages* are title, address and description; *words* the headings of posts and of pages.
    """
    lines = [f"# {one_line(site.title)}", ""]
    if site.description:
        lines += [f"> {one_line(site.description)}", ""]
    lines += [f"## {words[0]}", ""]
    lines += [entry(post.title, markdown_of(post), post.lead) for post in posts]
    others = [entry(*page) for page in pages]
    if others:
        lines += ["", f"## {words[1]}", "", *others]
    return "\n".join(lines) + "\n"


def entry(title: str, address: str, about: str) -> str:
    """Return one line of a list; brackets in a title would end the link's text."""
    name = re.sub(r"([\[\]\\])", r"\\\1", one_line(title))
    return f"- [{name}]({address})" + (f": {one_line(about)}" if about else "")
