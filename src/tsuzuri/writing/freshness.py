"""Which pages have to be written again, and no others.

A page shows more than its own text: its neighbours' titles, who links to it, lists of posts.
For each page a digest of all that is kept beside the environment; when a build finds another
digest than the page was last written with, the page is written.  The digests are put away while
pages are being written: after a build that was killed there are none, and every page is written.

A feature that shows something of other documents on a page adds to the digest by listening to
the event ``tsuzuri-shown``: it returns a mapping of docname to any value with a stable ``repr``;
the name ``*`` stands for every page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tsuzuri.digests import digest
from tsuzuri.posts._ablog import LISTS_POSTS
from tsuzuri.posts.domain import PostDomain
from tsuzuri.posts.references import Found
from tsuzuri.reading import sources
from tsuzuri.writing.files import Listing, listing
from tsuzuri.writing.notes import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.domains.math import MathDomain
    from sphinx.domains.std import StandardDomain
    from sphinx.environment import BuildEnvironment

    from tsuzuri.posts.model import Post
    from tsuzuri.posts.relations import Relations

EVENT = "tsuzuri-shown"
EVERY_PAGE = "*"
COMMON = "tsuzuri-shown-everywhere"
"""An event with the application: answered with the digest of what every page shows."""


class Freshness:
    """The digests of one build."""

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}
        self.common = ""

    def on_env_updated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the documents whose pages show something else than when they were written."""
        shown = [part for part in app.events.emit(EVENT, env) if part]
        self.common = digest([part[EVERY_PAGE] for part in shown if EVERY_PAGE in part])
        # all that `documents_shown` says is in this state
        whole = digest(self.common, shown, PostDomain.of(env).state)
        note = note_of(app)
        written = note.recall() or {}
        note.forget()
        if written.get(EVERY_PAGE) == whole and written.keys() == {EVERY_PAGE, *env.all_docs}:
            self.digests = written
            return []
        shown.append(documents_shown(env))
        self.digests = digests(self.common, env.all_docs, shown) | {EVERY_PAGE: whole}
        return sorted(name for name in env.all_docs if written.get(name) != self.digests[name])

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Keep what the pages were written with."""
        if exception is None and self.digests:
            note_of(app).keep(self.digests)


def note_of(app: Sphinx) -> Note[dict[str, str]]:
    """Return the digest that each page was written with."""
    return Note(app, "shown")


def digests(
    common: str, docnames: Iterable[str], shown: Iterable[Mapping[str, object]]
) -> dict[str, str]:
    """Return a digest of all that *shown* says of each page, and of what is *common* to them."""
    values: dict[str, list[object]] = defaultdict(list)
    for part in shown:
        for docname, value in part.items():
            values[docname].append(value)
    return {name: digest((common, values.get(name, []))) for name in docnames}


def face(post: Post) -> tuple[object, ...]:
    """Return what other pages show of a post."""
    return (post.docname, post.title, post.date, post.updated, post.lead, post.draft, post.image)


def card(post: Post) -> tuple[object, ...]:
    """Return what a list on a page shows of a post, in the site's own format too."""
    people = (post.authors, post.locations, post.language, post.external, post.image_alt)
    return (*face(post), post.slug, post.tags, post.categories, *people, post.reading_minutes)


def on_shown(app: Sphinx, _env: BuildEnvironment) -> dict[str, Any]:
    """Say what every page depends on."""
    return {EVERY_PAGE: (sources.versions(), layout(app), assets(app), settings(app.config))}


def documents_shown(env: BuildEnvironment) -> dict[str, object]:
    """Return what each page shows of its relations and of the targets of its links."""
    domain = PostDomain.of(env)
    faces = {docname: face(post) for docname, post in domain.posts.items()}
    every_post = digest([card(domain.posts[docname]) for docname in sorted(faces)])
    return {
        docname: (
            relations_shown(domain.relations_of(docname), faces),
            answers_shown(domain, docname),
            targets_shown(env, domain.data["targets"].get(docname, ())),
            every_post if env.metadata[docname].get(LISTS_POSTS) else None,
        )
        for docname in env.all_docs
    }


def layout(app: Sphinx) -> list[Listing]:
    """Return size and time of all templates: one that is put back is no newer than its pages."""
    bridge = getattr(app.builder, "templates", None)
    loaders = getattr(bridge, "loaders", ())
    folders = [Path(folder) for loader in loaders for folder in loader.searchpath]
    return [dict(sorted(listing(folder).items())) for folder in folders if folder.is_dir()]


def assets(app: Sphinx) -> list[object]:
    """Return size and time of the site's own style and script files, whose checksums pages name."""
    found: list[object] = []
    for entry in app.config.html_static_path:
        path = Path(app.confdir, entry)
        if path.is_dir():
            found.append(sorted(listing(path).items()))
        elif path.is_file():
            status = path.stat()
            found.append((path.name, status.st_size, status.st_mtime_ns))
    return found


ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def settings(config: Config) -> list[tuple[str, object]]:
    """Return the value of every setting, as far as it is the same in another process."""
    return [(item.name, stable(item.value)) for item in config]


def stable(value: object) -> object:
    """Return *value* with a ``repr`` that hangs neither on addresses nor on a hash seed."""
    if isinstance(value, dict):
        return [(key, stable(item)) for key, item in value.items()]
    if isinstance(value, (list, tuple)):
        return [stable(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(repr(stable(item)) for item in value)
    return ADDRESS.sub("", repr(value))


def relations_shown(
    relations: Relations, faces: Mapping[str, tuple[object, ...]]
) -> tuple[object, ...]:
    """Return the *relations* and the *faces* of all posts that they show."""
    series = relations.series.posts if relations.series else ()
    others = {relations.previous or "", relations.next or "", *series, *relations.related}
    others.update(relations.links)
    others.update(backlink.docname for backlink in relations.backlinks)
    return (relations, sorted(faces[other] for other in others if other in faces))


def answers_shown(domain: PostDomain, docname: str) -> list[object]:
    """Return where each link of the document leads and what its target is called."""
    directory = domain.directory
    shown: list[object] = []
    for reference in domain.data["references"].get(docname, ()):
        answer = directory.answer(reference, docname)
        title = ""
        if isinstance(answer, Found):
            title = directory.anchors.get(answer.docname, {}).get(answer.anchor, "")
            title = title or directory.documents.get(answer.docname, "")
        shown.append((answer, title))
    return shown


def targets_shown(env: BuildEnvironment, targets: Iterable[str]) -> list[object]:
    """Return what Sphinx makes of its own references: page, id, title and number of each."""
    std = cast("StandardDomain", env.get_domain("std"))
    math = cast("MathDomain", env.get_domain("math"))
    shown: list[object] = []
    for target in targets:
        label = std.labels.get(target.lower())
        place = label or std.anonlabels.get(target.lower()) or (target,)
        numbers = env.toc_fignumbers.get(place[0], {})
        number = [ids.get(label[1]) for ids in numbers.values()] if label else []
        shown.append((target, place, number, math.equations.get(target)))
    return shown


def setup_freshness(app: Sphinx) -> None:
    """Write again what shows something new."""
    freshness = Freshness()
    app.add_event(EVENT)
    app.connect(EVENT, on_shown)
    app.add_event(COMMON)
    app.connect(COMMON, lambda _app: freshness.common)
    app.connect("env-updated", freshness.on_env_updated, priority=800)
    app.connect("build-finished", freshness.on_build_finished, priority=950)
