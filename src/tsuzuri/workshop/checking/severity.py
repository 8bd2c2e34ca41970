"""How much a problem matters: what a check does with each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from tsuzuri.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

Severity = Literal["error", "warning", "advice"]

SEVERITIES: Mapping[Problem, Severity] = MappingProxyType(
    {
        Problem.DATE_ORDER: "warning",
        Problem.DRAFT_LINK: "warning",
        Problem.DUPLICATE_TITLE: "warning",
        Problem.FUTURE_DATE: "advice",
        Problem.HTML_MARKUP: "advice",
        Problem.LARGE_IMAGE: "warning",
        Problem.LONG_DESCRIPTION: "advice",
        Problem.MISSING_ALT: "warning",
        Problem.MISSING_DESCRIPTION: "advice",
        Problem.REMOTE_IMAGE: "advice",
        Problem.SERIES_GAP: "warning",
        Problem.SIMILAR_NAMES: "warning",
        Problem.SKIPPED_LEVEL: "warning",
        Problem.UNKNOWN_KEY: "warning",
    }
)
"""All that is not listed is an error: the page or the link a reader wants is not there."""


def severity(problem: Problem) -> Severity:
    """Return how much *problem* matters."""
    return SEVERITIES.get(problem, "error")
