"""Posts that are not published are no documents of the build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsuzuri.config import Settings
from tsuzuri.posts.clock import build_time
from tsuzuri.posts.domain import PostDomain
from tsuzuri.posts.publication import Publication, look_again
from tsuzuri.reading.sources import SourceDomain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

ALWAYS_WITHHELD = frozenset({Publication.UNREADABLE})
SUFFIXES = (".md", ".markdown")


def on_env_get_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Take posts that are not published now out of the sets of what there is to read."""
    settings = Settings.of(app.config)
    data = PostDomain.of(env).data
    sources = SourceDomain.of(env)
    files = {
        docname: (sources.file(docname), sources.path(docname))
        for docname in env.found_docs
        if sources.path(docname).endswith(SUFFIXES)
    }
    data["sightings"] = look_again(
        files, data["sightings"], patterns=app.config.blog_post_pattern, zone=settings.zone
    )
    now = build_time()
    shown = set(Publication) - ALWAYS_WITHHELD if settings.drafts else {Publication.PUBLISHED}
    withheld = {
        docname
        for docname, sighting in data["sightings"].items()
        if sighting.publication(now) not in shown
    }
    env.project.docnames -= withheld
    added -= withheld
    changed -= withheld
    removed |= withheld & env.all_docs.keys()
    return []


def setup_drafts(app: Sphinx) -> None:
    """Withhold what is not published, before other handlers see what there is to read."""
    app.connect("env-get-outdated", on_env_get_outdated, priority=100)
