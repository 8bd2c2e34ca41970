"""The Markdown parser: MyST's, with our front matter, headings, rules and images.

This file and :mod:`tsuzuri.reading.rules` are the only ones that know the insides of MyST and
markdown-it.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig, merge_file_level
from myst_parser.mdit_to_docutils.base import compute_unique_slug, token_line
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from myst_parser.warnings_ import create_warning
from sphinx import addnodes

from tsuzuri.config import Settings
from tsuzuri.problems import Finding, Problem
from tsuzuri.reading.frontmatter import Reading, read_front_matter
from tsuzuri.reading.headings import anchor, consecutive_levels, same_heading
from tsuzuri.reading.patterns import is_post
from tsuzuri.reading.rules import install
from tsuzuri.reading.rules.renderer import ConstructRenderer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode
    from myst_parser.warnings_ import MystWarnings
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FORMULAS = frozenset({"amsmath", "dollarmath"})
"""MyST's extensions that `math: false` in the front matter turns off."""
READING = "tsuzuri_reading"
"""Where the current document's :class:`Reading` is kept until its post is registered."""

LABEL = re.compile(r"\\label\{([^{}]+)\}")

LINE = "<hr>"
TARGETS = 50
"""More targets than anyone gives to one place."""

HEADING_TOKENS = 3
"""A heading is three tokens: it opens, its text, it closes."""


class Renderer(ConstructRenderer):
    """The renderer of our constructs, with ids that a person can read."""

    def generate_heading_target(
        self, token: SyntaxTreeNode, level: int, node: nodes.Element, title_node: nodes.Element
    ) -> None:
        """Make the slug of a heading its id before docutils invents ``id1``.

        docutils drops all but ASCII from ids, so that Japanese headings would be ``id1``, ``id2``
        (https://docutils.sourceforge.io/docs/ref/rst/directives.html#identifier-normalization).
        """
        self._slug = slug = self._unique(compute_unique_slug(token, (), anchor))
        if not node["ids"] and not node["names"] and slug not in self.document.ids:
            node["ids"].append(slug)
        if self.md_config.heading_slug_func is anchor:
            self.md_config = copy(self.md_config)
            self.md_config.heading_slug_func = lambda _title: self._slug
        super().generate_heading_target(token, level, node, title_node)

    def let_go(self) -> None:
        """Forget the document, which would stay in memory until the next one is read."""
        del self.document, self.current_node, self.reporter, self.md_env, self._level_to_section

    def _unique(self, slug: str) -> str:
        """Return *slug* with the number that MyST would give it, which tries all from 1 on."""
        numbers: dict[str, int] = self.md_env.setdefault("tsuzuri_slugs", {})
        number = numbers.get(slug, 0)
        while (unique := f"{slug}-{number}" if number else slug) in self._heading_slugs:
            number += 1
        numbers[slug] = number
        return unique

    def render_amsmath(self, token: SyntaxTreeNode) -> None:
        r"""Refer to a numbered environment by its own ``\label``, or else by its line."""
        found = LABEL.search(token.content)
        line = token_line(token, 0)
        self._equation = found[1] if found else f"{self.sphinx_env.docname}-{line}"
        super().render_amsmath(token)

    def _random_label(self) -> str:
        """Return the label chosen above; MyST's would be another at every build."""
        return self._equation

    def render_hr(self, token: SyntaxTreeNode) -> None:
        """Draw a line in a list, quotation or box too, where docutils has no transition.

        Nor has it one below a heading or another line.
        """
        node = self.current_node
        if isinstance(node, nodes.document | nodes.section) and is_text(node):
            super().render_hr(token)
            return
        line = nodes.raw("", LINE, format="html")
        self.add_line_and_source_path(line, token)
        self.current_node.append(line)

    def render_myst_target(self, token: SyntaxTreeNode) -> None:
        """Note a target; Sphinx compares those that follow on one another each with each."""
        run = self.current_node.children[-TARGETS:]
        if len(run) == TARGETS and all(isinstance(node, nodes.target) for node in run):
            self.current_node.append(nodes.comment())
        super().render_myst_target(token)

    def render_wikilink(self, token: SyntaxTreeNode) -> None:
        """Leave ``[[slug]]`` to the registry of posts."""
        link = addnodes.pending_xref(
            token.content,
            nodes.inline(token.meta["text"], token.meta["text"], classes=["xref", "name"]),
            refdomain="tsuzuri",
            reftype="name",
            reftarget=token.meta["slug"],
            refanchor=token.meta["anchor"],
            refdoc=self.sphinx_env.current_document.docname,
            refexplicit=bool(token.meta["text"]),
        )
        self.add_line_and_source_path(link, token)
        self.current_node.append(link)


def is_text(node: nodes.Element) -> bool:
    """Tell whether *node* ends in something that a transition can part from what follows."""
    last = node.children[-1] if node.children else None
    return not (last is None or isinstance(last, nodes.title | nodes.transition) or is_line(last))


def is_line(node: nodes.Node) -> bool:
    """Tell whether *node* is a line that stands where docutils has none."""
    return isinstance(node, nodes.raw) and node.astext() == LINE


class TsuzuriParser(MystParser):
    """Parses one Markdown document; its Markdown parsers are made once a process."""

    idle: ClassVar[list[MarkdownIt]]
    """Markdown parsers not in use, all with the site's settings; one list an application."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Read *inputstring* into *document*."""
        env: BuildEnvironment = document.settings.env
        settings = Settings.of(env.config)
        path = env.doc2path(env.docname, base=False).as_posix()
        reading = read_front_matter(inputstring, path=path, zone=settings.zone)
        env.metadata[env.docname].update(_metadata(reading))
        with self._markdown(document, reading) as markdown:
            state: dict[str, Any] = {}
            tokens = markdown.parse(reading.body, state)
            post = is_post(path, reading.front_matter, env.config.blog_post_pattern)
            if post and reading.front_matter.title is None and not _has_title(tokens):
                reading = without_title(reading, path)
            env.current_document[READING] = reading
            title = reading.front_matter.title
            tokens = arrange_headings(tokens, title, reading.lines.get("title", 1))
            renderer = cast("Renderer", markdown.renderer)
            renderer.render(tokens, markdown.options, state)
            renderer.let_go()

    @contextmanager
    def _markdown(self, document: nodes.document, reading: Reading) -> Iterator[MarkdownIt]:
        """Lend a Markdown parser; one in use is never lent twice (an include may nest)."""
        own = reading.front_matter.myst or not reading.front_matter.math
        reuse = self.idle and not own
        markdown = self.idle.pop() if reuse else self._create(document, reading)
        markdown.options["document"] = document
        try:
            yield markdown
        finally:
            del markdown.options["document"]
            if not own:
                self.idle.append(markdown)

    def _create(self, document: nodes.document, reading: Reading) -> MarkdownIt:
        config: MdParserConfig = document.settings.env.myst_config
        own = dict(reading.front_matter.myst)
        if not reading.front_matter.math:
            enabled = own.get("enable_extensions", config.enable_extensions)
            own["enable_extensions"] = sorted(set(enabled) - FORMULAS)
        if own:

            def warn(kind: MystWarnings, message: str) -> None:
                line = reading.lines.get("myst", 1)
                create_warning(document, message, kind, line=line, append_to=document)

            config = merge_file_level(config, {"myst": own}, warn)
        markdown = create_md_parser(config, Renderer)
        install(markdown, Settings.of(document.settings.env.config))
        return markdown


def _has_title(tokens: list[Token]) -> bool:
    """Tell whether the text's first heading is a ``# title``."""
    return next((t.tag == "h1" for t in tokens if t.type == "heading_open"), False)


def without_title(reading: Reading, path: str) -> Reading:
    """Return *reading* of a post without any title, with its file's name for one and a finding."""
    name = PurePosixPath(path)
    title = name.parent.name if name.stem == "index" else name.stem
    finding = Finding(
        Problem.MISSING_TITLE,
        "the post has no title, so its file name stands for it",
        "write `title: ...` into its front matter",
        path,
        1,
    )
    return replace(
        reading,
        front_matter=replace(reading.front_matter, title=title),
        findings=(*reading.findings, finding),
    )


def _metadata(reading: Reading) -> dict[str, Any]:
    """Return what Sphinx and the theme look for in a document's metadata, and its page's head."""
    front_matter = reading.front_matter
    about = {
        "description": front_matter.description,
        "language": front_matter.language,
        "html_theme.sidebar_secondary.remove": not front_matter.toc,
    }
    return {name: value for name, value in about.items() if value} | {
        name: value if isinstance(value, (int, str)) else json.dumps(value, default=str)
        for name, value in front_matter.sphinx.items()
    }


def arrange_headings(tokens: list[Token], title: str | None, line: int) -> list[Token]:
    """Put the title on top as the only ``<h1>`` and move all other headings below it.

    *title* is plain text, written on *line*; without one the first heading is the title.
    """
    opens = [
        index
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    ]
    if title is not None and opens and _repeats(tokens[opens[0]], tokens[opens[0] + 1], title):
        first = opens.pop(0)
        tokens = tokens[:first] + tokens[first + HEADING_TOKENS :]
        opens = [index - HEADING_TOKENS for index in opens]
    head: list[Token] = []
    if title is not None:
        head = title_tokens(title, line)
    elif opens:
        _set_level(tokens, opens.pop(0), 1)
    levels = consecutive_levels(int(tokens[index].tag[1]) for index in opens)
    for index, level in zip(opens, levels, strict=True):
        _set_level(tokens, index, level)
    return head + tokens


def _repeats(opening: Token, inline: Token, title: str) -> bool:
    """Tell whether a heading is the ``# title`` that repeats the front matter's *title*."""
    shown = "".join(child.content for child in inline.children or [])
    return opening.tag == "h1" and (
        same_heading(inline.content, title) or same_heading(shown, title)
    )


def _set_level(tokens: list[Token], index: int, level: int) -> None:
    """Change the level of the heading whose opening token is at *index*."""
    for token in tokens[index : index + HEADING_TOKENS : 2]:
        token.tag = f"h{level}"


def title_tokens(title: str, line: int) -> list[Token]:
    """Return the tokens of an ``<h1>`` that holds *title* as plain text, written on *line*."""
    opening = Token("heading_open", "h1", 1, map=[line - 1, line], block=True, markup="#")
    text = Token("text", "", 0, content=title)
    inline = Token(
        "inline", "", 0, map=[line - 1, line], content=title, children=[text], block=True, level=1
    )
    return [opening, inline, Token("heading_close", "h1", -1, block=True, markup="#")]


def setup_parser(app: Sphinx) -> None:
    """Read Markdown with our parser, whose idle Markdown parsers belong to this application."""
    bound = type("Parser", (TsuzuriParser,), {"idle": []})
    app.add_source_parser(cast("type[TsuzuriParser]", bound), override=True)
