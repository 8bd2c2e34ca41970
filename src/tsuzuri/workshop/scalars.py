"""Front matter written by us: one line of YAML a key."""

from __future__ import annotations

from typing import Any

import yaml


def yaml_line(key: str, value: Any) -> str:
    """Return ``key: value`` as one line of YAML, quoted only where it has to be.

    >>> yaml_line("title", "Rust: 入門"), yaml_line("tags", ["a", "C#"]), yaml_line("draft", True)
    ("title: 'Rust: 入門'", 'tags: [a, C#]', 'draft: true')
    >>> yaml_line("description", ""), yaml_line("date", "2024-09-12")
    ('description:', 'date: 2024-09-12')
    """
    return f"{key}: {yaml_value(value)}".rstrip()


def yaml_value(value: Any) -> str:
    """Return *value* on one line of YAML; dates need no quotes, since they are read as written."""
    if value in ("", None):
        return ""
    if isinstance(value, str) and value[:4].isdecimal() and value[4:5] == "-":
        return value
    dumped = yaml.safe_dump(
        value, allow_unicode=True, default_flow_style=True, width=float("inf"), sort_keys=False
    )
    return dumped.removesuffix("\n").removesuffix("\n...")
