"""``tsuzuri check``: all that is wrong in the posts, without a build."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsuzuri.posts.clock import build_time
from tsuzuri.reading.fetched import read_manifest
from tsuzuri.workshop.checking.alone import check_page
from tsuzuri.workshop.checking.links import check_links, check_pictures, directory_of
from tsuzuri.workshop.checking.pages import read_pages
from tsuzuri.workshop.checking.remote import check_remote
from tsuzuri.workshop.checking.severity import severity
from tsuzuri.workshop.checking.show import FORMATS
from tsuzuri.workshop.checking.together import check_posts
from tsuzuri.workshop.site import CannotRunError, find_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tsuzuri.problems import Finding
    from tsuzuri.workshop.checking.pages import Pages
    from tsuzuri.workshop.site import Site


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True,
    help="For people, for programs, or as annotations of a GitHub workflow.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Count advice as a problem, too.")
def check(paths: tuple[Path, ...], form: str, *, strict: bool) -> None:
    """Tell what is wrong in the posts.

    Each finding has its file and line, and says how to mend it: front matter, links and
    anchors, images, tags spelt in two ways, series with gaps, titles and slugs that occur
    twice, headings, descriptions, dates, HTML that Markdown has an equal for. PATHS limit
    what is told, not what is looked at.

    suppress_warnings in conf.py, as in "tsuzuri.missing-description", silences a problem
    here, too. The exit status is 1 when there are errors or warnings, 2 when the check
    could not run.
    """
    site = find_site()
    wanted = [relative_to_site(path, site) for path in paths]
    pages = read_pages(site)
    findings = [
        finding
        for finding in find_all(pages, site, build_time())
        if not wanted or any(is_below(finding.path, path) for path in wanted)
    ]
    findings.sort(key=lambda finding: (finding.path, finding.line or 0, finding.problem.value))
    colour = False if os.environ.get("NO_COLOR") else None
    click.echo(FORMATS[form](findings, len(pages.pages) + len(pages.unreadable)), color=colour)
    weights = {severity(finding.problem) for finding in findings}
    sys.exit(1 if weights - (set() if strict else {"advice"}) else 0)


def find_all(pages: Pages, site: Site, now: datetime) -> Iterator[Finding]:
    """Yield every finding that conf.py does not silence."""
    silenced = set(site.conf.get("suppress_warnings", ()))
    if "tsuzuri" in silenced or "tsuzuri.*" in silenced:
        return
    for finding in every(pages, site, now):
        if f"tsuzuri.{finding.problem.value}" not in silenced:
            yield finding


def every(pages: Pages, site: Site, now: datetime) -> Iterator[Finding]:
    """Yield what each rule finds."""
    yield from pages.unreadable
    directory = directory_of(pages, site, now)
    seen: dict[Path, str] = {}
    fetched = read_manifest(site.root)
    for page in pages.pages:
        yield from check_page(page, now)
        yield from check_links(page, pages, directory)
        yield from check_pictures(page, site.root, seen)
        yield from check_remote(page, fetched)
    yield from check_posts(pages.posts)


def relative_to_site(path: Path, site: Site) -> str:
    """Return *path* as findings name files."""
    if not path.exists():
        raise CannotRunError(f"{path} does not exist")
    try:
        return path.resolve().relative_to(site.root.resolve()).as_posix()
    except ValueError:
        raise CannotRunError(f"{path} is not in the site at {site.root}") from None


def is_below(path: str, folder: str) -> bool:
    """Say whether *path* is *folder*, or in it."""
    return folder in {".", path} or path.startswith(f"{folder}/")
