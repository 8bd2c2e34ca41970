"""Links that can't be followed, each told with what it may have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsuzuri.posts.references import Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tsuzuri.posts.references import Directory, Reference
    from tsuzuri.problems import Finding


def dead_links(
    table: Mapping[str, Iterable[Reference]], directory: Directory, paths: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield a finding for each reference that can't be followed.

    *table* holds the references of each document, *paths* the file of each document.
    """
    for docname in sorted(table):
        for reference in table[docname]:
            answer = directory.answer(reference, docname)
            if not isinstance(answer, Found):
                yield finding_of(reference, answer, paths[docname])
