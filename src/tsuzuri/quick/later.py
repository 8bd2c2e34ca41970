"""What others import and a build seldom uses, loaded when it is first used.

The theme imports Beautiful Soup for a navigation that our layout has not, and that imports Soup
Sieve, which compiles its expressions: a sixteenth of a build that changes nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SELDOM_USED = {"bs4": "soupsieve"}
"""A package, and what it imports that is loaded later."""


class LateFinder:
    """Finds one module, as Python does, and has it loaded when someone asks it for something."""

    def __init__(self, late: str) -> None:
        self.late = late

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: object = None
    ) -> ModuleSpec | None:
        """Return how the module is loaded; nothing for any other, which Python finds itself."""
        del target
        spec = PathFinder.find_spec(name, path) if name == self.late else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def import_early(name: str, late: str) -> None:
    """Import the package *name*, if there is one; what it imports as *late* is loaded later."""
    finder = LateFinder(late)
    sys.meta_path.insert(0, finder)
    try:
        import_module(name)
    except ImportError:
        return  # whoever needs it says so
    finally:
        sys.meta_path.remove(finder)
