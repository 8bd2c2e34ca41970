"""``tsuzuri fetch``: bring home what posts show of other sites."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from tsuzuri.posts.clock import build_time
from tsuzuri.progress import Progress
from tsuzuri.reading.cards import Card
from tsuzuri.workshop.checking.pages import read_pages
from tsuzuri.workshop.fetching.address import RefusedError
from tsuzuri.workshop.fetching.content import PageFacts, image_of, page_facts
from tsuzuri.workshop.fetching.download import Limits, download
from tsuzuri.workshop.fetching.store import Store
from tsuzuri.workshop.fetching.wanted import Wanted, wanted
from tsuzuri.workshop.site import find_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tsuzuri.workshop.site import Site

IMAGE = "image/avif,image/webp,image/*;q=0.9,*/*;q=0.1"
PAGE = "text/html,application/xhtml+xml;q=0.9"
PAGE_BYTES = 2_000_000
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Task:
    """One address to fetch."""

    kind: str
    url: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """What came for a task; a card may bring an image with it."""

    facts: PageFacts | None = None
    data: bytes = b""
    suffix: str = ""
    lost: str = ""
    """Why a card has no image though its page names one."""


@click.command()
@click.option("--refresh", is_flag=True, help="Fetch again what is there already.")
@click.option("--prune", is_flag=True, help="Remove what no post shows any more.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be fetched.")
@click.option(
    "--allow-private",
    is_flag=True,
    help="Fetch from addresses of private networks too, such as a company's own servers.",
)
@click.option(
    "--max-megabytes",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="Refuse images larger than this.",
)
@click.option(
    "--seconds", type=click.FloatRange(0.1), default=30, show_default=True,
    help="Give up an address after this time.",
)  # fmt: skip
def fetch(
    *, refresh: bool, prune: bool, dry_run: bool, allow_private: bool, max_megabytes: int,
    seconds: float,
) -> None:  # fmt: skip
    """Bring home what posts show of other sites.

    Images of other sites and what link cards say of their pages are put into _fetched/,
    to be committed with the posts; a build never uses the network. Stopped half way, it
    goes on where it was. The exit status is 1 when something could not be fetched.
    """
    site = find_site()
    store = Store(site.root)
    asked = asked_by(site)
    if prune and not dry_run:
        for path in store.prune(set(asked.images), set(asked.cards)):
            click.echo(f"removed {path}")
    tasks = list(tasks_of(asked, store, refresh=refresh))
    if dry_run:
        for task in tasks:
            click.echo(f"{task.kind} {task.url}")
        return
    limits = Limits(max_megabytes * 1_000_000, seconds, private=allow_private)
    failed = run(tasks, store, limits, build_time().astimezone(site.zone).date().isoformat())
    there = len(asked.images) + len(asked.cards) - len(tasks)
    click.echo(f"{len(tasks) - failed} fetched, {there} there already, {failed} failed")
    sys.exit(1 if failed else 0)


def asked_by(site: Site) -> Wanted:
    """Return what the pages of *site* show of others."""
    pages = read_pages(site).pages
    return wanted((page, page.reading.body) for page in pages)


def tasks_of(asked: Wanted, store: Store, *, refresh: bool) -> Iterator[Task]:
    """Yield what is not there yet."""
    kinds: tuple[tuple[str, dict[str, list[str]], Callable[[str], bool]], ...] = (
        ("image", asked.images, store.has_image),
        ("card", asked.cards, store.has_card),
    )
    for kind, addresses, has in kinds:
        for url, files in addresses.items():
            if refresh or not has(url):
                yield Task(kind, url, tuple(dict.fromkeys(files)))


def run(tasks: list[Task], store: Store, limits: Limits, day: str) -> int:
    """Fetch *tasks*, some at once, and keep each as it comes; return how many failed."""
    failed = 0
    with ThreadPoolExecutor(AT_ONCE) as pool, Progress("fetching", len(tasks)) as progress:
        under_way = {pool.submit(bring, task, limits): task for task in tasks}
        for number, done in enumerate(as_completed(under_way), 1):
            task = under_way[done]
            progress.end()
            place = f"[{number}/{len(tasks)}] {task.kind} {task.url}"
            try:
                click.echo(f"{place}: {keep(task, done.result(), store, day)}")
            except (RefusedError, OSError) as error:
                failed += 1
                click.echo(f"{place}: FAILED, {error} ({', '.join(task.files)})", err=True)
            progress.to(number)
    return failed


def bring(task: Task, limits: Limits) -> Brought:
    """Fetch what *task* asks for."""
    if task.kind == "image":
        data, suffix = image_of(download(task.url, IMAGE, limits).data)
        return Brought(data=data, suffix=suffix)
    few = Limits(PAGE_BYTES, limits.seconds, limits.redirects, limits.private)
    facts = page_facts(download(task.url, PAGE, few, cut=True))
    if not facts.image:
        return Brought(facts)
    try:
        data, suffix = image_of(download(facts.image, IMAGE, limits).data)
    except RefusedError as error:
        return Brought(facts, lost=str(error))
    return Brought(facts, data, suffix)


def keep(task: Task, brought: Brought, store: Store, day: str) -> str:
    """Put what was *brought* into the *store*; return what to tell of it."""
    facts = brought.facts
    if facts is None:
        entry = store.keep_image(task.url, brought.data, brought.suffix, day)
        return f"{entry.size:,} bytes, {entry.type}"
    image = None
    if brought.data:
        image = store.keep_image(facts.image, brought.data, brought.suffix, day).path
    store.keep_card(task.url, Card(facts.title, facts.description, facts.site, image, day))
    lost = f" (without its image: {brought.lost})" if brought.lost else ""
    return f"“{facts.title}”{lost}"
