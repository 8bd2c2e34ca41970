"""A name for all that the files of a site are made of: in the same state they need not be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsuzuri.digests import digest
from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.freshness import COMMON

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SHOWN_OF_PAGES = ("description", "robots")
"""What lists show of the metadata of a page that is no post."""


def state_of(app: Sphinx) -> str:
    """Return a name for all that has been read and for what every page shows, settings included.

    It is empty before that is known.
    """
    common = app.emit_firstresult(COMMON)
    return digest(PostDomain.of(app.env).state, common) if common else ""


def listed_state(app: Sphinx) -> str:
    """Return a name for what lists of the whole site show: the same when only a text changed.

    It is empty before that is known.
    """
    common = app.emit_firstresult(COMMON)
    if not common:
        return ""
    env, domain = app.env, PostDomain.of(app.env)
    others = [
        (docname, env.titles[docname].astext(), *map(env.metadata[docname].get, SHOWN_OF_PAGES))
        for docname in sorted(env.all_docs.keys() - domain.posts.keys())
    ]
    return digest(common, sorted(domain.data["faces"].items()), others)
