"""Pages at a post's former addresses that lead to where it is now.

Each alias gets a small page that works on any host, in a sub-folder too; hosts that can answer
with a real redirect find all of them in ``_redirects`` (the format of Netlify and Cloudflare
Pages).
"""

from __future__ import annotations

import posixpath
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, unquote, urlsplit

from sphinx.locale import get_translation
from sphinx.util.osutil import relative_uri

from tsuzuri.posts.domain import PostDomain
from tsuzuri.problems import Finding, Problem, report
from tsuzuri.writing.canonical import is_site, site_of
from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.outputs import EVENT, output_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from tsuzuri.posts.model import Post

_ = get_translation("tsuzuri")

RULES = "_redirects"

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={url}">
<meta name="viewport" content="width=device-width">
</head>
<body>
<p>{moved} <a href="{url}">{title}</a></p>
</body>
</html>
"""


def file_of(alias: str) -> str:
    """Return the file, below the output folder, that answers at the address *alias*.

    >>> file_of("/old/post/"), file_of("/old/post"), file_of("/old.html")
    ('old/post/index.html', 'old/post/index.html', 'old.html')
    """
    path = posixpath.normpath(unquote(alias)).strip("/")
    if path.endswith((".html", ".htm")):
        return path
    return posixpath.join(path, "index.html").removeprefix("./")


def former_addresses(
    posts: Iterable[Post],
    *,
    taken: Mapping[str, str],
    path_of: Callable[[str], str],
    line_of: Callable[[str], int],
) -> tuple[dict[str, Post], list[Finding]]:
    """Return the post that each former address leads to, and what is wrong with the others.

    *taken* maps a file of the output folder to the source it is written from.  An address that is
    a page's own is left to that page; of two posts that claim one address the older has it.
    """
    leads_to: dict[str, Post] = {}
    findings = []
    for post in sorted(posts, key=lambda post: post.order):
        for alias in post.aliases:
            file = file_of(alias)
            owner = leads_to.get(file)
            claimed = taken.get(file) or (path_of(owner.docname) if owner else "")
            if not claimed:
                leads_to[file] = post
            elif owner is not post and claimed != path_of(post.docname):
                findings.append(
                    Finding(
                        Problem.ALIAS,
                        f"the alias {alias!r} is the address of {claimed}",
                        "remove it from one of the two",
                        path_of(post.docname),
                        line_of(post.docname),
                    )
                )
    return leads_to, findings


def redirect_page(post: Post, file: str, target: str, canonical: str) -> str:
    """Return the page at *file* that leads to *post* at *target*, both from the root."""
    url = relative_uri(quote(file), target)
    return PAGE.format(
        language=escape(post.language),
        title=escape(post.title),
        canonical=escape(canonical or url),
        url=escape(url),
        moved=escape(_("This page has moved:")),
    )


def rules(leads_to: Mapping[str, Post], target: Callable[[str], str], root: str) -> str:
    """Return the ``_redirects`` file: a line for each former address, from root to root."""
    lines = []
    for file, post in sorted(leads_to.items()):
        address = file.removesuffix("index.html")
        lines.append(f"{root}{quote(address)} {root}{target(post.docname)} 301\n")
    return "".join(lines)


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Write the pages at former addresses."""
    if exception is not None or not is_site(app):
        return
    leads_to = _leads_to(app)
    site = site_of(app)
    out = Path(app.outdir)
    for file, post in leads_to.items():
        page = redirect_page(
            post, file, site.target_uri(post.docname), post.canonical or site.page(post.docname)
        )
        write_if_changed(out / file, page)
    if leads_to:
        root = urlsplit(site.base).path or "/"
        write_if_changed(out / RULES, rules(leads_to, site.target_uri, root))


def on_outputs(app: Sphinx) -> list[str]:
    """Name the files of this feature."""
    leads_to = _leads_to(app) if is_site(app) else {}
    return [*leads_to, RULES] if leads_to else []


def _leads_to(app: Sphinx) -> dict[str, Post]:
    return _former(app)[0]


def _former(app: Sphinx) -> tuple[dict[str, Post], list[Finding]]:
    env, builder = app.env, cast("StandaloneHTMLBuilder", app.builder)
    domain = PostDomain.of(env)
    if not any(post.aliases for post in domain.posts.values()):
        return {}, []

    def path_of(docname: str) -> str:
        return str(env.doc2path(docname, base=False).as_posix())

    taken = {output_name(builder, name): path_of(name) for name in env.all_docs}
    lists = domain.directory.lists.items()
    taken |= {output_name(builder, page): f"{k} {n}" for (k, n), page in lists}
    return former_addresses(
        domain.posts.values(),
        taken=taken,
        path_of=path_of,
        line_of=lambda docname: domain.data["lines"].get(docname, {}).get("aliases", 1),
    )


def on_env_updated(app: Sphinx, _env: object) -> list[str]:
    """Report former addresses that are in use, at every build until it is mended."""
    if is_site(app):
        report(_former(app)[1], str(app.srcdir))
    return []


def setup_redirects(app: Sphinx) -> None:
    """Lead readers from former addresses to where posts are."""
    app.connect("env-updated", on_env_updated, priority=900)
    app.connect("build-finished", on_build_finished)
    app.connect(EVENT, on_outputs)
