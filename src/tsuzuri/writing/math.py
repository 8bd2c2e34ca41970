"""Formulas: rendered while building, by KaTeX, with no script on the reader's page.

While documents are read, :class:`FormulaDomain` notes every formula.  When all are read, those
that no earlier build has rendered go to KaTeX in batches, in one process, before the builder
starts its workers.  Writing then only looks up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain
from sphinx.locale import get_translation
from sphinx.util.math import get_node_equation_number

from tsuzuri.config import Settings
from tsuzuri.problems import Finding, Problem, report
from tsuzuri.writing.formula_cache import FormulaCache, key_of
from tsuzuri.writing.formulas import Formula, Prepared, excerpt, prepare
from tsuzuri.writing.katex_assets import remove_assets, write_assets
from tsuzuri.writing.katex_engine import Rendered, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

_ = get_translation("tsuzuri")

NAME = "katex"


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

    def process_doc(self, _env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the formulas of a document that was read."""
        found = document.findall(lambda node: isinstance(node, nodes.math | nodes.math_block))
        if formulas := tuple(formula_of(node) for node in found):
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

    def ready(self, formulas: Iterable[Formula], cache: FormulaCache) -> None:
        """Render those of *formulas* that neither this object nor *cache* knows."""
        wanted = {key_of(item, self.macros): item for item in map(prepare, formulas)}
        self.known.update(cache.load(wanted.keys() - self.known.keys()))
        missing = {key: item for key, item in wanted.items() if key not in self.known}
        if missing:
            results = render(list(missing.values()), self.macros)
            new = dict(zip(missing, results, strict=True))
            cache.store(new)
            self.known.update(new)
        cache.prune(wanted)

    def of(self, formula: Formula) -> tuple[Prepared, Rendered]:
        """Return what KaTeX was given for *formula*, and what it made of it."""
        prepared = prepare(formula)
        key = key_of(prepared, self.macros)
        if key not in self.known:  # came into being after reading, as a translated one does
            self.known[key] = render([prepared], self.macros)[0]
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


# --- what Sphinx calls ---------------------------------------------------------------------


def visitors(results: Formulas) -> tuple[Any, Any]:
    """Return the functions that write an inline and a display formula."""

    def inline(writer: HTML5Translator, node: nodes.math) -> None:
        writer.body.append(writer.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
        writer.body.append(results.html(node, writer.builder) + "</span>")
        raise nodes.SkipNode

    def display(writer: HTML5Translator, node: nodes.math_block) -> None:
        writer.body.append(writer.starttag(node, "div", CLASS="math notranslate nohighlight"))
        if node.get("number"):
            number = get_node_equation_number(writer, node)
            writer.body.append(f'<span class="eqno">({number})')
            writer.add_permalink_ref(node, _("Link to this formula"))
            writer.body.append("</span>")
        writer.body.append(results.html(node, writer.builder) + "</div>\n")
        raise nodes.SkipNode

    return inline, display


def renders_formulas(builder: Builder) -> bool:
    """Say whether *builder* writes formulas through this module."""
    return builder.format == "html" and getattr(builder, "math_renderer_name", "") == NAME


def on_env_updated(app: Sphinx, env: BuildEnvironment, results: Formulas) -> None:
    """Render what this build needs, and say what can't be."""
    if not renders_formulas(app.builder):
        return
    formulas = env.domains["tsuzuri-formula"].formulas  # type: ignore[attr-defined]
    cache = FormulaCache(Path(app.doctreedir) / "tsuzuri" / "formulas.sqlite")
    results.macros = Settings.of(app.config).math_macros
    results.ready((item for items in formulas.values() for item in items), cache)
    for docname in sorted(results.read & formulas.keys()):
        path = Path(env.doc2path(docname))
        source = path.read_text(encoding="utf-8", errors="replace").splitlines()
        place = path.relative_to(app.srcdir).as_posix()
        report(findings(formulas[docname], results, place, source), str(app.srcdir))


def on_write_started(app: Sphinx, builder: Builder) -> None:
    """Lay the style and fonts out when the site has a formula, and only then."""
    if not renders_formulas(builder) or builder.name == "epub":
        return
    target = Path(builder.outdir) / "_static" / NAME
    if app.env.domains["tsuzuri-formula"].formulas:  # type: ignore[attr-defined]
        write_assets(target)
    else:
        remove_assets(target)


def on_html_page_context(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Link the style on pages that have a formula."""
    builder = app.builder
    if context.get("has_maths_elements") and renders_formulas(builder) and builder.name != "epub":
        app.add_css_file(f"{NAME}/formulas.css")
        app.add_js_file(f"{NAME}/formulas.js", type="module")


def on_config_inited(_app: Sphinx, config: Config) -> None:
    """Give LaTeX the writer's macros too."""
    macros = Settings.of(config).math_macros
    if macros:
        elements = config.latex_elements
        elements["preamble"] = elements.get("preamble", "") + latex_macros(macros)


def latex_macros(macros: dict[str, str]) -> str:
    r"""Return *macros* as LaTeX definitions; the arguments are those that the text names."""
    lines = []
    for name, text in sorted(macros.items()):
        count = max(map(int, re.findall(r"#(\d)", text)), default=0)
        arguments = f"[{count}]" if count else ""
        lines.append(rf"\providecommand{{{name}}}{arguments}{{}}\renewcommand{{{name}}}")
        lines[-1] += f"{arguments}{{{text}}}"
    return "\n".join(["", *lines, ""])


def setup_math(app: Sphinx) -> None:
    """Register the renderer, which Sphinx then prefers to MathJax unless told otherwise."""
    results = Formulas()
    inline, display = visitors(results)
    app.add_domain(FormulaDomain)
    app.add_html_math_renderer(NAME, (inline, None), (display, None))
    app.connect("config-inited", on_config_inited)
    app.connect("env-before-read-docs", lambda _app, _env, docnames: results.read.update(docnames))
    app.connect("env-updated", lambda app, env: on_env_updated(app, env, results))
    app.connect("write-started", on_write_started)
    app.connect("html-page-context", on_html_page_context)
