"""Events and messages of a debug log that no one reads.

Sphinx makes a record of every debug message, some ten a page, before its handlers drop them.
For the same log, Sphinx describes the arguments of every event with ``repr``, also when there
is no such log: the whole context of each page, with all posts of a list, several times a page.
With 540 posts that was an eighth of a build after one edit, and it grew with their square.
"""

from __future__ import annotations

from logging import DEBUG, getLogger
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError, SphinxError
from sphinx.locale import __
from sphinx.util.inspect import safe_getattr
from sphinx.util.logging import NAMESPACE, VERBOSITY_MAP

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable

DEBUG_VERBOSITY = 2
"""From ``-vv`` on, Sphinx shows its debug log."""


def hear(verbosity: int) -> None:
    """Have Sphinx make only records that a build as talkative as *verbosity* shows."""
    getLogger(NAMESPACE).setLevel(VERBOSITY_MAP[max(verbosity, 0)] or DEBUG)


def undescribed(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``EventManager.emit``; with a debug log it is Sphinx's."""

    def emit(
        self: Any,
        name: str,
        *args: Any,
        allowed_exceptions: tuple[type[Exception], ...] = (),
    ) -> list[Any]:
        app = self._app
        if app.verbosity >= DEBUG_VERBOSITY:
            return own(self, name, *args, allowed_exceptions=allowed_exceptions)  # type: ignore[no-any-return]
        results = []
        for listener in sorted(self.listeners[name], key=attrgetter("priority")):
            try:
                results.append(listener.handler(app, *args))
            except allowed_exceptions:
                raise
            except SphinxError:
                raise
            except Exception as error:
                if self._reraise_errors:
                    raise
                raise ExtensionError(
                    __("Handler %r for event %r threw an exception") % (listener.handler, name),
                    error,
                    modname=safe_getattr(listener.handler, "__module__", None),
                ) from error
        return results

    return emit


SHORTCUTS = (
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.events", "EventManager.emit", undescribed),
)  # fmt: skip
