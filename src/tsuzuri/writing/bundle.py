"""Put the style sheet, the script and the mark into the output; link them and nothing needless."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from sphinx.jinja2glue import BuiltinTemplateLoader, SphinxFileSystemLoader

from tsuzuri.problems import Finding, Problem, report
from tsuzuri.writing.assets import (
    FONT_AWESOME,
    PST,
    SBT,
    STATIC,
    TEMPLATES,
    head_script,
    script,
    sheet_elsewhere,
    sources_of,
)
from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.freshness import EVENT, EVERY_PAGE
from tsuzuri.writing.icons import Icons
from tsuzuri.writing.kept_sheet import KeptSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

THEME = "sphinx_book_theme"
REPLACED = {
    # Sphinx's and the theme's scripts and sheets, whose work tsuzuri's own do
    "_static/documentation_options.js",
    "_static/doctools.js",
    "_static/sphinx_highlight.js",
    "_static/translations.js",
    "_static/scripts/sphinx-book-theme.js",
    "_static/styles/sphinx-book-theme.css",
    "_static/styles/pydata-sphinx-theme.css",
    "_static/pygments.css",
    "_static/basic.css",
    "_static/graphviz.css",
}
CLASSES = re.compile(r"""class=(?<=\sclass=)("[^"]*"|'[^']*')""")
"""A quoted list of classes; what begins with fixed letters is found sooner."""
ABLOG_SHEET = "ablog"
FRAMES = {"furo": "tsuzuri/frame-furo.html"}
"""Themes whose pages have no layout.html above them, and what our lists stand in there."""
LISTS_SHEET = "tsuzuri-lists.css"
QUIET_OPTIONS = {
    # buttons that the theme shows unless told not to; a blog's reader has no use for them
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_prev_next": True,
}


def is_ours(app: Sphinx) -> bool:
    """Return whether this build's pages get our frame: a site with the book theme."""
    return (
        is_site(app)
        and getattr(app.builder, "theme", None) is not None
        and (app.config.html_theme == THEME)
    )


class Bundle:
    """The files of one build and their versions."""

    def __init__(self) -> None:
        self.versions: dict[str, str] = {}
        self.icons = Icons(FONT_AWESOME)
        self.head_script = Markup()
        self.left_out: frozenset[str] = frozenset()
        self.sheet: KeptSheet | None = None

    def put(self, app: Sphinx, name: str, text: str) -> None:
        """Write an asset and remember its version."""
        write_if_changed(Path(app.outdir, "_static", name), text)
        self.versions[name] = hashlib.sha256(text.encode()).hexdigest()[:8]

    def on_builder_inited(self, app: Sphinx) -> None:
        """Write the assets before the first page asks for them."""
        if is_site(app):
            add_templates(app)
        if not is_ours(app):
            if is_site(app):
                self.put(app, LISTS_SHEET, sheet_elsewhere())
                app.add_css_file(LISTS_SHEET)
            return
        options = app.builder.theme_options  # type: ignore[attr-defined] # of the HTML builders
        for key, value in QUIET_OPTIONS.items():
            if key not in app.config.html_theme_options:
                options[key] = value
        self.sheet = KeptSheet(sources_of(app.config, options, app.extensions), app.doctreedir)
        self.sheet.begin(app.parallel)
        self.head_script = Markup(head_script())  # noqa: S704 - a file of ours
        self.put(app, "tsuzuri.js", script())
        self.put(app, "tsuzuri-mark.svg", (STATIC / "tsuzuri-mark.svg").read_text(encoding="utf-8"))

    def on_env_updated(self, app: Sphinx, _env: BuildEnvironment) -> None:
        """Write the style sheet, which was made beside the reading."""
        if self.sheet is not None:
            sheet, self.left_out = self.sheet.finished()
            self.put(app, "tsuzuri.css", sheet)
            self.sheet = None

    def on_html_page_context(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Link what the page needs: the bundle, and what other extensions bring."""
        del pagename, templatename, doctree
        if not is_ours(app):
            return
        context["asset"] = lambda name: (
            f"{context['pathto'](f'_static/{name}', 1)}?v={self.versions[name]}"
        )
        context["head_script"] = self.head_script
        context["drawn"] = lambda html: Markup(self.icons.drawn(str(html)))  # noqa: S704 - the theme's
        context["css_files"] = [item for item in context["css_files"] if not is_replaced(item)]
        context["script_files"] = list(deferred(context["script_files"]))

    def on_body(
        self,
        app: Sphinx,
        pagename: str,
        _templatename: str,
        context: dict[str, Any],
        _doctree: nodes.document | None,
    ) -> None:
        """Draw the icons of a page's text; tell of classes that have lost their rules."""
        body = context.get("body", "")
        if not body or not is_ours(app):
            return
        context["body"] = self.icons.drawn(body)
        if pagename in app.env.all_docs:
            path = app.env.doc2path(pagename, base=False).as_posix()
            report(list(missing_rules(body, self.left_out, path)), str(app.srcdir))

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Take back the templates that the theme keeps among its style files."""
        if exception is None and is_ours(app):
            for path in Path(app.outdir, "_static").glob("*webpack-macros.html"):
                path.unlink()

    def on_shown(self, _app: Sphinx, _env: BuildEnvironment) -> dict[str, object]:
        """Every page names the assets' versions."""
        return {EVERY_PAGE: sorted(self.versions.items())}


def add_templates(app: Sphinx) -> None:
    """Put our templates after the user's own and before the theme's and ABlog's.

    The theme counts its components among the user's templates, so ours go in twice: before
    those, and first among the templates that ``{% extends "!layout.html" %}`` looks in.  With
    another theme they come last: its own layout is around our lists.
    """
    bridge = app.builder.templates
    if not isinstance(bridge, BuiltinTemplateLoader):
        return
    ours = SphinxFileSystemLoader(str(TEMPLATES))
    bridge.environment.autoescape = escapes
    bridge.pathchain.append(TEMPLATES)  # type: ignore[arg-type] # any path will do
    if not is_ours(app):
        if app.config.html_theme in FRAMES:
            # ABlog's page.html, which extends layout.html, stands before the theme's
            bridge.loaders.append(bridge.loaders.pop(bridge.templatepathlen))
        bridge.loaders.append(ours)
        return
    theme = (str(PST), str(SBT))
    users = [
        index
        for index, loader in enumerate(bridge.loaders[: bridge.templatepathlen])
        if not str(loader.searchpath[0]).startswith(theme)
    ]
    bridge.loaders.insert(bridge.templatepathlen, ours)
    bridge.loaders.insert(users[-1] + 1 if users else 0, ours)
    bridge.templatepathlen += 1


def escapes(name: str | None) -> bool:
    """Return whether a template escapes what it shows: ours do, Sphinx's and the theme's don't."""
    return bool(name) and str(name).startswith("tsuzuri/")


def missing_rules(html: str, left_out: frozenset[str], path: str) -> Iterator[Finding]:
    """Yield a finding for each class of *html* that the cut style sheet has no rules for."""
    # most elements have the same classes as many others
    found = " ".join(quoted[1:-1] for quoted in set(CLASSES.findall(html)))
    used = set(found.split())
    for name in sorted(used & left_out):
        yield Finding(
            Problem.CUT_CLASS,
            f"the class {name!r} has rules in the theme's style sheet, which the site's has not",
            f'add "{name}" to tsuzuri_keep_classes in conf.py',
            path,
            1,
        )


def is_replaced(asset: Any) -> bool:
    """Return whether a script or style sheet's work is done by our own."""
    name = str(getattr(asset, "filename", asset) or "")
    return name in REPLACED or name.startswith(f"_static/{ABLOG_SHEET}/")


def deferred(scripts: list[Any]) -> Iterator[Any]:
    """Yield the scripts that a page still needs; those that can wait do."""
    for item in scripts:
        body = str(getattr(item, "attributes", {}).get("body") or "")
        if is_replaced(item) or body.lstrip().startswith("DOCUMENTATION_OPTIONS."):
            continue
        attributes: dict[str, Any] = getattr(item, "attributes", {})
        waits = attributes.get("type") == "module" or bool({"async", "defer"} & attributes.keys())
        if not waits and getattr(item, "filename", None):
            attributes["defer"] = "defer"
        yield item


def setup_bundle(app: Sphinx) -> None:
    """Register the assets; their pages' context last, when all extensions have added theirs."""
    bundle = Bundle()
    app.connect("builder-inited", bundle.on_builder_inited, priority=800)
    app.connect("env-updated", bundle.on_env_updated, priority=300)
    app.connect(EVENT, bundle.on_shown)
    app.connect("build-finished", bundle.on_build_finished)
    app.connect("html-page-context", bundle.on_body, priority=350)
    app.connect("html-page-context", bundle.on_html_page_context, priority=900)
