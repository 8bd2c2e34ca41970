"""Images of other sites that have no copy in ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tsuzuri.problems import Finding, Problem
from tsuzuri.workshop.fetching.wanted import images_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tsuzuri.workshop.checking.pages import Page


def check_remote(page: Page, fetched: Container[str]) -> Iterator[Finding]:
    """Yield the remote images of *page* that are not *fetched*."""
    for address, line in images_of(page):
        if address not in fetched:
            yield page.finding(
                Problem.REMOTE_IMAGE,
                f"readers ask another site for the image {address}",
                "tsuzuri fetch brings it home",
                line,
            )
