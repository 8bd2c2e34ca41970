"""``tsuzuri serve``: look at the site while writing it."""

from __future__ import annotations

import errno
import os
import socket
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tsuzuri.workshop.live.build import Outcome, Workshop
    from tsuzuri.workshop.live.server import News

FOLDER = Path("_build") / "serve"
"""Where the site is built: apart from what is published, since drafts are in it."""
PORT = 8000
PORTS_TRIED = 50
PAGES_NAMED = 4


@click.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path()
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=PORT, show_default=True, help="Port; if it is taken, the next.")
@click.option("--drafts/--no-drafts", default=True, show_default=True, help="Show drafts too.")
@click.option("--open", "opens", is_flag=True, help="Open the site in the browser.")
def serve(folder: Path, host: str, port: int, drafts: bool, opens: bool) -> None:
    """Show the site and follow its files."""
    try:
        import uvicorn  # noqa: PLC0415 - an extra: said below when it is not there

        from tsuzuri.workshop.live.build import Workshop  # noqa: PLC0415 - as above
        from tsuzuri.workshop.live.server import News, application  # noqa: PLC0415 - as above
    except ModuleNotFoundError as error:
        message = (
            f"{error.name} is not installed; the live server needs: pip install tsuzuri[serve]"
        )
        raise click.ClickException(message) from error
    source = folder.resolve()
    if not (source / "conf.py").is_file():
        raise click.ClickException(f"{source} has no conf.py; give the folder of the site")
    out = source / FOLDER / "html"
    shop = Workshop(source, out, source / FOLDER / "doctrees", {"tsuzuri_drafts": drafts})
    news = News()
    listener = listen(host, port)
    address = f"http://{named(host)}:{listener.getsockname()[1]}/"
    first = shop.build(parallel=os.cpu_count() or 1)
    click.echo(summary(first, "Built the site"))
    tell(news, first)
    stop = threading.Event()
    follower = threading.Thread(target=follow, args=(shop, news, first, stop), daemon=True)
    follower.start()
    click.echo(f"Serving {address} (stop with Ctrl+C)")
    if opens:
        click.launch(address)
    config = uvicorn.Config(
        application(out, news, host), log_level="error", timeout_graceful_shutdown=1, lifespan="off"
    )
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        follower.join(timeout=10)


def named(host: str) -> str:
    """Return *host* as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def listen(host: str, port: int) -> socket.socket:
    """Return a socket on *port* of *host*, or on the next that is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in range(port, min(port + PORTS_TRIED, 65536)):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, number))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE:
                raise click.ClickException(f"can't listen on {host}: {error.strerror}") from error
            click.echo(f"Port {number} is in use; trying {number + 1}.")
            continue
        return listener
    raise click.ClickException(f"no free port from {port} on; give one with --port")


def follow(shop: Workshop, news: News, first: Outcome, stop: threading.Event) -> None:
    """Build after each change, and index in between, until *stop* is set."""
    from tsuzuri.workshop.live.watch import changes  # noqa: PLC0415 - an extra, checked by serve

    indexing = Indexing(first)
    for batch in changes(shop.source, (shop.out.parent,), stop):
        news.tell(building=True)
        outcome = shop.build(batch, written=lambda: news.tell(build=time.monotonic_ns()))
        names = ", ".join(sorted(path.name for path in batch)[:PAGES_NAMED])
        more = f" and {len(batch) - PAGES_NAMED} more" if len(batch) > PAGES_NAMED else ""
        click.echo(summary(outcome, f"{names}{more}"))
        assets = any(path.suffix not in {".md", ".rst"} for path in batch)
        tell(news, outcome, assets=assets)
        indexing.start(outcome)
    indexing.wait()


def tell(news: News, outcome: Outcome, *, assets: bool = False) -> None:
    """Pass the outcome of a build on to the browsers."""
    now = time.monotonic_ns()
    state = {"assets": now} if assets and not outcome.failed else {}
    news.tell(
        build=now,
        building=False,
        headline=headline(outcome),
        complaints=[item.plain() for item in outcome.complaints],
        **state,
    )


def headline(outcome: Outcome) -> str:
    """Return what is the matter, in a line."""
    count = len(outcome.complaints)
    if outcome.failed:
        return "The build failed; the pages are those of the build before."
    return "" if not count else f"{count} warning{'s' * (count != 1)}"


def summary(outcome: Outcome, what: str) -> str:
    """Return a line for the terminal, and one for each complaint."""
    clock = time.strftime("%H:%M:%S")
    count = len(outcome.written)
    result = "failed" if outcome.failed else f"{count} page{'s' * (count != 1)} written"
    shown = f"shown after {outcome.shown_after:.2f} s, " if outcome.shown_first else ""
    lines = [f"{clock} {what}: {shown}{result} in {outcome.seconds:.2f} s"]
    lines += [f"  {item}" for item in outcome.complaints]
    return "\n".join(lines)


class Indexing:
    """The search, brought up to date beside the builds, one index at a time."""

    def __init__(self, first: Outcome) -> None:
        self.thread: threading.Thread | None = None
        self.waiting: Outcome | None = None
        self.lock = threading.Lock()
        self.start(first)

    def start(self, outcome: Outcome) -> None:
        """Index what *outcome* left to be indexed, after what is being indexed now."""
        if outcome.index is None:
            return
        with self.lock:
            self.waiting = outcome
            if self.thread is None:
                self.thread = threading.Thread(target=self.work, daemon=True)
                self.thread.start()

    def work(self) -> None:
        """Index until nothing waits; of those that wait, only the last counts."""
        while True:
            with self.lock:
                outcome, self.waiting = self.waiting, None
                if outcome is None or outcome.index is None:
                    self.thread = None
                    return
            start = time.perf_counter()
            try:
                made = outcome.index()
            except Exception as error:
                click.echo(f"{time.strftime('%H:%M:%S')} search: {error}")
                continue
            if made:
                seconds = time.perf_counter() - start
                click.echo(f"{time.strftime('%H:%M:%S')} search: indexed in {seconds:.2f} s")

    def wait(self) -> None:
        """Wait until what was begun is done."""
        thread = self.thread
        if thread is not None:
            thread.join(timeout=10)
