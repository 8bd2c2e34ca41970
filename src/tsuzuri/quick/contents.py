"""The contents of documents (``env.tocs``), unpacked when they are asked for.

Sphinx keeps the contents of every document as a tree of nodes in the environment: more than half
of the time in which that is read and written, though a build after an edit asks for one of them.
Here each is kept as it was pickled.  One that was asked for is pickled anew, since Sphinx numbers
sections in place.
"""

from __future__ import annotations

import pickle
from collections.abc import MutableMapping
from typing import TYPE_CHECKING

from docutils import nodes

from tsuzuri.config import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Contents(MutableMapping[str, nodes.bullet_list]):
    """Docname to the contents of the document, as Sphinx's dictionary has them."""

    def __init__(self, kept: Mapping[str, nodes.bullet_list | bytes]) -> None:
        self.kept = dict(kept)
        """Each as nodes, or as these were pickled."""

    def __getitem__(self, docname: str) -> nodes.bullet_list:
        found = self.kept[docname]
        if isinstance(found, bytes):
            found = self.kept[docname] = unpacked(found)
        return found

    def __setitem__(self, docname: str, contents: nodes.bullet_list | bytes) -> None:
        self.kept[docname] = contents

    def __delitem__(self, docname: str) -> None:
        del self.kept[docname]

    def __contains__(self, docname: object) -> bool:
        return docname in self.kept

    def __iter__(self) -> Iterator[str]:
        return iter(self.kept)

    def __len__(self) -> int:
        return len(self.kept)

    def __reduce__(self) -> tuple[type[Contents], tuple[dict[str, bytes]]]:
        return Contents, (self.packed(),)

    def packed(self) -> dict[str, bytes]:
        """Return all as they are pickled."""
        return {
            docname: found if isinstance(found, bytes) else pickle.dumps(found, 5)
            for docname, found in self.kept.items()
        }


def unpacked(kept: bytes) -> nodes.bullet_list:
    """Return the nodes that were pickled."""
    contents: nodes.bullet_list = pickle.loads(kept)  # noqa: S301 - our own
    return contents


def hand_over(env: BuildEnvironment) -> None:
    """Make what another process has read ready to be merged, without unpacking it."""
    if isinstance(env.tocs, Contents):
        env.tocs = env.tocs.packed()  # type: ignore[assignment] # `Contents` takes either


def on_builder_inited(app: Sphinx) -> None:
    """Keep contents packed from now on, or as Sphinx does when the site wants no shortcuts."""
    env = app.env
    if not Settings.of(app.config).shortcuts:
        env.tocs = dict(env.tocs)
    elif not isinstance(env.tocs, Contents):
        env.tocs = Contents(env.tocs)  # type: ignore[assignment] # it acts as the dictionary


def setup_contents(app: Sphinx) -> None:
    """Keep contents packed before anything is read."""
    app.connect("builder-inited", on_builder_inited)
