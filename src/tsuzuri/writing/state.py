"""A name for all that the files of a site are made of: in the same state they need not be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.freshness import COMMON
from tsuzuri.writing.notes import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def state_of(app: Sphinx) -> str:
    """Return a name for all that has been read and for what every page shows, settings included.

    It is empty before that is known.
    """
    common = app.emit_firstresult(COMMON)
    return digest(PostDomain.of(app.env).state, common) if common else ""
