"""Findings for people, for programs and for GitHub."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import click

from tsuzuri.workshop.checking.severity import severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tsuzuri.problems import Finding
    from tsuzuri.workshop.checking.severity import Severity

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "advice": "cyan"}
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "advice": "notice"}
"""What GitHub calls them."""


def as_text(findings: Sequence[Finding], files: int) -> str:
    """Return one paragraph a finding, and a line that sums up."""
    lines = []
    for finding in findings:
        weight = severity(finding.problem)
        place = click.style(f"{finding.path}:{finding.line or 1}", bold=True)
        label = click.style(weight, fg=COLOURS[weight])
        lines.append(f"{place}: {label}: {finding.message} [{finding.problem.value}]")
        lines.append(f"    {finding.mend}")
    lines.append(summary(findings, files))
    return "\n".join(lines)


def summary(findings: Sequence[Finding], files: int) -> str:
    """Return what was found, in one line."""
    counts = Counter(severity(finding.problem) for finding in findings)
    parts = [
        f"{counts[weight]} {weight}{'s' if counts[weight] != 1 and weight != 'advice' else ''}"
        for weight in COLOURS
        if counts[weight]
    ]
    checked = f"{files} file{'s' if files != 1 else ''}"
    return f"{', '.join(parts)} in {checked}" if parts else f"{checked}: nothing to mend"


def as_json(findings: Sequence[Finding], files: int) -> str:
    """Return an object: how many files were checked, and each finding."""
    return json.dumps(
        {
            "files": files,
            "findings": [
                {
                    "path": finding.path,
                    "line": finding.line or 1,
                    "severity": severity(finding.problem),
                    "problem": finding.problem.value,
                    "message": finding.message,
                    "mend": finding.mend,
                }
                for finding in findings
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def as_github(findings: Sequence[Finding], files: int) -> str:
    """Return workflow commands, which GitHub shows beside the lines of a pull request.

    See https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions.
    """
    lines = []
    for finding in findings:
        properties = {
            "file": finding.path,
            "line": str(finding.line or 1),
            "title": f"tsuzuri {finding.problem.value}",
        }
        joined = ",".join(
            f"{key}={escaped(value).replace(':', '%3A').replace(',', '%2C')}"
            for key, value in properties.items()
        )
        level = LEVELS[severity(finding.problem)]
        lines.append(f"::{level} {joined}::{escaped(str(finding))}")
    lines.append(summary(findings, files))
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Return *text* as a workflow command carries it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMATS = {"text": as_text, "json": as_json, "github": as_github}
