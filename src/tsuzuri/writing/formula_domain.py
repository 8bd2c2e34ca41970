"""The formulas of all documents, and what KaTeX makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain
from sphinx.util.nodes import NodeMatcher

from tsuzuri.problems import Finding, Problem
from tsuzuri.writing.formula_cache import SPARE, FormulaCache, key_of
from tsuzuri.writing.formulas import Formula, Prepared, excerpt, prepare
from tsuzuri.writing.katex_engine import Rendered, begun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence, Set

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


FORMULAS = NodeMatcher(nodes.math, nodes.math_block)


class FormulaDomain(Domain):
    """The formulas of each document; Sphinx's own domain knows only those with a label."""

    name = "tsuzuri-formula"
    label = "formulas"
    initial_data: ClassVar[dict[str, Any]] = {}
    data_version = 1

    @property
    def formulas(self) -> dict[str, tuple[Formula, ...]]:
        """The formulas of each document that has any."""
        formulas: dict[str, tuple[Formula, ...]] = self.data.setdefault("formulas", {})
        return formulas

    @staticmethod
    def of(env: BuildEnvironment) -> FormulaDomain:
        """Return the domain of *env*."""
        domain = env.domains[FormulaDomain.name]
        assert isinstance(domain, FormulaDomain)  # noqa: S101 - we registered it
        return domain

    def process_doc(self, _env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the formulas of a document that was read."""
        if formulas := tuple(map(formula_of, FORMULAS.findall(document))):
            self.formulas[docname] = formulas

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.formulas.pop(docname, None)

    def resolve_any_xref(self, *_args: Any) -> list[tuple[str, Any]]:
        """Return nothing: labels of formulas are Sphinx's own domain's."""
        return []

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for docname, formulas in otherdata.get("formulas", {}).items():
            if docname in docnames:
                self.formulas[docname] = formulas


def formula_of(node: nodes.Node) -> Formula:
    """Return the formula that *node* holds."""
    if isinstance(node, nodes.math_block):
        nowrap = bool(node.get("no-wrap", node.get("nowrap", False)))
        return Formula(node.astext(), display=True, nowrap=nowrap, line=node.line)
    return Formula(node.astext(), line=node.line)


@dataclass
class Formulas:
    """What KaTeX made of the formulas of this build."""

    macros: dict[str, str] = field(default_factory=dict)
    known: dict[str, Rendered] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    """The documents read in this build: what is wrong in them is said now."""

    cache: FormulaCache | None = None
    """What was made of formulas before."""
    keys: dict[Formula, tuple[Prepared, str]] = field(default_factory=dict)
    pending: tuple[list[str], Callable[[], list[Rendered]]] | None = None
    """What KaTeX is at work on: the names under which it is kept, and what waits for it."""

    def prepared(self, formula: Formula) -> tuple[Prepared, str]:
        """Return what KaTeX is given for *formula*, and the name of what comes of it."""
        if formula not in self.keys:
            given = prepare(formula)
            self.keys[formula] = given, key_of(given, self.macros)
        return self.keys[formula]

    def begin(self, formulas: Iterable[Formula]) -> None:
        """Begin to render those of *formulas* that neither this object nor its cache knows."""
        self.finish()
        wanted = {key: item for item, key in map(self.prepared, formulas)}
        unknown = wanted.keys() - self.known.keys()
        if unknown and self.cache:
            self.known.update(self.cache.load(unknown))
        missing = {key: item for key, item in wanted.items() if key not in self.known}
        if missing:
            self.pending = list(missing), begun(list(missing.values()), self.macros)

    def finish(self) -> bool:
        """Wait for what was begun; say if anything was."""
        pending, self.pending = self.pending, None
        if pending is None:
            return False
        keys, results = pending
        new = dict(zip(keys, results(), strict=True))
        if self.cache:
            self.cache.store(new)
        self.known.update(new)
        return True

    def ready(self, formulas: Iterable[Formula]) -> bool:
        """Render those of *formulas* that neither this object nor its cache knows; say if any."""
        self.begin(formulas)
        return self.finish()

    def prune(self, formulas: Sequence[Formula]) -> None:
        """Drop from the cache what is not among *formulas*, all there are, once that is much."""
        if self.cache and self.cache.size() > SPARE + len(formulas):
            self.cache.prune(self.prepared(item)[1] for item in formulas)

    def of(self, formula: Formula) -> tuple[Prepared, Rendered]:
        """Return what KaTeX was given for *formula*, and what it made of it."""
        prepared, key = self.prepared(formula)
        if key not in self.known:  # came into being after reading, as a translated one does
            self.ready([formula])
        return prepared, self.known[key]

    def html(self, node: nodes.math | nodes.math_block, builder: Builder) -> str:
        """Return the HTML of *node* for *builder*."""
        formula = formula_of(node)
        _prepared, rendered = self.of(formula)
        if rendered.error:
            return f'<code class="formula-source">{escape(formula.text)}</code>'
        return rendered.mathml if builder.name == "epub" else rendered.html


def findings(
    formulas: Sequence[Formula], results: Formulas, path: str, source: Sequence[str]
) -> Iterable[Finding]:
    """Yield what is wrong in the *formulas* of the file *path*, whose lines are *source*."""
    for formula in formulas:
        prepared, rendered = results.of(formula)
        if not rendered.error:
            continue
        where, line = "", formula.line
        if rendered.position is not None:
            at = prepared.written_at(rendered.position)
            where = f" at character {at + 1}, “{excerpt(formula.text, at)}”"
            line = line_of(formula, at, source)
        yield Finding(
            Problem.FORMULA,
            f"KaTeX can't read this formula{where}: {rendered.error}",
            "the page shows its source",
            path,
            line,
        )


def line_of(formula: Formula, position: int, source: Sequence[str]) -> int | None:
    """Return the line of *source* with the *position* of *formula*, which starts no earlier."""
    if formula.line is None:
        return None
    number = formula.text.count("\n", 0, position)
    sought = (formula.text.splitlines() or [""])[number].strip()
    for index in range(formula.line - 1, len(source)):
        if sought and sought in source[index]:
            return index + 1
    return formula.line
