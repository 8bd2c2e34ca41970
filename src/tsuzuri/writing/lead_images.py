"""The image that stands for a post: found, copied to the site, and addressed.

Sphinx copies the images that a text shows.  One that only front matter names has to be told to
it; it may also be a file that the site copies anyway, as Astro's ``public`` and Hugo's ``static``
are by ``html_extra_path``.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tsuzuri.posts.domain import PostDomain
from tsuzuri.problems import Finding, Problem, report
from tsuzuri.reading.image_sources import RemoteImages
from tsuzuri.writing.freshness import EVENT as SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from tsuzuri.posts.model import Post


def candidates(image: str, docname: str) -> Iterator[str]:
    """Yield the paths below the source folder that *image*, written in *docname*, may mean.

    >>> list(candidates("./a.png", "posts/x/index"))
    ['posts/x/a.png']
    >>> list(candidates("/a.png", "posts/x"))
    ['a.png']
    """
    for written in dict.fromkeys((image, unquote(image))):
        folder = "" if written.startswith("/") else posixpath.dirname(docname)
        path = posixpath.normpath(posixpath.join(folder, written.lstrip("/")))
        if not path.startswith("../") and path != "..":
            yield path


def is_remote(image: str) -> bool:
    """Return whether *image* is somewhere else on the web."""
    return urlsplit(image).scheme in {"http", "https"}


def source_of(post: Post, env: BuildEnvironment) -> str:
    """Return the image's path below the source folder, or nothing when there is no such file.

    An image on another site has one when it was fetched.
    """
    if not post.image:
        return ""
    paths = candidates(post.image, post.docname)
    if is_remote(post.image):
        copy = RemoteImages.of(env).manifest.get(post.image)
        paths = iter([copy.path] if copy else [])
    found = (path for path in paths if Path(env.srcdir, path).is_file())
    return next(found, "")


def extra_file(post: Post, srcdir: Path, config: Config) -> str:
    """Return the image's path in the output when ``html_extra_path`` brings it there."""
    if not post.image or is_remote(post.image):
        return ""
    name = unquote(post.image).lstrip("/")
    folders = [srcdir / path for path in config.html_extra_path]
    return name if any((folder / name).is_file() for folder in folders) else ""


def lead_image(env: BuildEnvironment, post: Post) -> str:
    """Return a URL, or the path in the output of the image that stands for *post*; or nothing."""
    if not post.image:
        return ""
    source = source_of(post, env)
    if source in env.images:
        return f"_images/{env.images[source][1]}"
    if post.image and is_remote(post.image):
        return post.image
    return extra_file(post, Path(env.srcdir), env.config)


def missing(posts: Iterable[Post], env: BuildEnvironment) -> Iterator[Finding]:
    """Yield a finding for each image that is nowhere."""
    for post in posts:
        if post.image and not lead_image(env, post):
            yield Finding(
                Problem.MISSING_IMAGE,
                f"the post's image {post.image!r} does not exist",
                "write its path from the post's folder, or from the source folder with a leading /",
                env.doc2path(post.docname, base=False).as_posix(),
                1,
            )


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Make the images known to Sphinx."""
    posts = PostDomain.of(env).published()
    for post in posts:
        source = source_of(post, env)
        if source:
            env.images.add_file(post.docname, source)
    report(missing(posts, env), str(app.srcdir))
    return []


def on_shown(_app: Sphinx, env: BuildEnvironment) -> dict[str, str]:
    """Say which image each post's page shows."""
    return {docname: lead_image(env, post) for docname, post in PostDomain.of(env).posts.items()}


def on_html_page_context(
    app: Sphinx,
    _pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Give templates ``image_of(post)``: the address from this page, or nothing."""
    pathto = context["pathto"]

    def image_of(post: Post) -> str:
        path = lead_image(app.env, post)
        return path if not path or is_remote(path) else str(pathto(path, 1))

    context["image_of"] = image_of


def setup_lead_images(app: Sphinx) -> None:
    """Find the images that stand for posts; :mod:`tsuzuri.writing.images` puts them in place."""
    app.connect("env-updated", on_env_updated, priority=600)
    app.connect(SHOWN, on_shown)
    app.connect("html-page-context", on_html_page_context)
