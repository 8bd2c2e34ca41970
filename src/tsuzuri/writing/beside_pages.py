"""Writes each post's Markdown beside its page, and ``llms.txt`` at the root."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin, urlsplit

from sphinx.locale import get_translation

from tsuzuri.config import Settings
from tsuzuri.posts.domain import PostDomain
from tsuzuri.reading.frontmatter import body_of
from tsuzuri.writing.canonical import brought_by_user, is_site, site_of
from tsuzuri.writing.describe import markdown_address
from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.lead_images import candidates
from tsuzuri.writing.notes import Note
from tsuzuri.writing.outputs import EVENT, output_name
from tsuzuri.writing.plain_markdown import llms_txt, markdown_page
from tsuzuri.writing.state import listed_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from tsuzuri.posts.model import Post
    from tsuzuri.writing.site import Site

_ = get_translation("tsuzuri")

LIST = "llms.txt"


def output_path(app: Sphinx, docname: str) -> str:
    """Return where a page's Markdown stands, below the output folder."""
    builder = cast("StandaloneHTMLBuilder", app.builder)
    return output_name(builder, docname) + ".md"


def leads_to(app: Sphinx, site: Site, docname: str, target: str) -> str:
    """Return the address to which *target*, a link in the text of *docname*, leads."""
    page = site.page(docname)
    parts = urlsplit(target)
    if not site.base or parts.scheme or parts.netloc or not parts.path:
        return urljoin(page, target) if site.base else target
    for path in candidates(parts.path, docname):
        if path in app.env.images:
            return site.file(f"_images/{app.env.images[path][1]}")
        document = app.env.path2doc(path)
        if document in app.env.all_docs:
            anchor = f"#{parts.fragment}" if parts.fragment else ""
            return site.page(document) + anchor
    return urljoin(page, target)


def write_markdown(app: Sphinx, post: Post) -> None:
    """Write the Markdown of *post* beside its page."""
    source = app.env.doc2path(post.docname)
    if source.suffix != ".md":
        return
    site = site_of(app)
    text = source.read_text(encoding="utf-8-sig", errors="replace")
    content = markdown_page(
        post,
        body_of(text),
        site.page(post.docname),
        lambda target: leads_to(app, site, post.docname, target),
    )
    write_if_changed(Path(app.outdir) / output_path(app, post.docname), content)


def other_pages(app: Sphinx, site: Site) -> Iterator[tuple[str, str, str]]:
    """Yield title, address and description of the documents that are no posts."""
    posts = PostDomain.of(app.env).posts
    for docname in sorted(app.env.all_docs):
        if docname not in posts and docname != app.config.root_doc:
            described = app.env.metadata[docname].get("description", "")
            yield app.env.titles[docname].astext(), site.page(docname), described


def on_html_page_context(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    _context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Write a post's Markdown when its page is written."""
    if doctree is not None and is_site(app) and Settings.of(app.config).markdown_pages:
        post = PostDomain.of(app.env).posts.get(pagename)
        if post:
            write_markdown(app, post)


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Write the list of all Markdown, when it may have changed."""
    if exception is not None or not writes_list(app):
        return
    state, file = listed_state(app), Path(app.outdir) / LIST
    note: Note[str] = Note(app, "llms")
    if state and note.recall() == state and file.exists():
        return
    note.forget()
    site = site_of(app)
    text = llms_txt(
        site,
        PostDomain.of(app.env).published(),
        other_pages(app, site),
        lambda post: markdown_address(site.page(post.docname)),
        (_("Posts"), _("Pages")),
    )
    write_if_changed(file, text)
    note.keep(state)


def on_outputs(app: Sphinx) -> list[str]:
    """Return the files that this build stands for."""
    if not is_site(app) or not Settings.of(app.config).markdown_pages:
        return []
    posts = PostDomain.of(app.env).posts
    lists = [LIST] if writes_list(app) else []
    return [output_path(app, docname) for docname in sorted(posts)] + lists


def writes_list(app: Sphinx) -> bool:
    """Return whether this build writes the list of all Markdown."""
    wanted = is_site(app) and Settings.of(app.config).markdown_pages
    return wanted and not brought_by_user(app, LIST)


def setup_beside_pages(app: Sphinx) -> None:
    """Write Markdown beside pages."""
    app.connect("html-page-context", on_html_page_context)
    app.connect("build-finished", on_build_finished)
    app.connect(EVENT, on_outputs)
