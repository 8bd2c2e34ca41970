"""Front matter in YAML.

It is built from the parser's events, not by a loader: every key keeps its line, every scalar
its spelling, and depth and size are bounded while it is read, so that a few lines of aliases
can't become a billion values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from tsuzuri.reading.heads import Head, UnreadableError
from tsuzuri.reading.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml: the same events, more slowly
    from yaml import SafeLoader as Loader  # type: ignore[assignment] # stands in for the C one

MAX_DEPTH = 32
MAX_VALUES = 10_000
STRING_TAG = "tag:yaml.org,2002:str"


class YamlBuilder:
    """Builds values from YAML events, within bounds."""

    def __init__(self, events: Iterator[Any], first_line: int) -> None:
        self.events, self.first_line = events, first_line
        self.anchors: dict[str, tuple[Value, int]] = {}
        self.count = 0
        self.twice: list[tuple[str, int, int]] = []

    def line(self, event: Any) -> int:
        """Return the line of the file on which *event* begins."""
        return self.first_line + int(event.start_mark.line)

    def grow(self, by: int, event: Any) -> None:
        """Count values, those that an alias repeats too."""
        self.count += by
        if self.count > MAX_VALUES:
            message = f"the front matter stands for more than {MAX_VALUES:,} values"
            raise UnreadableError(message, "write it without aliases", self.line(event))

    def value(self, event: Any, depth: int) -> Value:
        """Return the value that begins with *event*."""
        line = self.line(event)
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                message = f"the alias *{event.anchor} has no anchor above it"
                raise UnreadableError(message, "write the value itself", line)
            value, size = self.anchors[event.anchor]
            self.grow(size, event)
            return Value(value.data, line, value.plain)
        if depth > MAX_DEPTH:
            raise UnreadableError("the front matter is nested too deeply", "write it flatter", line)
        if event.tag not in {None, "!", STRING_TAG}:
            raise UnreadableError(f"the YAML tag {event.tag} is not read", "remove it", line)
        before = self.count
        self.grow(1, event)
        if isinstance(event, yaml.ScalarEvent):
            value = Value(event.value, line, bool(event.implicit[0]))
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self.sequence(line, depth)
        else:
            value = self.mapping(line, depth)
        if event.anchor:
            self.anchors[event.anchor] = (value, self.count - before)
        return value

    def sequence(self, line: int, depth: int) -> Value:
        """Return the list whose opening was just read."""
        items = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.value(event, depth + 1))
        return Value(items, line)

    def mapping(self, line: int, depth: int) -> Value:
        """Return the mapping whose opening was just read."""
        members: dict[str, Value] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            at = self.line(event)
            key = self.value(event, depth + 1).data
            member = self.value(next(self.events), depth + 1)
            if not isinstance(key, str):
                raise UnreadableError("a key is not text", "write `key: value`", at)
            member.line = at
            if key in members:
                self.twice.append((key, members[key].line, at))
            else:
                members[key] = member
        return Value(members, line)


def read_yaml(text: str, first_line: int) -> Head:
    """Read YAML that begins on *first_line* of its file."""
    events = yaml.parse(text, Loader)
    builder = YamlBuilder(events, first_line)
    try:
        next(events)
        if isinstance(next(events), yaml.StreamEndEvent):
            return Head()
        root = builder.value(next(events), 0)
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise UnreadableError(
                    "the front matter holds two YAML documents", "keep one", builder.line(event)
                )
    except yaml.MarkedYAMLError as error:
        raise yaml_trouble(error, text, first_line) from None
    except (yaml.YAMLError, UnicodeError) as error:
        raise UnreadableError(
            f"the YAML can't be read: {error}", "correct it", first_line
        ) from None
    if root.is_null:
        return Head()
    if not isinstance(root.data, dict):
        message = f"the front matter is {root.shape}, not `key: value` lines"
        raise UnreadableError(message, "write `title: …` and so on, one key a line", root.line)
    return Head(root.data, builder.twice)


def yaml_trouble(error: yaml.MarkedYAMLError, text: str, first_line: int) -> UnreadableError:
    """Say what *error* means to somebody who writes posts."""
    mark = error.problem_mark or error.context_mark
    lines = text.rstrip("\n").split("\n")
    at = min(mark.line if mark is not None else 0, len(lines) - 1)
    written = lines[at]
    problem = error.problem or error.context or "not YAML"
    key, _, rest = written.partition(": ")
    if "\t" in written[: len(written) - len(written.lstrip())] or "'\\t'" in problem:
        mend = "indent with spaces instead of a tab"
    elif rest and rest[0] not in "\"'[{" and (": " in rest or rest[0] in "@`%&*!|>"):
        escaped = rest.strip().replace("'", "''")
        mend = f"put the value in quotes: {key.strip()}: '{escaped}'"
    else:
        mend = "check quotes, brackets and indentation on this line and the one above"
    return UnreadableError(f"the YAML can't be read: {problem}", mend, first_line + at)
