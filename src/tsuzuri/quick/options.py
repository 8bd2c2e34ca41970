"""docutils' settings, computed once for each set of components.

docutils declares its settings as options of a command line: for every document an option
parser is built from some sixty options, and asked for its defaults (2 of 45 ms a post, twice).
"""

from __future__ import annotations

import os
from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docutils import frontend
from docutils.utils import DependencyList

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Stamp = tuple[tuple[str, int], ...]


def config_stamp() -> Stamp:
    """Return docutils' own configuration files as they are now."""
    found = []
    for path in frontend.OptionParser.get_standard_config_files():
        try:
            found.append((str(path), os.stat(path).st_mtime_ns))  # noqa: PTH116 - once a document
        except OSError:
            continue
    return tuple(found)


def with_values(values: Mapping[str, Any], files: list[str]) -> frontend.Values:
    """Return settings that share nothing mutable with *values*."""
    settings = frontend.Values.__new__(frontend.Values)  # whose __init__ warns of its age
    settings.__dict__ = {
        name: copy(value) if type(value) is list else value for name, value in values.items()
    }
    settings.record_dependencies = DependencyList()
    settings._config_files = list(files)
    return settings


def default_settings(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker :func:`docutils.frontend.get_default_settings`."""

    @lru_cache(maxsize=16)
    def known(components: tuple[Any, ...]) -> frontend.Values:
        return own(*components)  # type: ignore[no-any-return]

    def get_default_settings(*components: Any) -> frontend.Values:
        if not all(isinstance(item, type) for item in components):
            return own(*components)  # type: ignore[no-any-return]
        return with_values(known(components).__dict__, [])

    return get_default_settings


def reading_settings(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker :func:`sphinx.util.docutils._get_settings`: it remembers its last answer.

    All documents of one kind ask for the same, so that the answer of the last one will do as
    long as neither what was asked nor docutils' configuration files have changed.
    """
    last: dict[tuple[type, ...], tuple[tuple[dict[str, Any], bool, Stamp], frontend.Values]] = {}

    def _get_settings(
        *components: Any, defaults: Mapping[str, Any], read_config_files: bool = False
    ) -> frontend.Values:
        kinds = tuple(item if isinstance(item, type) else type(item) for item in components)
        asked = (dict(defaults), read_config_files, config_stamp() if read_config_files else ())
        if kinds not in last or last[kinds][0] != asked:
            answer = own(*components, defaults=defaults, read_config_files=read_config_files)
            last[kinds] = (asked, answer)
        answer = last[kinds][1]
        return with_values(answer.__dict__, answer._config_files)

    return _get_settings


def unwarned_copy(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``Values.copy``: docutils' silences all warnings to be silent of its age."""

    def copied(self: frontend.Values) -> frontend.Values:
        if type(self) is not frontend.Values:
            return own(self)  # type: ignore[no-any-return]
        settings = frontend.Values.__new__(frontend.Values)
        settings.__dict__ = dict(self.__dict__)
        if self.__dict__["record_dependencies"] is None:
            settings.record_dependencies = DependencyList()
        return settings

    return copied


SHORTCUTS = (
    Shortcut("docutils", ">=0.21,<0.23", "docutils.frontend", "get_default_settings",
             default_settings),
    Shortcut("myst-parser", ">=5.2,<5.3", "myst_parser.mdit_to_docutils.base",
             "get_default_settings", default_settings),
    Shortcut("docutils", ">=0.21,<0.23", "docutils.frontend", "Values.copy", unwarned_copy),
    Shortcut("sphinx", ">=9.0,<9.1", "sphinx.util.docutils", "_get_settings", reading_settings),
)  # fmt: skip
