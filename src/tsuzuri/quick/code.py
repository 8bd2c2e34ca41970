"""Pygments' formatters, made once for each way of showing code.

A formatter computes the style sheet of all tokens when it is made, and Sphinx makes one for
every block of code (0.5 ms each, half of what highlighting a block costs).
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATTERS = "_tsuzuri_formatters"


def one_formatter(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``get_formatter`` of Sphinx's bridge to Pygments.

    The formatters belong to the bridge, whose style is fixed; one has no state of its own
    between two blocks.
    """

    @wraps(own)
    def get_formatter(self: Any, **options: Any) -> Any:
        known: dict[str, Any] = self.__dict__.setdefault(FORMATTERS, {})
        key = repr(sorted(options.items()))
        if key not in known:
            known[key] = own(self, **options)
        return known[key]

    return get_formatter


SHORTCUTS = (
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.highlighting", "PygmentsBridge.get_formatter",
             one_formatter),
)  # fmt: skip
