"""Around a post's text: a word on its age, and comments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sphinx.errors import ConfigError

from tsuzuri.config import Settings
from tsuzuri.posts.clock import build_time
from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.freshness import EVENT as SHOWN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from tsuzuri.posts.model import Post

REQUIRED = ("repo", "repo_id", "category", "category_id")
DEFAULTS = {
    "mapping": "specific",
    "strict": "1",
    "reactions_enabled": "1",
    "emit_metadata": "0",
    "input_position": "top",
    "loading": "lazy",
}


def age_years(post: Post, now: datetime) -> int:
    """Return how many full years ago *post* was last worth reading again."""
    then = post.changed
    return now.year - then.year - ((now.month, now.day) < (then.month, then.day))


def told_age(post: Post, now: datetime, threshold: int) -> int:
    """Return the age in years that the post's page tells; 0 when it tells none."""
    age = age_years(post, now.astimezone(post.date.tzinfo))
    return age if threshold > 0 and age >= threshold else 0


def giscus_attributes(settings: Mapping[str, str], post: Post) -> dict[str, str]:
    """Return the attributes of giscus's script for the comments on *post*.

    Unless the settings choose another mapping, the discussion is found by the post's slug: it
    stays the same when the site moves.
    """
    chosen = {**DEFAULTS, "lang": post.language, **settings}
    if chosen["mapping"] == "specific":
        chosen.setdefault("term", post.slug)
    return {f"data-{name.replace('_', '-')}": value for name, value in sorted(chosen.items())}


def on_config_inited(_app: Sphinx, config: Config) -> None:
    """Refuse settings with which giscus shows an error to readers."""
    given = config.tsuzuri_giscus
    missing = [name for name in REQUIRED if given and not given.get(name)]
    if missing:
        raise ConfigError(
            f"tsuzuri_giscus: {', '.join(missing)} missing; https://giscus.app shows all four "
            "values for your repository"
        )


def on_shown(app: Sphinx, env: BuildEnvironment) -> dict[str, int]:
    """Say which age each post's page tells: it grows without any file changing."""
    threshold, now = Settings.of(app.config).old_post_years, build_time()
    posts = PostDomain.of(env).posts
    return {docname: told_age(post, now, threshold) for docname, post in posts.items()}


def on_html_page_context(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Give the post's templates its age and its comments."""
    post = PostDomain.of(app.env).posts.get(pagename)
    if post is None or not is_site(app):
        return
    settings = Settings.of(app.config)
    context["age_years"] = told_age(post, build_time(), settings.old_post_years)
    if settings.giscus and post.comments and not post.draft:
        context["giscus"] = json.dumps(
            giscus_attributes(settings.giscus, post), ensure_ascii=False, sort_keys=True
        )


def setup_post_notices(app: Sphinx) -> None:
    """Register the notice on old posts and comments."""
    app.connect("config-inited", on_config_inited)
    app.connect(SHOWN, on_shown)
    app.connect("html-page-context", on_html_page_context)
