"""The list of what other projects can point at, written at once.

Sphinx quotes a document's address for each object in it and compresses line by line; a thousand
posts have ten thousand objects (a tenth of a build after one edit).
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

HEAD = """\
# Sphinx inventory version 2
# Project: {project}
# Version: {version}
# The remainder of this file is compressed using zlib.
"""


def at_once(_own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``InventoryFile.dump``."""

    def dump(filename: Any, env: BuildEnvironment, builder: Builder) -> None:
        project, version = (
            re.sub("\\s+", " ", text) for text in (env.config.project, env.config.version)
        )
        head = HEAD.format(project=project, version=version).encode()
        compressor = zlib.compressobj(9)
        body = compressor.compress("".join(lines(env, builder)).encode()) + compressor.flush()
        Path(filename).write_bytes(head + body)

    return dump


def lines(env: BuildEnvironment, builder: Builder) -> Iterator[str]:
    """Yield a line for each object of each domain."""
    address = cache(builder.get_target_uri)
    for domain in env.domains.sorted():
        for name, shown, kind, docname, anchor, priority in sorted(domain.get_objects()):
            place = f"{anchor.removesuffix(name)}$" if anchor.endswith(name) else anchor
            uri = f"{address(docname)}#{place}" if place else address(docname)
            title = "-" if shown == name else shown
            yield f"{name} {domain.name}:{kind} {priority} {uri} {title}\n"


SHORTCUTS = (
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.util.inventory", "InventoryFile.dump", at_once),
)  # fmt: skip
