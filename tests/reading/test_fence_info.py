"""The line that opens a code block, as every tool's writers write it."""

from __future__ import annotations

import pytest

from tsuzuri.reading.fence_info import FenceInfo, parse_fence_info
from tsuzuri.reading.languages import known_languages, lexer_name, session_lexer


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ("", FenceInfo()),
        ("js", FenceInfo("js")),
        ("js:src/app.js", FenceInfo("js", "src/app.js")),
        (":src/app.js", FenceInfo("", "src/app.js")),
        ("js:my file.js", FenceInfo("js", "my file.js")),
        ("src/app.js", FenceInfo("js", "src/app.js")),
        ("app.js", FenceInfo("js", "app.js")),
        ("c++", FenceInfo("c++")),
        ("c#", FenceInfo("c#")),
        ("diff", FenceInfo("text", diff=True)),
        ("diff js", FenceInfo("js", diff=True)),
        ("diff js:app.js", FenceInfo("js", "app.js", diff=True)),
        ("js diff", FenceInfo("js", diff=True)),
        ("diff_ruby:app.rb", FenceInfo("ruby", "app.rb", diff=True)),
        ("diff:app.js", FenceInfo("text", "app.js", diff=True)),
        ('js title="a b.js"', FenceInfo("js", "a b.js")),
        ("js {1,3-5}", FenceInfo("js", emphasized="1,3-5")),
        ("js {1, 3}", FenceInfo("js", emphasized="1,3")),
        ("js showLineNumbers", FenceInfo("js", numbered=True)),
        ("js showLineNumbers startLineNumber=5", FenceInfo("js", numbered=True, first_line=5)),
        ("js:a.js {2} linenos", FenceInfo("js", "a.js", numbered=True, emphasized="2")),
    ],
)
def test_opening_lines(info: str, expected: FenceInfo) -> None:
    assert parse_fence_info(info) == expected


@pytest.mark.parametrize(
    ("language", "lexer"),
    [
        ("Python", "python"),
        ("js", "js"),
        ("vue", "html"),
        ("jsonc", "json"),
        ("TypeScript", "typescript"),
        ("none", "none"),
        ("pyhton", None),
    ],
)
def test_names_of_languages(language: str, lexer: str | None) -> None:
    assert lexer_name(language) == lexer


def test_every_stand_in_has_a_lexer() -> None:
    """A name that other highlighters know is never answered with one that ours doesn't."""
    assert [name for name in known_languages() if lexer_name(name) is None] == []


@pytest.mark.parametrize(
    ("language", "code", "lexer"),
    [
        ("bash", "$ make\ndone\n", "console"),
        ("sh", "\n% make\n", "console"),
        ("bash", "# a comment\nmake\n", None),
        ("bash", "make\n", None),
        ("bash", "$HOME/bin/run\n", None),
        ("python", "$ make\n", None),
    ],
)
def test_a_shell_session_is_told_by_its_prompt(language: str, code: str, lexer: str | None) -> None:
    assert session_lexer(language, code) == lexer
