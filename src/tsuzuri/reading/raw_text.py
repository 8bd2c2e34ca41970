"""``{raw} html``: HTML that Markdown's own rules never see, held to what they hold pasted HTML to.

The directive and the roles made of ``raw`` hand their text to the page as it is.  Where posts may
not run scripts they may not do so in this way either: what would run one is left out whole, as is
a frame of another site; all else is written so that no browser finds a script in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, TypeGuard

from docutils import nodes
from docutils.parsers.rst.directives.misc import Raw
from docutils.parsers.rst.roles import raw_role

from tsuzuri.config import Settings
from tsuzuri.problems import Finding, Problem, report
from tsuzuri.reading.active_html import harmless
from tsuzuri.reading.outside import InsideOnly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

SCRIPT = re.compile(r"<\s*script", re.IGNORECASE)


def runs_something(text: str) -> bool:
    """Tell whether HTML has a script, a handler, a link to code or another site's frame.

    >>> runs_something("<b>x</b>"), runs_something("<b onclick=x>"), runs_something("<SCRIPT>")
    (False, True, True)
    """
    return bool(SCRIPT.search(text) or harmless(text)[1])


def admitted(found: Sequence[nodes.Node], env: BuildEnvironment, line: int) -> list[nodes.Node]:
    """Return those of the nodes *found* that run nothing, or all where scripts may run."""
    if Settings.of(env.config).allow_scripts:
        return list(found)
    kept = [node for node in found if not (is_html(node) and runs_something(node.astext()))]
    for number, node in enumerate(kept):
        if is_html(node):
            cleaned = node.copy()
            cleaned.append(nodes.Text(harmless(node.astext())[0]))
            kept[number] = cleaned
    if len(kept) < len(found):
        finding = Finding(
            Problem.SCRIPT,
            "raw HTML that would run a script is left out",
            "set `tsuzuri_allow_scripts = True` if every writer of the site may run scripts",
            env.doc2path(env.docname, base=False).as_posix(),
            line,
        )
        report([finding], str(env.srcdir))
    return kept


def is_html(node: nodes.Node) -> TypeGuard[nodes.raw]:
    """Tell whether *node* is handed to web pages as it is."""
    return isinstance(node, nodes.raw) and "html" in str(node.get("format", "")).split()


class RawInside(InsideOnly, Raw):
    """``{raw}`` that reads no other files and runs nothing."""

    option_spec: ClassVar[Any] = Raw.option_spec

    def run(self) -> Any:
        """Leave out what would run a script."""
        found = super().run()
        return admitted(found, self.state.document.settings.env, self.lineno)


def raw_inside(
    role: str, rawtext: str, text: str, lineno: int, inliner: Any, *more: Any, **options: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Read text of a role made of ``raw``; leave out what would run a script."""
    found, messages = raw_role(role, rawtext, text, lineno, inliner, *more, **options)
    return admitted(found, inliner.document.settings.env, lineno), messages


raw_inside.options = raw_role.options  # type: ignore[attr-defined] # docutils reads it from the function


def setup_raw_text(app: Sphinx) -> None:
    """Hold raw HTML to what pasted HTML is held to."""
    app.add_directive("raw", RawInside, override=True)
    app.add_role("raw", raw_inside, override=True)
