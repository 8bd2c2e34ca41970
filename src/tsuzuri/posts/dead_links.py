"""Links that can't be followed, each told with what it may have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsuzuri.posts.references import Ambiguous, Draft, Found, Unknown
from tsuzuri.problems import Finding, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tsuzuri.posts.references import Answer, Directory, Reference


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


def finding_of(reference: Reference, answer: Answer, path: str) -> Finding:
    """Return what is wrong with *reference*, made in the file at *path*, given its *answer*."""
    target = reference.target + (f"#{reference.anchor}" if reference.anchor else "")
    if isinstance(answer, Draft):
        message = f"the link {target!r} points at {answer.title or answer.docname!r}, a draft"
        mend = "publish that post or take the link out; until then it is shown as text"
        return Finding(Problem.DRAFT_LINK, message, mend, path, reference.line)
    if isinstance(answer, Ambiguous):
        message = f"{target!r} could be any of {', '.join(answer.candidates)}"
        mend = "write as much of the path as makes it clear"
        return Finding(Problem.AMBIGUOUS_LINK, message, mend, path, reference.line)
    nearest = answer.nearest if isinstance(answer, Unknown) else ()
    missing = isinstance(answer, Unknown) and answer.anchor
    what = f"the page has no {reference.anchor!r}" if missing else "there is no such page"
    mend = f"did you mean {' or '.join(map(repr, nearest))}?" if nearest else "correct the link"
    return Finding(
        Problem.DEAD_LINK, f"the link {target!r} is dead: {what}", mend, path, reference.line
    )
