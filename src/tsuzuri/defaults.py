"""Values for other packages' settings, where the user's conf.py says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

MYST_EXTENSIONS = [
    "alert",
    "amsmath",
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "fieldlist",
    "strikethrough",
    "tasklist",
]

DATE_FORMATS = {"ja": ("%Y年%-m月%-d日", "%-m月%-d日")}
"""Language to ABlog's long and short date format; others get the month's name."""

SOURCES = ["*.md", "*.rst", "posts/**", "docs/**", "pages/**"]
"""What is part of a site; anything else in the folder is not published by accident."""

NO_SOURCES = [
    "CHANGELOG.*",
    "CODE_OF_CONDUCT.*",
    "CONTRIBUTING.*",
    "LICENSE.*",
    "README*",
    "SECURITY.*",
    "_build",
    "**/.*",
    "**/node_modules",
    ".venv",
    "venv",
]


APPENDED_TO = ["html_static_path", "templates_path"]
"""Lists that themes append to: without a copy, to Sphinx's own default for the next build."""


def defaults(config: Config) -> Iterator[tuple[str, Any]]:
    """Yield each setting of another package and the value that suits a blog."""
    long_date, short_date = DATE_FORMATS.get(config.language, ("%B %-d, %Y", "%B %-d"))
    yield "include_patterns", SOURCES
    yield "html_title", config.blog_title
    yield "exclude_patterns", NO_SOURCES
    yield "blog_post_pattern", ["posts/**/*.md"]
    yield "blog_feed_fulltext", True
    yield "blog_feed_archives", True
    yield "blog_feed_length", 20
    yield "version", "1"  # EPUB asks for one; a blog has none
    yield "epub_tocscope", "includehidden"  # of a blog, the first page hides its toctree
    if config.language == "ja":
        yield "latex_elements", {"papersize": "a4paper"}
    if not config.copyright:
        yield "epub_copyright", config.author
    yield "post_date_format", long_date
    yield "post_date_format_short", short_date
    yield "myst_enable_extensions", MYST_EXTENSIONS
    yield "myst_heading_anchors", 6
    yield "myst_heading_slug_func", "tsuzuri.reading.headings.anchor"
    yield "html_copy_source", False
    yield "html_use_index", False
    yield "html_show_sourcelink", False
    yield "html_show_sphinx", False
    yield "html_scaled_image_link", False  # tsuzuri enlarges images itself


def on_config_inited(_app: Sphinx, config: Config) -> None:
    """Set what the user has not."""
    said = config._raw_config.keys() | config.overrides.keys()
    for name, value in defaults(config):
        if name not in said:
            setattr(config, name, value)
    for name in APPENDED_TO:
        setattr(config, name, list(getattr(config, name)))


def setup_defaults(app: Sphinx) -> None:
    """Set defaults before any other handler looks at the configuration."""
    app.connect("config-inited", on_config_inited, priority=50)
