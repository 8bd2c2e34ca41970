"""``tsuzuri new``: the next post, begun."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from tsuzuri.posts.clock import build_time
from tsuzuri.posts.slugs import slug_of
from tsuzuri.reading import fields
from tsuzuri.reading.unfit import UnfitError
from tsuzuri.workshop.scalars import yaml_line
from tsuzuri.workshop.site import CannotRunError, find_site
from tsuzuri.writing.files import write_if_changed

if TYPE_CHECKING:
    from pathlib import Path

    from tsuzuri.workshop.site import Site

TEMPLATE = """\
---
{{ "title" | line(title) }}
{{ "description" | line("") }}
{{ "date" | line(date) }}
{{ "tags" | line(tags) }}
{%- if draft %}
{{ "draft" | line(true) }}
{%- endif %}
---

"""
"""What a new post holds where the site has no template of its own."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a writer says before the first word."""

    title: str
    slug: str
    date: str
    tags: tuple[str, ...] = ()
    draft: bool = False


@click.command()
@click.argument("title")
@click.option("--slug", help="Last part of the post's address; asked for when not given.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag; may be repeated.")
@click.option("--draft", is_flag=True, help="Keep it out of the built site until you say so.")
@click.option(
    "--folder/--file",
    default=None,
    help="A folder with index.md, for images beside the text, or a single file; "
    "tsuzuri_new_post in conf.py says which it is without this option.",
)
@click.option("--edit", is_flag=True, help="Open it in $EDITOR.")
def new(
    title: str, slug: str | None, tags: tuple[str, ...], *, draft: bool, folder: bool | None,
    edit: bool,
) -> None:  # fmt: skip
    """Start a post.

    It is written to posts/ with today's date in the site's time zone. A slug is taken
    from a title in ASCII; for any other title it is asked for, since romanising Japanese
    is guessing.
    """
    site = find_site()
    slug = check_slug(slug or ask_slug(title))
    today = build_time().astimezone(site.zone).date().isoformat()
    as_folder = site.settings.new_post == "folder" if folder is None else folder
    path = place(site, f"{today}-{slug}", as_folder=as_folder)
    refuse_taken(site, slug)
    start = Start(title, slug, today, tags, draft)
    write_if_changed(path, render(template_of(site), start))
    click.echo(path.relative_to(site.root))
    if edit:
        click.edit(filename=str(path))


def ask_slug(title: str) -> str:
    """Return the slug of a title in ASCII, or else ask for one."""
    proposed = "-".join(re.findall(r"[a-z0-9]+", title.lower())) if title.isascii() else ""
    if not is_terminal():
        if proposed:
            return proposed
        raise CannotRunError(
            "a slug is needed, the last part of the address: --slug my-post "
            "(a Japanese title is not romanised by guess)"
        )
    return str(click.prompt("Slug (the last part of the address)", default=proposed or None))


def is_terminal() -> bool:
    """Tell whether there is somebody to ask."""
    return sys.stdin.isatty()


def check_slug(slug: str) -> str:
    """Return *slug* as the front matter admits it."""
    try:
        return fields.check_slug(slug)
    except UnfitError as error:
        raise CannotRunError(f"the slug {error.message}; {error.mend}") from error


def place(site: Site, name: str, *, as_folder: bool) -> Path:
    """Return the path of the new post."""
    posts = site.root / site.settings.new_post_folder
    path = posts / name / "index.md" if as_folder else posts / f"{name}.md"
    if not path.resolve().is_relative_to(site.root):
        raise CannotRunError(f"tsuzuri_new_post_folder leaves the site: {posts}")
    return path


def refuse_taken(site: Site, slug: str) -> None:
    """Refuse a slug that a file name already stands for."""
    for path in site.sources():
        docname = path.relative_to(site.root).with_suffix("").as_posix()
        if slug_of(docname) == slug and docname.startswith(site.settings.new_post_folder):
            taken = path.relative_to(site.root)
            raise CannotRunError(f"{taken} has the slug {slug} already; give another with --slug")


def template_of(site: Site) -> str:
    """Return the template of new posts, the site's own when it has one."""
    if not site.settings.new_post_template:
        return TEMPLATE
    path = site.root / site.settings.new_post_template
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"tsuzuri_new_post_template can't be read: {error}") from error


def render(template: str, start: Start) -> str:
    """Return the text of the new post."""
    from jinja2 import TemplateError  # noqa: PLC0415 - only when a post is written
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 - likewise

    environment = SandboxedEnvironment(keep_trailing_newline=True, autoescape=False)
    environment.filters["line"] = yaml_line
    values: dict[str, Any] = {
        "title": start.title, "slug": start.slug, "date": start.date,
        "tags": list(start.tags), "draft": start.draft,
    }  # fmt: skip
    try:
        return environment.from_string(template).render(values)
    except TemplateError as error:
        raise CannotRunError(f"the template of new posts: {error}") from error
