"""What reading a notation gives: keys with their values, or why it can't be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from tsuzuri.reading.values import Value


class UnreadableError(Exception):
    """The notation is broken at *line*."""

    def __init__(self, message: str, mend: str, line: int) -> None:
        super().__init__(message)
        self.message, self.mend, self.line = message, mend, line


@dataclass(slots=True)
class Head:
    """The keys of one file."""

    values: dict[str, Value] = field(default_factory=dict)
    twice: list[tuple[str, int, int]] = field(default_factory=list)
    """Key, line of its first and of its second mention."""


def read_headers(text: str, first_line: int) -> Head:
    """Read ``Key: value`` lines; an indented line goes on with the value above it."""
    head = Head()
    last: Value | None = None
    for number, line in enumerate(text.split("\n"), first_line):
        if line.startswith(("    ", "\t")) and last is not None:
            last.data = f"{last.data} {line.strip()}".strip()
            continue
        key, colon, text_value = line.partition(":")
        if not colon:
            continue
        last = Value(text_value.strip(), number, plain=True)
        if key in head.values:
            head.twice.append((key, head.values[key].line, number))
        else:
            head.values[key] = last
    return head
