"""Components of the theme that say the same on every page.

The theme renders each component of a page once before the page, to leave empty ones out; those
without a variable are the same every time (three of five on a page of ours).
"""

from __future__ import annotations

from posixpath import splitext
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from jinja2 import nodes
from sphinx.jinja2glue import BuiltinTemplateLoader

from tsuzuri.quick.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jinja2 import Environment, Template


def fixed_text(environment: Environment, template: Template) -> str | None:
    """Return what a *template* shows on every page; None when that depends on the page."""
    if environment.loader is None or template.name is None:
        return None
    source, _file, _uptodate = environment.loader.get_source(environment, template.name)
    parts = [
        part
        for node in environment.parse(source, template.name).body
        for part in (node.nodes if isinstance(node, nodes.Output) else [node])
    ]
    texts = [part.data for part in parts if isinstance(part, nodes.TemplateData)]
    return "".join(texts) if len(texts) == len(parts) else None


def asked_where_it_depends(own: Callable[..., Any]) -> Callable[..., Any]:
    """Return a quicker ``_update_and_remove_templates``."""
    known: WeakKeyDictionary[Template, str | None] = WeakKeyDictionary()

    def text_of(bridge: BuiltinTemplateLoader, name: str, context: dict[str, Any]) -> str:
        template = bridge.environment.get_template(name)
        if template not in known:
            known[template] = fixed_text(bridge.environment, template)
        fixed = known[template]
        return bridge.render(name, context) if fixed is None else fixed

    def _update_and_remove_templates(
        app: Any,
        context: dict[str, Any],
        templates: Any,
        section: str,
        templates_skip_empty_check: Sequence[str] | None = None,
    ) -> Any:
        bridge, unasked = app.builder.templates, tuple(templates_skip_empty_check or ())
        if not isinstance(bridge, BuiltinTemplateLoader):
            return own(app, context, templates, section, templates_skip_empty_check)
        if isinstance(templates, str):
            templates = [name.strip() for name in templates.split(",")]
        names = [name if splitext(name)[1] else f"{name}.html" for name in templates]
        shown = {**context, section: names}
        return [
            name for name in names if name.endswith(unasked) or text_of(bridge, name, shown).strip()
        ]

    return _update_and_remove_templates


SHORTCUTS = (
    Shortcut("pydata-sphinx-theme", ">=0.20,<0.21", "pydata_sphinx_theme.utils",
             "_update_and_remove_templates", asked_where_it_depends),
)  # fmt: skip
