"""Posts as chapters: what a book, a help file or one long page holds beside its toctree.

Posts stand outside toctrees, and a builder that makes one work of many documents takes those of
the first page's toctree alone.  For these builders the first page gets one more toctree, of the
posts that no other names, from the first post to the last, and each post a line that says when
it was written.  This is done where a builder asks for a doctree: what is kept of a document
between builds is the same for all builders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import get_translation
from sphinx.util.i18n import format_date

from tsuzuri.posts._ablog import LISTS_POSTS
from tsuzuri.posts.domain import PostDomain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

    from tsuzuri.posts.model import Post

_ = get_translation("tsuzuri")

BINDERS = frozenset(
    {
        "applehelp", "devhelp", "epub", "htmlhelp", "latex", "man", "qthelp", "singlehtml",
        "texinfo",
    }
)  # fmt: skip
"""Builders that make one work of the documents that the first page leads to."""


def chapters(posts: Iterable[Post], included: Iterable[str]) -> list[str]:
    """Return the documents of the *posts* to add, in the order in which they were written."""
    known = set(included)
    kept = [post for post in posts if post.docname not in known and not post.external]
    return [post.docname for post in sorted(kept, key=lambda post: post.order)]


def bind(tree: nodes.document, docname: str, names: list[str], *, first: bool) -> None:
    """Give *tree*, the first page, a toctree of *names*: before its others, or after them."""
    toctree = addnodes.toctree(
        parent=docname,
        entries=[(None, name) for name in names],
        includefiles=names,
        maxdepth=-1,
        caption=None,
        glob=False,
        hidden=True,
        includehidden=False,
        numbered=0,
        titlesonly=False,
    )
    wrapper = nodes.compound("", toctree, classes=["toctree-wrapper"])
    others = [node.parent for node in tree.findall(addnodes.toctree)]
    if others:
        beside = others[0 if first else -1]
        beside.parent.insert(beside.parent.index(beside) + (not first), wrapper)
    else:
        next(tree.findall(nodes.section), tree).append(wrapper)


def date_line(tree: nodes.document, post: Post, config: Config) -> None:
    """Say below the title of *tree* when the post was published."""
    date = format_date(
        config.post_date_format, date=post.date.replace(tzinfo=None), language=config.language
    )
    for title in tree.findall(nodes.title):
        text = _("Published on %(date)s") % {"date": date}
        line = nodes.paragraph(text, text, classes=["post-date"])
        title.parent.insert(title.parent.index(title) + 1, line)
        return


class Binding:
    """The additions of one build."""

    def on_write_started(self, app: Sphinx, builder: Builder) -> None:
        """Add to what the builder will ask for; the environment has been kept by now."""
        if builder.name not in BINDERS:
            return
        env, root = app.env, app.config.root_doc
        posts = PostDomain.of(env).posts
        included = {name for names in env.toctree_includes.values() for name in names}
        names = chapters(posts.values(), included)
        read, is_blog = env.get_doctree, LISTS_POSTS in env.metadata[root]

        def get_doctree(docname: str) -> nodes.document:
            tree = read(docname)
            if docname == root and names:
                bind(tree, root, names, first=is_blog)
            elif docname in posts:
                date_line(tree, posts[docname], app.config)
            return tree

        env.get_doctree = get_doctree  # type: ignore[method-assign] # there is no event for it

    def on_build_finished(self, app: Sphinx, _exception: Exception | None) -> None:
        """Leave the environment as it was for a further build."""
        if hasattr(app, "env"):
            vars(app.env).pop("get_doctree", None)


def setup_binding(app: Sphinx) -> None:
    """Bind posts for builders that make one work of many documents."""
    binding = Binding()
    app.connect("write-started", binding.on_write_started)
    app.connect("build-finished", binding.on_build_finished)
