"""Formulas: rendered while building, by KaTeX, with no script on the reader's page.

While documents are read, :class:`FormulaDomain` notes every formula.  When all are read, those
that no earlier build has rendered go to KaTeX in batches, in one process, beside what is left to
do before the builder starts its workers.  Writing then only looks up.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.math import get_node_equation_number

from tsuzuri.config import Settings
from tsuzuri.problems import report
from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.formula_cache import FormulaCache
from tsuzuri.writing.formula_domain import FormulaDomain, Formulas, findings
from tsuzuri.writing.formulas import inner
from tsuzuri.writing.katex_assets import remove_assets, write_assets

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

_ = get_translation("tsuzuri")

NAME = "katex"
FONTS = {'class="mord"': "KaTeX_Main-Regular", "mathnormal": "KaTeX_Math-Italic"}
"""Of the marks in a rendered formula, those that nearly every formula has, and their fonts."""
LATEX_PACKAGES = ("mathtools", "mathrsfs", "cancel")
"""For what KaTeX knows without being asked (`\\coloneqq`, `\\mathscr`, `\\cancel`)."""


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


def on_doctree_resolved(app: Sphinx, docname: str, results: Formulas) -> None:
    """Get the formulas of a page that is about to be written, read in this build or before."""
    formulas = FormulaDomain.of(app.env).formulas.get(docname)
    if formulas and docname not in results.read and renders_formulas(app.builder):
        results.ready(formulas)


def on_env_updated(app: Sphinx, env: BuildEnvironment, results: Formulas) -> None:
    """Begin to render what this build needs, beside all that is left to do before writing."""
    if not renders_formulas(app.builder):
        return
    formulas = FormulaDomain.of(env).formulas
    results.cache = FormulaCache(Path(app.doctreedir) / "tsuzuri" / "formulas.sqlite")
    results.macros = Settings.of(app.config).math_macros
    some = results.read & formulas.keys() if is_site(app) else formulas.keys()
    # the site's other pages that are written again ask for theirs then
    results.begin(item for docname in some for item in formulas[docname])


def on_consistency(app: Sphinx, env: BuildEnvironment, results: Formulas) -> None:
    """Say which of the formulas that were read can't be rendered."""
    if not renders_formulas(app.builder):
        return
    formulas = FormulaDomain.of(env).formulas
    if results.finish():
        results.prune([item for items in formulas.values() for item in items])
    for docname in sorted(results.read & formulas.keys()):
        path = Path(env.doc2path(docname))
        source = path.read_text(encoding="utf-8", errors="replace").splitlines()
        place = path.relative_to(app.srcdir).as_posix()
        report(findings(formulas[docname], results, place, source), str(app.srcdir))


def on_write_started(app: Sphinx, builder: Builder, results: Formulas) -> None:
    """Lay the style and fonts out when the site has a formula, and only then."""
    results.finish()
    if not renders_formulas(builder) or builder.name == "epub":
        return
    target = Path(builder.outdir) / "_static" / NAME
    if FormulaDomain.of(app.env).formulas:
        write_assets(target)
    else:
        remove_assets(target)


def on_html_page_context(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Link the style on pages that have a formula, and fetch its fonts beside it, not after it."""
    builder = app.builder
    if context.get("has_maths_elements") and renders_formulas(builder) and builder.name != "epub":
        app.add_css_file(f"{NAME}/formulas.css")
        app.add_js_file(f"{NAME}/formulas.js", type="module")
        body = context.get("body", "") if is_site(app) else ""
        links = [
            f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{address}">'
            for mark, font in FONTS.items()
            if mark in body
            for address in [context["pathto"](f"_static/{NAME}/fonts/{font}.woff2", 1)]
        ]
        context["metatags"] = "\n".join([context.get("metatags", ""), *links])


def on_config_inited(_app: Sphinx, config: Config) -> None:
    """Give LaTeX the writer's macros too."""
    macros = Settings.of(config).math_macros
    if macros:
        elements = config.latex_elements
        elements["preamble"] = elements.get("preamble", "") + latex_macros(macros)


class OneNumber(SphinxPostTransform):
    """Gives LaTeX a numbered environment as one formula with one number, as pages have it."""

    default_priority = 300
    formats = ("latex",)

    def run(self, **_kwargs: Any) -> None:
        """Change the nodes that bring a numbered environment along."""
        for node in self.document.findall(nodes.math_block):
            if node.get("label") and node.get("nowrap"):
                node["nowrap"] = False
                node[:] = [nodes.Text(inner(node.astext()))]


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
    app.add_post_transform(OneNumber)
    app.add_html_math_renderer(NAME, (inline, None), (display, None))
    for package in LATEX_PACKAGES:
        app.add_latex_package(package)
    app.connect("config-inited", on_config_inited)
    app.connect("env-before-read-docs", lambda _app, _env, docnames: results.read.update(docnames))
    # early: the others have something to do meanwhile
    app.connect("env-updated", lambda app, env: on_env_updated(app, env, results), priority=100)
    app.connect("env-check-consistency", lambda app, env: on_consistency(app, env, results))
    app.connect("write-started", lambda app, builder: on_write_started(app, builder, results))
    app.connect("doctree-resolved", lambda app, _, name: on_doctree_resolved(app, name, results))
    app.connect("html-page-context", on_html_page_context)
