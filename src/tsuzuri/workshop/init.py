"""``tsuzuri init``: a blog of one's own, begun."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import click

from tsuzuri import __version__
from tsuzuri.posts.clock import build_time
from tsuzuri.workshop.scalars import yaml_value
from tsuzuri.workshop.site import CannotRunError, read_site
from tsuzuri.writing.files import write_if_changed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

START = files("tsuzuri.workshop") / "start"
"""The files of a new blog. A name's `dot-` is a dot, its `DATE` the day; `.tmpl` is taken off."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="Name of the blog; the folder's name when not given.")
@click.option("--author", default="", help="Your name.")
@click.option(
    "--url", default="", metavar="URL", help="Where it will be, as in https://blog.example/."
)
def init(folder: Path, title: str | None, author: str, url: str) -> None:
    """Start a blog of your own in a new folder.

    It gets a conf.py, a front page, one post, a Makefile, and what Read the Docs and
    GitHub need to build it. FOLDER must be new or empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotRunError(f"{folder} is there already and not empty")
    if url and not url.startswith(("http://", "https://")):
        raise CannotRunError(f"{url} is no web address; write it with https://")
    name = title or folder.resolve().name
    values = {
        "title": repr(name), "heading": name, "author": repr(author or name),
        "url": repr(url and f"{url.rstrip('/')}/"), "version": __version__,
        "author_yaml": yaml_value(author or name),
    }  # fmt: skip
    write_start(folder, values)
    click.echo(f"{folder} is a blog now. Next:\n  cd {folder}\n  make serve")


def write_start(folder: Path, values: dict[str, str]) -> None:
    """Write the files of a new blog, with *values* in their places."""
    texts = list(start_files(START, ""))
    for path, text in texts:
        if path == "conf.py":
            write_if_changed(folder / path, Template(text).substitute(values))
    today = build_time().astimezone(read_site(folder.resolve()).zone).date().isoformat()
    for path, text in texts:
        place = folder / path.replace("DATE", today)
        write_if_changed(place, Template(text).substitute({**values, "date": today}))


def start_files(folder: Traversable, above: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file to begin with."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = above + item.name.replace("dot-", ".", 1).removesuffix(".tmpl")
        if item.is_dir():
            yield from start_files(item, f"{name}/")
        else:
            yield name, item.read_text(encoding="utf-8")
