"""Which source files are posts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tsuzuri.reading.frontmatter import FrontMatter

WILDCARD = re.compile(r"\*\*/|\*\*|\*|\?")
TRANSLATION = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def is_post(path: str, front_matter: FrontMatter, patterns: Iterable[str]) -> bool:
    """Tell whether the file at *path* (relative to the source folder) is a post.

    Its front matter decides; where that is silent, the glob *patterns* of ``blog_post_pattern``.
    """
    if front_matter.blogpost is not None:
        return front_matter.blogpost
    return matches(path, patterns)


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Tell whether a relative *path* matches one of the glob *patterns*.

    >>> matches("posts/a.md", ["posts/**/*.md"]), matches("docs/a.md", ["posts/**/*.md"])
    (True, False)
    """
    return any(_compiled(pattern).fullmatch(path) for pattern in patterns)


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts, end = [], 0
    for match in WILDCARD.finditer(pattern):
        parts += [re.escape(pattern[end : match.start()]), TRANSLATION[match[0]]]
        end = match.end()
    return re.compile("".join([*parts, re.escape(pattern[end:])]), re.DOTALL)
