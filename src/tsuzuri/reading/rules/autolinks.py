"""Bare addresses become links: ``これはhttps://example.com/fooを参照``.

``https://`` is found while the line is read, so that ``*`` and ``_`` inside it are no emphasis;
``www.`` and mail addresses afterwards, in what was left as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from tsuzuri.reading.urls import plain_addresses, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

SCHEMES = ("https", "http")


def install(md: MarkdownIt) -> None:
    """Add both rules to *md*."""
    md.inline.ruler.after("text", "tsuzuri_bare_url", bare_url)
    md.core.ruler.after("inline", "tsuzuri_plain_addresses", plain_address_links)


def bare_url(state: StateInline, silent: bool) -> bool:
    """Turn the address around the colon at the current position into a link."""
    start = _scheme_start(state)
    if start is None or silent or state.linkLevel > 0:
        return False
    address = web_address(state.src, start, state.posMax)
    if not address or not _is_read_as_text(state, start):
        return False
    href = state.md.normalizeLink(address.url)
    if not state.md.validateLink(href):
        return False
    state.pending = state.pending[: start - state.pos]
    opening = state.push("link_open", "a", 1)
    opening.attrs, opening.markup, opening.info = {"href": href}, "linkify", "auto"
    state.push("text", "", 0).content = _label(state.md, address.url)
    closing = state.push("link_close", "a", -1)
    closing.markup, closing.info = "linkify", "auto"
    state.pos = address.end
    return True


def _label(md: MarkdownIt, url: str) -> str:
    """Return *url* as people read it: percent codes decoded where they are UTF-8."""
    label = md.normalizeLinkText(url)
    return url if "\ufffd" in label else label


def _scheme_start(state: StateInline) -> int | None:
    """Return where the scheme before the colon at the current position starts."""
    if not state.src.startswith("://", state.pos):
        return None
    for scheme in SCHEMES:
        start = state.pos - len(scheme)
        if start >= 0 and state.src[start : state.pos].lower() == scheme:
            before = state.src[start - 1] if start else " "
            return None if before.isascii() and (before.isalnum() or before == "+") else start
    return None


def _is_read_as_text(state: StateInline, start: int) -> bool:
    """Tell whether everything from *start* on has been read as plain text so far."""
    return state.pending.endswith(state.src[start : state.pos])


def plain_address_links(state: StateCore) -> None:
    """Turn ``www.`` and mail addresses in the text of *state* into links."""
    for token in state.tokens:
        if token.type != "inline" or not ("@" in token.content or "www." in token.content.lower()):
            continue
        token.children = list(_linked(state.md, token.children or []))


def _linked(md: MarkdownIt, children: list[Token]) -> Iterator[Token]:
    """Yield *children*, the text outside links split at its addresses."""
    depth = 0
    for token in children:
        if token.type in {"link_open", "link_close"}:
            depth += token.nesting
        elif token.type == "html_inline" and token.content[:3].lower() in {"<a ", "<a>", "</a"}:
            depth = max(0, depth + (-1 if token.content[1] == "/" else 1))
        if token.type == "text" and depth == 0:
            yield from _split(md, token)
        else:
            yield token


def _split(md: MarkdownIt, token: Token) -> Iterator[Token]:
    """Yield *token*, a text, with a link in the place of each address."""
    done = 0
    for address in plain_addresses(token.content):
        href = md.normalizeLink(address.url)
        if not md.validateLink(href):
            continue
        level, label = token.level, token.content[address.start : address.end]
        if address.start > done:
            yield _text(token.content[done : address.start], level)
        yield Token("link_open", "a", 1, {"href": href}, level=level, markup="linkify", info="auto")
        yield _text(label, level + 1)
        yield Token("link_close", "a", -1, level=level, markup="linkify", info="auto")
        done = address.end
    if not done:
        yield token
    elif done < len(token.content):
        yield _text(token.content[done:], token.level)


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)
