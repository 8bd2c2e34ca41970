"""Dates, names and titles as templates write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from sphinx.locale import get_translation
from sphinx.util.i18n import format_date

from tsuzuri.writing.feeds.formats import feed_path
from tsuzuri.writing.sidebar import collection_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from tsuzuri.posts.model import Post

_ = get_translation("tsuzuri")

TAG = re.compile(r"<[^>]*>")
OWN_FOOTER = {"author.html", "copyright.html", "extra-footer.html"}
"""Components of the theme's footer whose content our footer has."""
CC = re.compile(r"CC-(BY(?:-NC)?(?:-ND|-SA)?)-(\d\.\d)|CC0-(1\.0)", re.IGNORECASE)
NAMED = re.compile(r"(.+?)\s*<(https?://[^>]+)>")


def plain(html: str) -> str:
    """Return the text of a title that Sphinx hands on as HTML."""
    return unescape(TAG.sub("", html)).strip()


def licence_of(text: str) -> dict[str, str] | None:
    """Return name and address of a licence: a Creative Commons identifier or ``name <url>``.

    >>> licence_of("CC-BY-SA-4.0")
    {'name': 'CC BY-SA 4.0', 'url': 'https://creativecommons.org/licenses/by-sa/4.0/'}
    """
    if found := CC.fullmatch(text.strip()):
        kind, version, zero = found.groups()
        if zero:
            return {"name": "CC0 1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}
        path = f"{kind.lower()}/{version}"
        name = f"CC {kind.upper()} {version}"
        return {"name": name, "url": f"https://creativecommons.org/licenses/{path}/"}
    if named := NAMED.fullmatch(text.strip()):
        return {"name": named[1], "url": named[2]}
    return {"name": text, "url": ""} if text else None


Days = Callable[[datetime, str, str], str]
"""Gives the words for a date without a time zone, in a style and a language."""


def days() -> Days:
    """Return what writes the dates of one build; the same ones stand on many pages."""
    return lru_cache(maxsize=4096)(
        lambda date, style, language: format_date(style, date=date, language=language)
    )


def words(app: Sphinx, post: Post | None, written: Days) -> dict[str, Any]:
    """Return the functions with which templates write dates, in the page's language."""
    config = app.config
    language = config.language

    def day(date: datetime, style: str) -> str:
        # two equal times of two zones may be two days
        return written(date.replace(tzinfo=None), style, language)

    def time_of(date: datetime, short: bool = False) -> Markup:
        style = config.post_date_format_short if short else config.post_date_format
        return Markup(f'<time datetime="{date.isoformat()}">{escape(day(date, style))}</time>')  # noqa: S704

    return {
        "day": partial(day, style=config.post_date_format),
        "short_day": partial(day, style=config.post_date_format_short),
        "year_name": lambda year: day(datetime(int(year), 1, 1), _("%Y")),
        "iso": datetime.isoformat,
        "time_of": time_of,
        "page_language": post.language if post and post.language else language,
    }


def names(app: Sphinx, pagename: str, context: dict[str, Any]) -> dict[str, Any]:
    """Return the names and addresses of a page's surroundings."""
    config = app.config
    site_name = config.blog_title or config.html_title or config.project
    title = plain(str(context.get("title") or ""))
    is_home = pagename == config.root_doc or not title or title == site_name
    return {
        "site_name": site_name,
        "page_title": site_name if is_home else f"{title} — {site_name}",
        "collection_page": partial(collection_page, blog_path=config.blog_path),
        "footer_items": footer_items(context.get("theme_footer_content_items")),
        "licence": licence_of(config.tsuzuri_licence),
        "feed_page": feed_path(config.blog_path, config.tsuzuri_feed_formats)
        if config.html_baseurl and context["blog_sidebar"].recent
        else "",
        "all_posts_page": config.blog_path,
        "shows_authors": len(config.blog_authors or ()) > 1,
        "author_name": lambda key: (config.blog_authors or {}).get(key, (key,))[0],
    }


def footer_items(chosen: object) -> list[str]:
    """Return the components that the user chose for the footer, beyond what ours has.

    The theme's default comes as text, a user's choice as a list.
    """
    if not isinstance(chosen, list):
        return []
    names = (name if name.endswith(".html") else f"{name}.html" for name in chosen)
    return [name for name in names if name not in OWN_FOOTER]
