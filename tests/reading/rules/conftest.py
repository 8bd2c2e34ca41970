"""A parser with our rules and what MyST sets up around them."""

from __future__ import annotations

from typing import Any, Protocol

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from tsuzuri.config import Settings
from tsuzuri.reading.rules import install


class Parser(Protocol):
    """Makes a parser with the given settings."""

    def __call__(self, **settings: Any) -> MarkdownIt: ...


@pytest.fixture(scope="session")
def parser() -> Parser:
    def make(**settings: Any) -> MarkdownIt:
        md = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
        install(md, Settings(**settings))
        return md

    return make


@pytest.fixture(scope="session")
def md(parser: Parser) -> MarkdownIt:
    """Return a parser with the default settings."""
    return parser()
