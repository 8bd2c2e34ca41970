"""Writes ``_headers``, the file from which hosts such as Netlify take a site's headers.

What the policy has to admit is read off the built pages, whatever template or extension they
are from.  Only pages that changed are read: what the others need is kept beside the environment.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError
from sphinx.util.parallel import parallel_available

from tsuzuri.config import Settings
from tsuzuri.quick.crew import shared_out
from tsuzuri.writing.canonical import brought_by_user, is_site
from tsuzuri.writing.files import listing, write_if_changed
from tsuzuri.writing.notes import Note
from tsuzuri.writing.outputs import EVENT
from tsuzuri.writing.policy import BASE, COMMENTS, OTHERS, Needs, headers, needs_of, policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config

Pages = dict[str, list[Any]]
"""Name of a page to its stamp and its needs, as JSON has them."""
FILE = "_headers"
STATIC = "_static/"
"""Below it are no pages: what is HTML there is templates of the theme."""
MANY = 300
"""So many pages are read sooner by several processes than by one."""
MEANWHILE = 845
"""Before the search index is waited for."""
LAST = 920
"""After all that writes pages, and the removal of those that are no more."""


def looked_at(out: Path, known: Pages, *, scripts_in_posts: bool, processes: int = 1) -> Pages:
    """Return what each page below *out* needs; those that are as *known* are not read."""
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
    return {
        name: [stamp, found[name]] if name in found else known[name]
        for name, stamp in stamps.items()
    }


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


class HeadersFile:
    """The file of one build."""

    def __init__(self) -> None:
        self.kept: Pages = {}
        """What is remembered of the build before."""
        self.pages: Pages = {}

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Recall what is known of the pages; read them now, beside the indexing, if it is nothing.

        When another question was asked then, nothing is known.
        """
        if exception is not None or not is_wanted(app):
            return
        asked, self.kept = note_of(app).recall() or (None, {})
        if asked != Settings.of(app.config).allow_scripts:
            self.kept = {}
        self.pages = self.kept or self.look(app)

    def on_all_written(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the file when all pages are there."""
        if exception is not None or not is_wanted(app):
            return
        settings = Settings.of(app.config)
        self.pages = self.look(app)
        if self.pages != self.kept:
            note_of(app).keep((settings.allow_scripts, self.pages))
        needs: Needs = frozenset(
            (name, source) for _stamp, found in self.pages.values() for name, source in found
        )
        if settings.giscus:
            needs |= COMMENTS
        write_if_changed(Path(app.outdir) / FILE, headers(policy(needs, settings.content_policy)))

    def look(self, app: Sphinx) -> Pages:
        """Return what the pages need that are there by now."""
        scripts = Settings.of(app.config).allow_scripts
        out = Path(app.outdir)
        return looked_at(out, self.pages, scripts_in_posts=scripts, processes=app.parallel)


def note_of(app: Sphinx) -> Note[tuple[bool, Pages]]:
    """Return whether scripts in posts count, and what each page needs."""
    return Note(app, "policy")


def on_outputs(app: Sphinx) -> list[str]:
    """Name the file."""
    return [FILE] if is_wanted(app) else []


def setup_headers_file(app: Sphinx) -> None:
    """Tell hosts that read a headers file what browsers are to refuse."""
    app.connect("config-inited", on_config_inited, priority=110)
    file = HeadersFile()
    app.connect("build-finished", file.on_build_finished, priority=MEANWHILE)
    app.connect("build-finished", file.on_all_written, priority=LAST)
    app.connect(EVENT, on_outputs)
