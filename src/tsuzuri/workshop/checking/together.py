"""What shows only when all posts are seen together."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tsuzuri.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tsuzuri.problems import Finding
    from tsuzuri.workshop.checking.pages import Page

BETWEEN = re.compile(r"[\s\-_・]+")
KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
KINDS = {"tags": "tag", "categories": "category", "series": "series"}


def check_posts(posts: list[Page]) -> Iterator[Finding]:
    """Yield all that is wrong between *posts*."""
    yield from check_names(posts)
    yield from check_series(posts)
    yield from check_titles(posts)
    yield from check_slugs(posts)
    yield from check_aliases(posts)


def names_of(page: Page, field: str) -> tuple[str, ...]:
    """Return the names that *page* has in *field*."""
    value = getattr(page.front_matter, field)
    return (value,) if isinstance(value, str) else value or ()


def fold(name: str) -> str:
    """Return what two spellings of one name have in common.

    >>> fold("ﾃﾞｰﾀ") == fold("データ"), fold("機械 学習") == fold("機械学習")
    (True, True)
    >>> fold("サーバ") == fold("サーバー"), fold("Go-lang") == fold("golang")
    (True, True)
    >>> fold("バグ") == fold("ハク"), fold("C") == fold("C++")
    (False, False)
    """
    text = BETWEEN.sub("", unicodedata.normalize("NFKC", name).casefold())
    return text.translate(KATAKANA).rstrip("ー")


def check_names(posts: Iterable[Page]) -> Iterator[Finding]:
    """Yield second spellings of one tag: two pages, each with a part of the posts."""
    posts = list(posts)
    for field, kind in KINDS.items():
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for page in posts:
            for name in names_of(page, field):
                spellings[fold(name)][name] += 1
        usual = {
            spelling: min(counts, key=lambda name: (-counts[name], name))
            for counts in spellings.values()
            if len(counts) > 1
            for spelling in counts
        }
        for page in posts:
            for name in names_of(page, field):
                if usual.get(name, name) != name:
                    yield page.finding(
                        Problem.SIMILAR_NAMES,
                        f"the {kind} {name!r} is spelt {usual[name]!r} in more posts",
                        f"write {usual[name]}",
                        page.line(field),
                    )


def check_series(posts: Iterable[Page]) -> Iterator[Finding]:
    """Yield gaps in a series, and parts of one number."""
    series: dict[str, list[Page]] = defaultdict(list)
    for page in posts:
        if page.front_matter.series is not None:
            series[page.front_matter.series].append(page)
    for name, pages in sorted(series.items()):
        numbered = [page for page in pages if page.front_matter.series_order is not None]
        seen: dict[int, Page] = {}
        for page in sorted(numbered, key=lambda page: (page.front_matter.series_order, page.path)):
            order = page.front_matter.series_order or 0
            line = page.line("series_order")
            before = max(seen, default=min(order, 1) - 1)
            if order in seen:
                message = f"part {order} of the series {name!r} is {seen[order].path} too"
                yield page.finding(Problem.SERIES_GAP, message, "count on", line)
            elif order > before + 1:
                missing = f"part {before + 1}" + (f" to {order - 1}" if order > before + 2 else "")
                message = f"the series {name!r} has no {missing} before this part {order}"
                yield page.finding(Problem.SERIES_GAP, message, f"number it {before + 1}", line)
            seen.setdefault(order, page)
        if 0 < len(numbered) < len(pages):
            for page in sorted(set(pages) - set(numbered), key=lambda page: page.path):
                message = f"other parts of the series {name!r} are numbered, this one is not"
                yield page.finding(
                    Problem.SERIES_GAP, message, "write series_order:", page.line("series")
                )


def check_titles(posts: Iterable[Page]) -> Iterator[Finding]:
    """Yield titles that occur twice: a list can't tell them apart."""
    first: dict[str, Page] = {}
    for page in posts:
        title = unicodedata.normalize("NFKC", page.title).strip().casefold()
        if not title:
            continue
        other = first.setdefault(title, page)
        if other is not page:
            yield page.finding(
                Problem.DUPLICATE_TITLE,
                f"{other.path} has the title {page.title!r} too",
                "say in each title what is different",
                page.line("title"),
            )


def check_slugs(posts: Iterable[Page]) -> Iterator[Finding]:
    """Yield slugs that occur twice: a link can mean only one."""
    first: dict[str, Page] = {}
    for page in posts:
        other = first.setdefault(page.slug.lower(), page)
        if other is not page and same_folder(other, page):
            yield page.finding(
                Problem.DUPLICATE_SLUG,
                f"{other.path} has the slug {page.slug!r} too",
                "give one of them another slug:",
                page.line("slug"),
            )


def same_folder(one: Page, other: Page) -> bool:
    """Say whether two posts of one slug would have one address: `2024/intro` is not `2025/intro`.

    A slug in the front matter counts for the whole site.
    """
    if one.front_matter.slug and other.front_matter.slug:
        return True
    folders = [page.docname.removesuffix("/index").rpartition("/")[0] for page in (one, other)]
    return folders[0] == folders[1]


def check_aliases(posts: Iterable[Page]) -> Iterator[Finding]:
    """Yield former addresses that two posts claim, or that a page has."""
    posts = list(posts)
    first: dict[str, Page] = {}
    pages = {page.docname.removesuffix("/index"): page for page in posts}
    for page in posts:
        for alias in page.front_matter.aliases:
            key = alias.strip("/").removesuffix("/index.html").removesuffix(".html")
            other = first.setdefault(key, page)
            taken = pages.get(key)
            if other is not page:
                message = f"{other.path} was at {alias} too"
                yield page.finding(
                    Problem.ALIAS, message, "leave it to one of them", page.line("aliases")
                )
            elif taken is not None and taken is not page:
                message = f"{alias} is the address of {taken.path}"
                yield page.finding(
                    Problem.ALIAS, message, "take it out of aliases:", page.line("aliases")
                )
