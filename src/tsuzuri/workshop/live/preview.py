"""The page of a document that was just saved, before anything else is looked at.

A build looks at every document: is it new, whose neighbour is it, what do lists say of it.  Its
writer wants to see one page.  So the application of the build before reads and writes that page
first, with all that it knew of the others; the build that follows reads the document again and
puts right what its change means to the page and to all else.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils.parsers.rst import directives, roles
from sphinx.builders import _write_docname
from sphinx.util.build_phase import BuildPhase
from sphinx.util.docutils import additional_nodes, docutils_namespace, patch_docutils, register_node

from tsuzuri.writing.publishing import put
from tsuzuri.writing.staging import redirect, stage_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

MOST = 3
"""More documents than these are not saved by a person, and are left to the build."""


@contextmanager
def docutils_of(source: Path) -> Iterator[None]:
    """Let an application register its roles, directives and nodes with docutils, for a while."""
    with ExitStack() as stack:
        stack.enter_context(patch_docutils(str(source)))
        stack.enter_context(docutils_namespace())
        yield


@dataclass
class Preview:
    """The application of the last build, and what it had registered with docutils."""

    app: Sphinx
    directives: dict[str, Any] = field(default_factory=lambda: dict(directives._directives))  # type: ignore[attr-defined]
    roles: dict[str, Any] = field(default_factory=lambda: dict(roles._roles))  # type: ignore[attr-defined]
    nodes: set[Any] = field(default_factory=lambda: set(additional_nodes))

    def show(self, docnames: Collection[str]) -> bool:
        """Publish the pages of *docnames* as their files say now; return whether that went well.

        What goes wrong here goes wrong in the build too, and is told there.
        """
        if not 0 < len(docnames) <= MOST:
            return False
        with docutils_of(Path(self.app.srcdir)):
            directives._directives.update(self.directives)  # type: ignore[attr-defined] # as Sphinx does
            roles._roles.update(self.roles)  # type: ignore[attr-defined] # as Sphinx does
            for node in self.nodes:
                register_node(node)
            try:
                return self.write(docnames)
            except Exception:
                return False

    def write(self, docnames: Collection[str]) -> bool:
        """Read and write *docnames*, unless one shows a file that is not published yet.

        They are written into a folder of their own: the build that follows may not stand for
        what else comes of them, such as the social card of a post that it holds back.
        """
        app, real, stage = self.app, Path(self.app.outdir), preview_of(self.app)
        builder = cast("StandaloneHTMLBuilder", app.builder)
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
        # pages name the version of each style and script file
        (stage / "_static").symlink_to(stage_of(app) / "_static")
        redirect(app, real, stage)
        try:
            files = shown_files(app.env)
            builder.phase = BuildPhase.READING
            for docname in docnames:
                app.events.emit("env-purge-doc", app.env, docname)
                app.env.clear_doc(docname)
                builder.read_doc(docname)
            if shown_files(app.env) - files:
                return False
            for docname in docnames:
                _write_docname(docname, env=app.env, builder=builder, tags=app.tags)
            pages = [Path(builder.get_outfilename(docname)) for docname in docnames]
        finally:
            redirect(app, stage, real)
        for page in pages:
            put(page, real / page.relative_to(stage))
        return True


def preview_of(app: Sphinx) -> Path:
    """Return where *app* writes a preview."""
    return stage_of(app).with_name(f"tsuzuri-preview-{app.builder.name}")


def shown_files(env: BuildEnvironment) -> set[str]:
    """Return the images and downloads that documents show."""
    return {*env.images, *env.dlfiles}
