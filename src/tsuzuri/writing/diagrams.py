"""Diagrams: Mermaid's are drawn on the page, Graphviz's while building.

Mermaid needs a browser's layout, so its script, self-hosted, comes with the pages that have a
diagram and with no other; until it has run, and without it, readers see the source.  Graphviz is
Sphinx's own extension's work, in SVG.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import get_translation

from tsuzuri.reading.nodes import diagram
from tsuzuri.reading.rules.render_code import HAS_DIAGRAMS
from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.outputs import EVENT

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

_ = get_translation("tsuzuri")

ASSETS = Path(__file__).parent / "mermaid"
FILES = ("mermaid.tiny.js", "diagrams.js", "LICENSE")
FOLDER = "mermaid"
GRAPHVIZ = re.compile(r'<object data=(?=[^>]*class="graphviz)')
"""Sphinx leaves its drawings without a name for readers who don't see them."""


def visit_diagram(self: HTML5Translator, node: diagram) -> None:
    """Write the source of a diagram, which the script hides when it has drawn it."""
    label = escape(_("Diagram"))
    opening = self.starttag(node, "figure", CLASS="tz-diagram")
    self.body.append(opening.replace(">", f' data-label="{label}">'))
    code = escape(node["code"], quote=False)
    self.body.append(f'<pre class="tz-diagram__source">{code}</pre></figure>\n')
    raise nodes.SkipNode


def is_drawn_by(builder: Builder) -> bool:
    """Tell whether pages of *builder* can run a script."""
    return builder.format == "html" and builder.name != "epub"


def has_diagrams(app: Sphinx) -> bool:
    """Tell whether any page of the site has a diagram."""
    return any(HAS_DIAGRAMS in metadata for metadata in app.env.metadata.values())


def on_write_started(app: Sphinx, builder: Builder) -> None:
    """Lay the scripts out when the site has a diagram, and only then."""
    if is_drawn_by(builder) and has_diagrams(app):
        for name in FILES:
            text = (ASSETS / name).read_text(encoding="utf-8")
            write_if_changed(Path(builder.outdir) / "_static" / FOLDER / name, text)


def on_outputs(app: Sphinx) -> list[str]:
    """Name the files laid out, so that they go when the last diagram goes."""
    if not (is_drawn_by(app.builder) and has_diagrams(app)):
        return []
    return [f"_static/{FOLDER}/{name}" for name in FILES]


def on_html_page_context(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Link the script on pages that have a diagram; name Graphviz's drawings."""
    body = context.get("body", "")
    if body and is_drawn_by(app.builder):
        named = f'<object role="img" aria-label="{escape(_("Diagram"))}" data='
        context["body"] = GRAPHVIZ.sub(named, body)
    if is_drawn_by(app.builder) and HAS_DIAGRAMS in app.env.metadata.get(pagename, {}):
        app.add_js_file(f"{FOLDER}/diagrams.js", type="module")


def on_config_inited(_app: Sphinx, config: Config) -> None:
    """Let Graphviz draw in SVG, in sans serif, on any ground, unless the user wants otherwise."""
    said = config._raw_config.keys() | config.overrides.keys()
    if "graphviz_output_format" not in said:
        config.graphviz_output_format = "svg"
    if "graphviz_dot_args" not in said:
        fonts = [f"-{kind}fontname=sans-serif" for kind in "GNE"]
        config.graphviz_dot_args = [*fonts, "-Gbgcolor=transparent"]


def setup_diagrams(app: Sphinx) -> None:
    """Register both kinds of diagrams."""
    app.setup_extension("sphinx.ext.graphviz")
    app.add_node(diagram, html=(visit_diagram, None))
    app.connect("config-inited", on_config_inited)
    app.connect("write-started", on_write_started)
    app.connect("html-page-context", on_html_page_context, priority=300)
    app.connect(EVENT, on_outputs)
