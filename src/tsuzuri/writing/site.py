"""The site as feeds, sitemap and metadata need it: names, addresses, authors. Plain values."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from tsuzuri.posts.authors import Author

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# What XML 1.0 has no way to write, escaped or not; the same characters mean nothing in JSON,
# HTML or a plain text file either.
UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def writable(text: str) -> str:
    """Return *text* without the characters that no XML document can hold."""
    return text if text.isprintable() else UNWRITABLE.sub("", text)


@dataclass(frozen=True, slots=True)
class Site:
    """Names and addresses of one site, for one builder."""

    title: str
    base: str
    """The canonical address of the site's root, ending in a slash; empty when not known."""
    language: str
    target_uri: Callable[[str], str]
    """Docname to its address below the root, quoted, as the builder has it."""
    author: str = ""
    description: str = ""
    copyright: str = ""
    blog_path: str = "blog"
    authors: Mapping[str, Author] = field(default_factory=dict)
    icon: str = ""
    """The site's image for machines: a file below the root."""
    preview: bool = False
    """Whether this build is a preview that search engines are not to see."""
    version: str = ""

    def page(self, docname: str) -> str:
        """Return the canonical address of the page *docname*; the start page's is the site's."""
        address = self.target_uri(docname)
        return self.base + ("" if address == "index.html" else address)

    def file(self, path: str) -> str:
        """Return the canonical address of the output file *path*; a URL stays as it is."""
        if urlsplit(path).scheme:
            return path
        return self.base + quote(posixpath.normpath(path).lstrip("/"))

    def author_of(self, key: str) -> Author:
        """Return the author whom posts call *key*: a declared one, or just that name."""
        return self.authors.get(key) or Author(key, key)

    def authors_of(self, keys: tuple[str, ...]) -> tuple[Author, ...]:
        """Return the authors of a post; the site's own when the post names none."""
        found = tuple(self.author_of(key) for key in keys)
        return found or ((Author(self.author, self.author),) if self.author else ())


PREVIEW_HOST = re.compile(r"\.readthedocs\.build$")


def canonical_base(written: str, production: str, environment: Mapping[str, str]) -> str:
    """Return the address that search engines should know the site by.

    *written* is what ``conf.py`` says, most often from the build's environment.  A preview of a
    pull request on Read the Docs has an address of its own there, which is not the one to
    remember: then *production* (``tsuzuri_production_url``) counts, or what the preview's
    environment tells about it.
    """
    base = written
    if is_preview(environment):
        base = production or production_guess(written, environment)
    return base.rstrip("/") + "/" if base else ""


def is_preview(environment: Mapping[str, str]) -> bool:
    """Return whether this is Read the Docs' build of a pull request."""
    return environment.get("READTHEDOCS_VERSION_TYPE") == "external"


def production_guess(written: str, environment: Mapping[str, str]) -> str:
    """Return the production address that fits a preview's *environment*."""
    version = environment.get("READTHEDOCS_VERSION", "")
    parts = urlsplit(written)
    if PREVIEW_HOST.search(parts.netloc):
        project = environment.get("READTHEDOCS_PROJECT", "")
        language = environment.get("READTHEDOCS_LANGUAGE", "en")
        return f"https://{project}.readthedocs.io/{language}/latest/" if project else ""
    head, _, last = parts.path.rstrip("/").rpartition("/")
    if version and last == version:
        return parts._replace(path=f"{head}/latest/").geturl()
    return written


def served_path(base: str, environment: Mapping[str, str]) -> str:
    """Return the path of the site's root on the server: ``/``, or ``/ja/latest/``.

    *base* is the canonical address; a preview is served under its own version's name.
    """
    path = urlsplit(environment.get("READTHEDOCS_CANONICAL_URL") or base).path.rstrip("/")
    if is_preview(environment):
        head, _, _ = path.rpartition("/")
        path = f"{head}/{environment.get('READTHEDOCS_VERSION', '')}"
    return f"{path}/"
