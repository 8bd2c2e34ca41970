"""What all renderers of our constructs share: warning, the site's settings, cards."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.misc import Include
from markdown_it.common.normalize_url import normalizeLink
from myst_parser.mdit_to_docutils.base import token_line
from sphinx.errors import SphinxError

from tsuzuri.config import Settings
from tsuzuri.problems import Finding, Problem, report
from tsuzuri.reading.cards import CARDS_FILE, Card, parse_cards
from tsuzuri.reading.outside import leaves_standard, refused
from tsuzuri.reading.rules.render_steps import StepRenderer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.tree import SyntaxTreeNode
    from sphinx.environment import BuildEnvironment

CARDS_USED = "tsuzuri_cards"
"""Key, in a document's metadata, of what it showed of each page that it has a card of."""


class BaseRenderer(StepRenderer):
    """MyST's renderer for Sphinx with a few words of our own."""

    @property
    def env(self) -> BuildEnvironment:
        """The build's environment."""
        return self.sphinx_env

    @property
    def settings(self) -> Settings:
        """The site's settings."""
        return Settings.of(self.env.config)

    def warn(self, problem: Problem, message: str, mend: str, token: SyntaxTreeNode) -> None:
        """Tell the writer what is wrong where *token* stands."""
        self.tell(problem, message, mend, token_line(token, 0) or None)

    def tell(self, problem: Problem, message: str, mend: str, line: int | None) -> None:
        """Tell the writer what is wrong in a line."""
        path = self.env.doc2path(self.env.docname, base=False).as_posix()
        finding = Finding(problem, message, mend, path, line)
        report([finding], str(self.env.srcdir))

    def run_directive(
        self, name: str, first_line: str, content: str, position: int, *more: Any, **options: Any
    ) -> list[nodes.Element]:
        """Run a directive; one that fails costs its own block and not the site.

        docutils' ``{figure}``, for one, fails when nothing comes of what is in it.  MyST reads
        what ``{include}`` names by itself.
        """
        if leaves_standard(first_line) and self.is_include(name):
            path = self.env.doc2path(self.env.docname, base=False).as_posix()
            report([refused(first_line, path, position)], str(self.env.srcdir))
            return []
        try:
            return super().run_directive(name, first_line, content, position, *more, **options)
        except SphinxError:
            raise
        except Exception as error:
            said = " ".join(str(error).split())[:200] or "no reason given"
            message = f"`{{{name}}}` failed ({type(error).__name__}: {said})"
            mend = "see whether something is missing in it"
            self.tell(Problem.DIRECTIVE, message, mend, position)
            return [nodes.literal_block(content, content, language="text")]

    def is_include(self, name: str) -> bool:
        """Tell whether *name*, in whatever language, is that of the directive that includes."""
        kind, _messages = directives.directive(name, self.language_module_rst, self.document)
        return isinstance(kind, type) and issubclass(kind, Include)

    def card(self, url: str) -> Card:
        """Return what is known of the page at *url*, and remember that this document asked."""
        key = normalizeLink(url)
        card = kept_cards(Path(self.env.srcdir)).get(key, Card())
        metadata: dict[str, Any] = self.env.metadata[self.env.docname]
        metadata.setdefault(CARDS_USED, {})[key] = card
        return card


def kept_cards(srcdir: Path) -> Mapping[str, Card]:
    """Return the cards of the site in *srcdir* by their addresses as Markdown writes them."""
    try:
        return _cards_in((srcdir / CARDS_FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return {}


@lru_cache(maxsize=2)
def _cards_in(text: str) -> Mapping[str, Card]:
    """Return the cards in *text*; the same file is not taken apart for each document."""
    return {normalizeLink(url): card for url, card in parse_cards(text).items()}
