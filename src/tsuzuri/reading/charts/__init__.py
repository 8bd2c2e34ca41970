"""The ``{chart}`` directive: a figure drawn by code that stands in the post.

::

    ```{chart}
    :name: fig-square
    :caption: 二乗
    :alt: 右上がりの曲線。

    import matplotlib.pyplot as plt
    plt.plot([x * x for x in range(10)])
    ```

The code is shown with its figure (``:hide-code:`` leaves it out).  ``:after:`` names code
blocks of the same document, further up, whose code runs before.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from tsuzuri.config import Settings
from tsuzuri.problems import Finding, Problem, report
from tsuzuri.reading.charts.cache import ChartError, chart_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

    from tsuzuri.reading.charts.draw import Request

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
HTML_ONLY = "html and not epub"
"""Where a reader can choose between light and dark."""


class Chart(SphinxDirective):
    """A figure, light and dark, drawn by the directive's content."""

    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "name": directives.unchanged_required,
        "caption": directives.unchanged_required,
        "alt": directives.unchanged_required,
        "after": directives.unchanged_required,
        "hide-code": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the code, unless hidden, and the figure, when it could be drawn."""
        code = "\n".join(self.content)
        shown: list[nodes.Node] = [] if "hide-code" in self.options else [self.code_block(code)]
        folder = Settings.of(self.config).chart_folder
        name = self.options.get("name", "")
        if not folder:
            self.problem(
                "charts are not drawn here",
                'to run the code of posts while building, set tsuzuri_chart_folder = "_charts" '
                "in conf.py",
            )
        elif not NAME.fullmatch(name):
            self.problem("a chart needs a name of letters, digits and hyphens", "add :name:")
        else:
            shown += self.figure(folder, name, code)
        return shown

    def figure(self, folder: str, name: str, code: str) -> list[nodes.Node]:
        """Return the figure *name*, or nothing when its code fails."""
        try:
            request: Request = {"prelude": self.prelude(), "code": code}
            files = chart_files(Path(self.env.srcdir) / folder, name, request)
        except ChartError as error:
            # MyST counts the content's offset from the directive's own line.
            line = error.line and self.lineno + self.content_offset + error.line
            mend = "correct the code"
            if "No module named 'matplotlib'" in str(error):
                mend = "install it (pip install 'tsuzuri[charts]') to draw charts"
            self.problem(f"the chart {name!r} can't be drawn: {error}", mend, line)
            return []
        alt = self.options.get("alt", self.options.get("caption", name))
        light, dark = (
            nodes.image(
                uri=f"/{folder}/{files[scheme].name}", alt=alt, classes=[f"only-{scheme}", "chart"]
            )
            for scheme in ("light", "dark")
        )
        result = nodes.figure("", light, addnodes.only("", dark, expr=HTML_ONLY), align="center")
        if "caption" in self.options:
            text, messages = self.parse_inline(self.options["caption"])
            result += [nodes.caption(self.options["caption"], "", *text), *messages]
        self.set_source_info(result)
        self.add_name(result)
        return [result]

    def prelude(self) -> str:
        """Return the code of the blocks that ``:after:`` names, in the order of the document."""
        wanted = self.options.get("after", "").replace(",", " ").split()
        found = {
            name: block.astext()
            for block in self.state.document.findall(nodes.literal_block)
            for name in (*block["names"], *getattr(block.parent, "attributes", {})["names"])
            if name in wanted
        }
        for name in wanted:
            if name not in found:
                raise ChartError(f"no code block named {name!r} stands before it")
        return "\n\n".join(found.values())

    def code_block(self, code: str) -> nodes.literal_block:
        """Return the code as any other code block."""
        block = nodes.literal_block(code, code, language="python")
        self.set_source_info(block)
        return block

    def problem(self, message: str, mend: str, line: int | None = None) -> None:
        """Report that the chart is missing, again at every build until it is mended."""
        self.env.note_reread()
        path = self.env.doc2path(self.env.docname, base=False)
        report(
            [Finding(Problem.CHART, message, mend, str(path), line or self.lineno)],
            str(self.env.srcdir),
        )


def setup_charts(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("chart", Chart)
