"""At which address a tool put a post, so that links to it can lead on."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tsuzuri.workshop.importing.collect import Source
    from tsuzuri.workshop.importing.tools import Project

JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
PLACEHOLDER = re.compile(r":([a-z_]+)|\{([a-z]+)(?::([^{}]*))?\}")


def address_of(source: Source, project: Project) -> str:
    """Return the address of *source* in *project*'s site, or an empty string."""
    pattern = pattern_of(source, project)
    if not pattern or (project.tool.name == "jekyll" and source.draft):
        return ""
    values = values_of(source, project)
    wanted = {match[1] or match[2] for match in PLACEHOLDER.finditer(pattern)}
    if not wanted <= values.keys() | {"date"}:
        return ""

    def value(match: re.Match[str]) -> str:
        found = values.get(match[1] or match[2], "")
        date = source.reading.front_matter.date
        return date.strftime(match[3]) if match[3] and date else found

    language = source.language if project.tool.name in {"hugo", "zola"} else None
    usual = project.config.get("defaultContentLanguage", project.config.get("default_language"))
    above = f"/{language}/" if language and language != (usual or "en") else "/"
    return re.sub(r"/{2,}", "/", above + PLACEHOLDER.sub(value, pattern))


def pattern_of(source: Source, project: Project) -> str:
    """Return the pattern that the project's configuration has, or else its tool."""
    config, tool = project.config, project.tool
    if tool.name == "jekyll":
        pattern = str(config.get("permalink", "date"))
        return str(config.get("baseurl") or "") + JEKYLL_STYLES.get(pattern, pattern)
    if tool.name == "pelican":
        return str(config.get("ARTICLE_URL", tool.address))
    if tool.name == "hugo":
        permalinks: Any = config.get("permalinks", {})
        permalinks = permalinks.get("page", permalinks) if isinstance(permalinks, dict) else {}
        found = permalinks.get(source.collection) if isinstance(permalinks, dict) else None
        if isinstance(found, str):
            return found if found.endswith(("/", ".html")) else f"{found}/"
        ugly = config.get("uglyURLs", config.get("uglyurls")) is True
        return "/{folder}/{slug}.html" if ugly else tool.address
    return tool.address


def values_of(source: Source, project: Project) -> dict[str, str]:
    """Return what a placeholder of an address stands for."""
    front_matter, date = source.reading.front_matter, source.reading.front_matter.date
    base = source.section
    slug = source.slug
    if project.tool.name == "zola":
        slug, base = plain_slug(slug), "/".join(map(plain_slug, base.split("/")))
    elif project.tool.name == "pelican" and not front_matter.slug:
        slug = plain_slug(front_matter.title or source.slug)
    elif project.tool.name == "hugo":
        base = base.lower()
        slug = slug if front_matter.slug else slug.lower().replace(" ", "-")
    name = source.name.parent if source.is_folder else source.name.with_suffix("")
    values = {
        "folder": base, "collection": source.collection, "slug": slug, "title": slug,
        "path": github_slugs(front_matter.slug or name.as_posix()), "filename": slug,
        "contentbasename": slug, "slugorcontentbasename": slug, "section": source.collection,
        "sections": base, "name": source.name.stem, "output_ext": ".html",
        "categories": "/".join(front_matter.categories).lower(),
        "category": (front_matter.categories or ("",))[0].lower(),
    }  # fmt: skip
    if date is not None:
        parts = {"year": "%Y", "month": "%m", "day": "%d", "y_day": "%j", "i_month": "%-m",
                 "i_day": "%-d", "short_year": "%y", "hour": "%H", "minute": "%M",
                 "second": "%S", "monthname": "%B", "short_month": "%b", "week": "%V"}  # fmt: skip
        values |= {
            name: date.strftime(form.replace("-", "")).lstrip("0" if "-" in form else "")
            for name, form in parts.items()
        }
    return values


def plain_slug(text: str) -> str:
    """Return *text* as Zola and Pelican make slugs of what has a plain spelling."""
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]+", "-", text).strip("-")


def github_slugs(path: str) -> str:
    """Return a path as Astro's glob loader makes an id of it."""
    return "/".join(
        re.sub(r"[^\w\- ]", "", part.lower()).replace(" ", "-") for part in path.split("/")
    )
