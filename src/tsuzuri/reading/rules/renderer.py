"""All our constructs as docutils nodes: what the parser's renderer is built on."""

from __future__ import annotations

from tsuzuri.reading.rules.render_code import CodeRenderer
from tsuzuri.reading.rules.render_html import HtmlRenderer
from tsuzuri.reading.rules.render_inline import InlineRenderer


class ConstructRenderer(CodeRenderer, InlineRenderer, HtmlRenderer):
    """Renders every construct of ours; anything else is MyST's work."""
