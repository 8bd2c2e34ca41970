"""A faster function in place of another package's own, for the versions it is known to equal."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any

from packaging.specifiers import SpecifierSet

from tsuzuri.versions import version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MARK = "__tsuzuri_shortcut__"


@dataclass(frozen=True)
class Shortcut:
    """One function and what stands in for it."""

    package: str
    """The distribution that owns the function."""
    versions: str
    """The versions whose function was compared with ours, a PEP 440 specifier."""
    module: str
    name: str
    """The function's name in *module*, dotted for a method."""
    make: Callable[[Callable[..., Any]], Callable[..., Any]]
    """Gives ours for the package's own."""

    def place(self) -> tuple[Any, str]:
        """Return the module or class that holds the function, and its name there."""
        owner: Any = import_module(self.module)
        *path, last = self.name.split(".")
        for part in path:
            owner = getattr(owner, part)
        return owner, last

    @property
    def fits(self) -> bool:
        """Tell whether the installed version is one that ours was compared with."""
        return version(self.package) in SpecifierSet(self.versions)

    def take(self) -> None:
        """Put ours in place, once."""
        owner, name = self.place()
        own = getattr(owner, name)
        if self.fits and not hasattr(own, MARK):
            ours = wraps(own)(self.make(own))
            setattr(ours, MARK, self)
            setattr(owner, name, ours)

    def leave(self) -> None:
        """Put the package's own back."""
        owner, name = self.place()
        ours = getattr(owner, name)
        if hasattr(ours, MARK):
            setattr(owner, name, ours.__wrapped__)


@contextmanager
def without(shortcuts: Iterable[Shortcut]) -> Iterator[None]:
    """Do without *shortcuts*; those that were in place are put back at the end."""
    taken = [item for item in shortcuts if hasattr(getattr(*item.place()), MARK)]
    for item in taken:
        item.leave()
    try:
        yield
    finally:
        for item in taken:
            item.take()
