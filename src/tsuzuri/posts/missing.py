"""Sphinx's own references that lead nowhere, told like ours: with what they may have meant.

``{ref}`slug``` and ``[](#slug)`` find a post by its label, which only a name of one post is.  What
they do not find is asked of the directory of posts: a name of several, a draft, or the nearest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import get_node_line

from tsuzuri.posts.dead_links import finding_of
from tsuzuri.posts.domain import PostDomain
from tsuzuri.posts.references import Found, Reference, Unknown
from tsuzuri.problems import report

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.domains.std import StandardDomain
    from sphinx.environment import BuildEnvironment

    from tsuzuri.posts.references import Directory


def names_of(env: BuildEnvironment, directory: Directory) -> set[str]:
    """Return every name that a reference of Sphinx can have: labels, and posts' slugs."""
    std = cast("StandardDomain", env.get_domain("std"))
    return {*std.anonlabels, *(post.slug for post in directory.posts.values())}


def tell(app: Sphinx, node: addnodes.pending_xref, target: str, *, sure: bool) -> bool:
    """Report the *target* of *node* that was not found; return whether there was a word to say.

    Where others may still find it, because it is not *sure* to be a label, only what is known of
    posts is said: that the name is a draft's, or that of several.
    """
    domain = PostDomain.of(app.env)
    reference = Reference("name", target, line=get_node_line(node) or 1)
    answer = domain.directory.by_name(target)
    if isinstance(answer, Found):
        return False
    if isinstance(answer, Unknown):
        if not sure:
            return False
        answer = Unknown(domain.directory.nearest(target, names_of(app.env, domain.directory)))
    path = app.env.doc2path(node["refdoc"], base=False).as_posix()
    report([finding_of(reference, answer, path)], str(app.srcdir))
    return True


def on_warn_missing_reference(
    app: Sphinx, _domain: object, node: addnodes.pending_xref
) -> bool | None:
    """Say in Sphinx's place what a ``{ref}`` that nothing has answered may have meant."""
    if node.get("refdomain") != "std" or node["reftype"] != "ref":
        return None
    return tell(app, node, node["reftarget"], sure=True) or None


class TellAmbiguous(SphinxPostTransform):
    """Tells of ``[](#name)`` that means a draft or several posts, before MyST finds nothing."""

    default_priority = 8  # MyST resolves its references at 9

    def run(self, **_options: Any) -> None:
        """Look at MyST's references of one document."""
        std = cast("StandardDomain", self.env.get_domain("std"))
        for node in list(self.document.findall(addnodes.pending_xref)):
            target = node["reftarget"]
            mysts = node["reftype"] == "myst" and node.get("refdomain") is None
            known = target.lower() in std.anonlabels or node.get("reflocalid")
            if mysts and not known and tell(self.app, node, target, sure=False):
                text = node[0].deepcopy() if node.get("refexplicit") else nodes.inline("", target)
                node.replace_self(text)


def setup_missing(app: Sphinx) -> None:
    """Register what is said of references that nothing has answered."""
    app.add_post_transform(TellAmbiguous)
    app.connect("warn-missing-reference", on_warn_missing_reference)
