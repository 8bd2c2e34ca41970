"""Which address the site is known by, and the :class:`Site` of the current build."""

from __future__ import annotations

import os
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from sphinx.builders.html import StandaloneHTMLBuilder

from tsuzuri.config import Settings
from tsuzuri.posts.authors import authors_of
from tsuzuri.writing.site import Site, canonical_base, is_preview, served_path

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def is_site(app: Sphinx) -> bool:
    """Return whether this build makes a site for the web, a page a file.

    Sphinx has other builders that write HTML (one file, EPUB, help files, JSON): feeds, lists
    and metadata have no place in those.
    """
    builder = app.builder
    return isinstance(builder, StandaloneHTMLBuilder) and builder.name in {"html", "dirhtml"}


def address_of(app: Sphinx, docname: str) -> str:
    """Return the address of a page below the root, as a URL has to write it.

    Sphinx quotes it for its ``html`` builder and forgets to for ``dirhtml``.
    """
    return requoted(app.builder.get_target_uri(docname))


@lru_cache(maxsize=1 << 16)
def requoted(address: str) -> str:
    """Return *address* quoted once, whether it is quoted by now or not."""
    return quote(unquote(address), safe="/#")


def site_of(app: Sphinx) -> Site:
    """Return the site that *app* builds."""
    config, _settings = app.config, Settings.of(app.config)
    return Site(
        title=config.blog_title,
        base=config.html_baseurl,
        language=(config.language or "en").replace("_", "-"),
        target_uri=partial(address_of, app),
        author=config.author,
        description=config.blog_feed_subtitle or "",
        copyright=config.copyright if isinstance(config.copyright, str) else "",
        blog_path=config.blog_path.strip("/"),
        authors=authors_of(config),
        preview=is_preview(os.environ),
        version=app.extensions["tsuzuri"].version,
    )


def served_root(config: Config) -> str:
    """Return the path of the site's root on the server of this very build."""
    return served_path(config.html_baseurl, os.environ)


def brought_by_user(app: Sphinx, name: str) -> bool:
    """Return whether the writer has a file *name* of their own in ``html_extra_path``."""
    for entry in app.config.html_extra_path:
        path = Path(app.confdir) / entry
        if path.name == name or (path / name).is_file():
            return True
    return False


def on_config_inited(_app: Sphinx, config: Config) -> None:
    """Give Sphinx and ABlog one canonical address, ending in a slash."""
    written = config.html_baseurl or config.blog_baseurl
    base = canonical_base(written, config.tsuzuri_production_url, os.environ)
    config.html_baseurl = config.blog_baseurl = base


def setup_canonical(app: Sphinx) -> None:
    """Settle the address before anyone looks at the configuration."""
    app.connect("config-inited", on_config_inited, priority=60)
