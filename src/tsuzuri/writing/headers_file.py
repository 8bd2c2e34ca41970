"""Writes ``_headers``, the file from which hosts such as Netlify take a site's headers.

What the policy has to admit is read off the built pages, whatever template or extension they
are from.  Only pages that changed are read: what the others need is kept beside the environment.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError
from sphinx.util.parallel import parallel_available

from tsuzuri.config import Settings
from tsuzuri.quick.crew import shared_out
from tsuzuri.writing.canonical import brought_by_user, is_site
from tsuzuri.writing.files import listing, write_if_changed
from tsuzuri.writing.outputs import EVENT
from tsuzuri.writing.policy import BASE, COMMENTS, OTHERS, Needs, headers, needs_of, policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config

FILE = "_headers"
STATIC = "_static/"
"""Below it are no pages: what is HTML there is templates of the theme."""
MANY = 300
"""So many pages are read sooner by several processes than by one."""
LAST = 920
"""After all that writes pages, and the removal of those that are no more."""


def site_needs(out: Path, memory: Path, *, scripts_in_posts: bool, processes: int = 1) -> Needs:
    """Return what the pages below *out* need; those that the *memory* knows are not read."""
    known = load(memory, scripts_in_posts=scripts_in_posts)
    stamps = {
        name: stamp
        for name, stamp in listing(out).items()
        if name.endswith(".html") and not name.startswith(STATIC)
    }

    def read(names: Iterator[str]) -> dict[str, list[tuple[str, str]]]:
        texts = ((name, (out / name).read_text("utf-8", "replace")) for name in names)
        return {
            name: sorted(needs_of(text, scripts_in_posts=scripts_in_posts)) for name, text in texts
        }

    new = [name for name, stamp in stamps.items() if known.get(name, [None])[0] != stamp]
    found = in_processes(new, processes, read)
    pages: dict[str, Any] = {
        name: [stamp, found[name]] if name in found else known[name]
        for name, stamp in stamps.items()
    }
    if pages != known:
        kept = {"scripts_in_posts": scripts_in_posts, "pages": pages}
        write_if_changed(memory, json.dumps(kept, ensure_ascii=False))
    return frozenset((name, source) for _stamp, needs in pages.values() for name, source in needs)


def in_processes(
    names: Sequence[str], processes: int, read: Callable[[Iterator[str]], dict[str, Any]]
) -> dict[str, Any]:
    """Return what *read* finds for *names*, in several *processes* when there are many."""
    if processes < 2 or not parallel_available or len(names) < MANY:  # noqa: PLR2004 - than this one
        return read(iter(names))
    found: dict[str, Any] = {}
    for _names, part in shared_out(names, processes, read, lambda _count: None):
        found |= part
    return found


def load(memory: Path, *, scripts_in_posts: bool) -> dict[str, Any]:
    """Return what is remembered of each page; nothing when another question was asked then."""
    try:
        kept = json.loads(memory.read_text(encoding="utf-8"))
        return dict(kept["pages"]) if kept["scripts_in_posts"] == scripts_in_posts else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def is_wanted(app: Sphinx) -> bool:
    """Return whether this build writes the file."""
    settings = Settings.of(app.config)
    return is_site(app) and settings.headers_file and not brought_by_user(app, FILE)


def on_config_inited(_app: Sphinx, config: Config) -> None:
    """Refuse an addition that would break the policy or say nothing in it."""
    for name, sources in Settings.of(config).content_policy.items():
        if name not in {*BASE, *OTHERS}:
            raise ConfigError(
                f"tsuzuri_content_policy: {name!r} is no directive that lists sources; "
                f"write one of {', '.join(sorted({*BASE, *OTHERS}))}"
            )
        if not isinstance(sources, str) or any(char in sources for char in ";,\r\n"):
            raise ConfigError(
                f"tsuzuri_content_policy: the sources of {name!r} are {sources!r}; "
                'write them as one text, with spaces between, as in "https://a.example data:"'
            )


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Write the file when all pages are there."""
    if exception is not None or not is_wanted(app):
        return
    settings = Settings.of(app.config)
    memory = Path(app.doctreedir) / f"tsuzuri-policy-{app.builder.name}.json"
    needs = site_needs(
        Path(app.outdir),
        memory,
        scripts_in_posts=settings.allow_scripts,
        processes=app.parallel,
    )
    if settings.giscus:
        needs |= COMMENTS
    write_if_changed(Path(app.outdir) / FILE, headers(policy(needs, settings.content_policy)))


def on_outputs(app: Sphinx) -> list[str]:
    """Name the file."""
    return [FILE] if is_wanted(app) else []


def setup_headers_file(app: Sphinx) -> None:
    """Tell hosts that read a headers file what browsers are to refuse."""
    app.connect("config-inited", on_config_inited, priority=110)
    app.connect("build-finished", on_build_finished, priority=LAST)
    app.connect(EVENT, on_outputs)
