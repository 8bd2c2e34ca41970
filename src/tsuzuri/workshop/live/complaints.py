"""What a build complained of, by file and line, until the file is read again."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

ANSI = re.compile(r"\x1b\[[0-9;]*m")
NEXT = re.compile(r"\n(?=\S)")
FORM = re.compile(
    r"(?:(?P<path>.+?)(?::(?P<line>\d+|<[^>]*>))?: )?"
    r"(?P<level>WARNING|ERROR|CRITICAL): (?P<text>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One warning or error."""

    text: str
    path: str = ""
    """Relative to the source folder; empty when it is about no file."""
    line: int | None = None
    fatal: bool = False
    """Whether the build ended with it."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.text}" if place else self.text

    def plain(self) -> dict[str, Any]:
        """Return the complaint as JSON has it."""
        return asdict(self)


def read_complaints(output: str, source: Path) -> Iterator[Complaint]:
    """Yield what Sphinx wrote to its warning stream while building *source*."""
    for item in NEXT.split(ANSI.sub("", output).strip()):
        found = FORM.match(item)
        if found is None:
            if item:
                yield Complaint(item)
            continue
        path = (found["path"] or "").removeprefix(f"{source}/")
        line = int(found["line"]) if (found["line"] or "").isdigit() else None
        yield Complaint(found["text"].strip(), path, line)


def read_exception(error: BaseException, source: Path) -> Complaint:
    """Return why a build ended, with the place in the site's own files if there is one."""
    path, line = "", None
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, SyntaxError) and cause.filename:
            path, line = cause.filename, cause.lineno
        trace = cause.__traceback__
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            if name.startswith(f"{source}/") and "/site-packages/" not in name:
                path, line = name, trace.tb_lineno
            trace = trace.tb_next
        cause = cause.__cause__ or cause.__context__
    if not path and "conf.py" in str(error):
        path = "conf.py"
        found = re.search(r'conf\.py", line (\d+)', str(error))
        line = int(found[1]) if found else None
    text = ANSI.sub("", str(error)).strip() or type(error).__name__
    return Complaint(text, path.removeprefix(f"{source}/"), line, fatal=True)


def still_valid(
    known: Collection[Complaint], looked_at: Collection[str], all_paths: Collection[str]
) -> list[Complaint]:
    """Return those *known* complaints that a build which looked at some paths did not settle."""
    return [
        item
        for item in known
        if not item.fatal and item.path in all_paths and item.path not in looked_at
    ]
