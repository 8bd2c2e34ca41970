"""The parts of the sidebar that change with every post, kept right in pages written before.

Latest posts, series, tags and years stand on every page; a new post would have every page of the
site written again.  Each of these parts stands between two marks instead, and when the sidebar has
changed they are put in its place in the pages that this build did not write: the same bytes, by
the same function, at the cost of reading and writing the files.

Where something else may show the sidebar (another theme, a template or a component of the site's
own), it belongs to what every page shows, as before.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from markupsafe import Markup
from sphinx.util.osutil import relative_uri

from tsuzuri.digests import digest
from tsuzuri.writing.assets import TEMPLATES
from tsuzuri.writing.bundle import is_ours
from tsuzuri.writing.files import listing, now_of_files, write_if_changed
from tsuzuri.writing.freshness import COMMON
from tsuzuri.writing.notes import Note
from tsuzuri.writing.phrases import Phrases
from tsuzuri.writing.sidebar import Sidebar
from tsuzuri.writing.wording import days, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jinja2 import Environment
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

FOLDER = "tsuzuri/side"
CHANGING = tuple(f"{FOLDER}/{name}.html" for name in ("recent", "series", "tags", "archive"))
"""The parts that posts change."""
MAIN = '<main id="main-content"'
"""The sidebar stands before it; what a post writes, after it."""
STATIC = "_static/"
SIDEBAR = "blog_sidebar"
"""What templates call it."""
FIRST = 100
"""Before anything looks at the pages that were written."""


def marks(item: str) -> tuple[str, str]:
    """Return what stands before and after the part that the template *item* makes."""
    name = posixpath.basename(item).removesuffix(".html")
    return f"<!--tz-{name}-->", f"<!--/tz-{name}-->"


def replaced(page: str, parts: Mapping[str, str]) -> str:
    """Return *page* with these *parts*, by their templates, in the places that it has for them."""
    head, main, rest = page.partition(MAIN)
    for item, part in parts.items():
        opening, closing = marks(item)
        start = head.find(opening)
        end = head.find(closing, start)
        if start >= 0 and end >= 0:
            head = head[:start] + part + head[end + len(closing) :]
    return head + main + rest


@dataclass
class ChangingParts:
    """The changing parts of one build, as pages of each folder show them."""

    sidebar: Sidebar = field(default_factory=Sidebar)
    made: defaultdict[str, dict[str, Markup]] = field(default_factory=lambda: defaultdict(dict))
    phrases: Phrases = field(default_factory=Phrases)
    begun_ns: int = 0
    """A page that is younger was written with this sidebar."""

    def begin(self, app: Sphinx, sidebar: Sidebar) -> None:
        """Start with what is shown now."""
        self.sidebar = sidebar
        self.made.clear()
        self.begun_ns = now_of_files(Path(app.doctreedir))

    def part(self, app: Sphinx, pagename: str, item: str) -> Markup:
        """Return the part that the template *item* makes for a page, between its marks.

        Pages of one folder share them; one that the sidebar leads to says so there.
        """
        builder = cast("StandaloneHTMLBuilder", app.builder)
        address = builder.get_target_uri(pagename)
        own = pagename in self.sidebar.pages
        known = self.made[address if own else f"{posixpath.dirname(address)}/*"]
        if item not in known:
            template = environment_of(app).get_template(item)
            text = template.render(
                {
                    SIDEBAR: self.sidebar,
                    "pagename": pagename,
                    "pathto": path_from(builder, address),
                    "phrases": self.phrases.text,
                    "year_name": words(app, None, days())["year_name"],
                }
            )
            known[item] = Markup(text.join(marks(item)))  # noqa: S704 - ours, which escapes
        return known[item]

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Show in every page what the sidebar has now, when it had something else."""
        if exception is not None or not are_replaced(app):
            return
        note: Note[str] = Note(app, "sidebar")
        now = digest(self.sidebar, app.emit_firstresult(COMMON))
        if note.recall() == now:
            return
        note.forget()
        for file, pagename, written_ns in pages_of(app, self.sidebar.pages):
            if written_ns > self.begun_ns:
                continue
            before = file.read_bytes()
            parts = {item: str(self.part(app, pagename, item)) for item in CHANGING}
            after = replaced(before.decode("utf-8", "surrogateescape"), parts)
            write_if_changed(file, after.encode("utf-8", "surrogateescape"))
        note.keep(now)


def pages_of(app: Sphinx, special: Iterable[str]) -> Iterator[tuple[Path, str, int]]:
    """Yield each HTML file of the output, its page's name and its time.

    A *special* page has the name that it has there.
    """
    builder = cast("StandaloneHTMLBuilder", app.builder)
    names = {builder.get_target_uri(name): name for name in special}
    out, suffix = Path(app.outdir), builder.out_suffix
    for path, (_size, written_ns) in sorted(listing(out).items()):
        if path.endswith(suffix) and not path.startswith(STATIC):
            name = path.removesuffix(suffix)
            if builder.name == "dirhtml":
                name = posixpath.dirname(name) or name
            yield out / path, names.get(builder.get_target_uri(name), name), written_ns


def path_from(builder: StandaloneHTMLBuilder, address: str) -> Callable[[str], str]:
    """Return what ``pathto`` is on the page at *address*, as far as pages go."""

    def pathto(pagename: str) -> str:
        uri = relative_uri(address, builder.get_target_uri(pagename)) or "#"
        return address if uri == "#" and not builder.allow_sharp_as_current_path else uri

    return pathto


def environment_of(app: Sphinx) -> Environment:
    """Return where the builder's templates come from."""
    return cast("Environment", app.builder.templates.environment)


def are_ours(app: Sphinx, items: Iterable[str]) -> bool:
    """Return whether the templates *items* are ours, not files of the site's that replace them."""
    environment = environment_of(app)
    found = (environment.get_template(item).filename for item in items)
    return all(Path(file or "").is_relative_to(TEMPLATES) for file in found)


def are_replaced(app: Sphinx) -> bool:
    """Return whether only these parts show the sidebar, so that they can be replaced."""
    config = app.config
    if not is_ours(app) or config.html_output_encoding.lower() not in {"utf-8", "utf8"}:
        return False
    chosen = {item for items in config.html_sidebars.values() for item in items}
    others = [item for item in chosen if not item.startswith(f"{FOLDER}/")]
    blog = "ablog/" in repr((others, config.html_theme_options))
    return not blog and are_ours(app, CHANGING) and not any(map(shows, own_templates(app)))


def own_templates(app: Sphinx) -> Iterator[Path]:
    """Yield the templates of the site's own."""
    for folder in app.config.templates_path:
        yield from Path(app.confdir, folder).rglob("*.html")


def shows(template: Path) -> bool:
    """Return whether a *template* may show what is in the sidebar."""
    return SIDEBAR in template.read_text(encoding="utf-8", errors="replace")
