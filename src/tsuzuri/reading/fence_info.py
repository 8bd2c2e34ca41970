"""What the line that opens a code block says: language, file name, diff, lines.

Zenn (``js:src/app.js``, ``diff js:app.js``), Qiita (``ruby:app.rb``, ``diff_ruby``) and the
generators that writers come from (``js title="app.js" {1,3-5} showLineNumbers``) are all read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ATTRIBUTE = re.compile(r"""([\w-]+)=(?:"([^"]*)"|'([^']*)'|(\S+))""")
LINES = re.compile(r"\{([\d,\s-]+)\}")
FILE_NAME = re.compile(r"(?:[\w@~.()\[\]-]+/)*\.?[\w@()\[\]-]+(?:\.[\w-]+)+\Z")
NUMBERED = frozenset({"linenos", "showLineNumbers", "line-numbers", "lineNumbers", "numberLines"})
TITLES = frozenset({"title", "filename", "file", "name", "caption"})


@dataclass(frozen=True, slots=True)
class FenceInfo:
    """The opening line of a code block, read."""

    language: str = ""
    """As written, or an empty string."""
    filename: str = ""
    diff: bool = False
    """Whether each line starts with ``+``, ``-`` or a space before code in the language."""
    numbered: bool = False
    first_line: int = 1
    emphasized: str = ""
    """Lines to point out, as in ``1,3-5``."""


def parse_fence_info(info: str) -> FenceInfo:
    """Read *info*, the text after the backticks.

    >>> parse_fence_info("diff js:src/a.js").filename
    'src/a.js'
    """
    lines = LINES.search(info)
    rest = LINES.sub(" ", info)
    attributes = {
        found[1]: found[2] or found[3] or found[4] or "" for found in ATTRIBUTE.finditer(rest)
    }
    words = ATTRIBUTE.sub(" ", rest).split()
    numbered = any(word in NUMBERED for word in words) or bool(NUMBERED & attributes.keys())
    words = [word for word in words if word not in NUMBERED]
    diff, words = _without_diff(words)
    language, filename = _language_and_file(words)
    named = next((attributes[name] for name in attributes if name in TITLES), "")
    start = attributes.get("startLineNumber", attributes.get("linenostart", ""))
    return FenceInfo(
        language=language or ("text" if diff else ""),
        filename=filename or named,
        diff=diff,
        numbered=numbered or start.isdigit(),
        first_line=int(start) if start.isdigit() else 1,
        emphasized="".join(lines[1].split()) if lines else "",
    )


def _without_diff(words: list[str]) -> tuple[bool, list[str]]:
    """Tell whether *words* ask for a diff, and return them without that."""
    if not words:
        return False, words
    first, *others = words
    if first == "diff":
        return True, others
    if first.startswith(("diff_", "diff-")) and len(first) > len("diff_"):
        return True, [first[len("diff_") :], *others]
    if first.startswith("diff:"):
        return True, [first.removeprefix("diff"), *others]
    if others[:1] == ["diff"]:
        return True, [first, *others[1:]]
    return False, words


def _language_and_file(words: list[str]) -> tuple[str, str]:
    """Return language and file name of ``js:app.js``; a lone ``app.js`` is a file name."""
    if not words:
        return "", ""
    language, colon, filename = words[0].partition(":")
    if colon:
        return language, " ".join([filename, *words[1:]]).strip()
    if "/" in language or (FILE_NAME.match(language) and not language.startswith(".")):
        return language.rpartition(".")[2] if "." in language else "", language
    return language, ""
