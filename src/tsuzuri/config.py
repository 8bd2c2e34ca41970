"""Every setting of tsuzuri, declared once.

A setting is a field of :class:`Settings`: its annotation is its type, its default the value
when ``conf.py`` says nothing, its metadata the help text and what has to be done again when
it changes.  In ``conf.py`` each is written with the prefix ``tsuzuri_``.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, dataclass, field, fields
from operator import is_not
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sphinx.config import ENUM
from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

type_hints = get_type_hints

PREFIX = "tsuzuri_"
KEPT = "_settings_of_tsuzuri"
"""Where a configuration keeps the settings; Sphinx pickles no name that begins so."""
FEED_FORMATS = ("atom", "json", "rss")

Rebuild = Literal["", "env", "html"]
"""What a changed value makes necessary: nothing, reading again, or writing HTML again."""


def setting(default: Any, help: str, *, rebuild: Rebuild) -> Any:  # noqa: A002 - the field's name for it
    """Declare one setting: its default value, a sentence of help, what a change rebuilds."""
    metadata = {"help": help, "rebuild": rebuild}
    if isinstance(default, (list, dict)):
        return field(default_factory=default.copy, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of all ``tsuzuri_*`` settings of one build."""

    timezone: str = setting(
        "Asia/Tokyo",
        "IANA time zone in which dates without a zone are meant and all dates are shown.",
        rebuild="env",
    )
    drafts: bool = setting(
        False,
        "Build drafts and future posts too, marked with a banner; for previews only.",
        rebuild="env",
    )
    line_breaks: Literal["join", "space", "br"] = setting(
        "join",
        "What a newline inside a paragraph becomes: `join` leaves nothing between Japanese "
        "characters and a space elsewhere, `space` always a space, `br` a line break.",
        rebuild="env",
    )

    ruby: bool = setting(
        False,
        "Read `{漢字|かんじ}` as a word with its reading above it.",
        rebuild="env",
    )
    link_cards: bool = setting(
        True,
        "Show an address that stands alone in a paragraph as a card, or as what it embeds.",
        rebuild="env",
    )
    allow_scripts: bool = setting(
        False,
        "Keep `<script>` elements in posts, and raw HTML that would run a script; without it they "
        "are left out with a warning.",
        rebuild="env",
    )
    outside_folders: list[str] = setting(
        [],
        "Folders outside the source folder, relative to it, whose files posts may include and "
        'show, such as `[".."]` for documentation that includes its project\'s changelog.',
        rebuild="env",
    )
    chart_folder: str = setting(
        "",
        "Folder, in the source folder, in which the drawings of `{chart}` blocks are kept, to be "
        "committed; when empty, the code of charts is shown and not run.",
        rebuild="env",
    )
    production_url: str = setting(
        "",
        "The site's address for search engines in previews of pull requests, which Read the Docs "
        "serves elsewhere; without it, `https://<project>.readthedocs.io/<language>/latest/`.",
        rebuild="html",
    )
    authors: dict[str, dict[str, str]] = setting(
        {},
        "Author's key, as posts use it, to a profile: `name`, `url`, `avatar` (a file of the site "
        "or a URL) and `bio`; over and above ABlog's `blog_authors`.",
        rebuild="html",
    )
    feed_formats: list[str] = setting(
        ["atom", "json"],
        "Formats of each feed: `atom` (`atom.xml`), `json` (`feed.json`), `rss` (`rss.xml`).",
        rebuild="html",
    )
    posts_per_page: int = setting(
        20,
        "How many posts a page of a list shows; 0 puts all on one page.",
        rebuild="html",
    )
    social_cards: bool = setting(
        True,
        "Draw an image with its title for each post that has no image of its own, for previews "
        "of links in chats and social networks.",
        rebuild="html",
    )
    social_card_font: str = setting(
        "",
        "Font file of the social cards' text, in the source folder or absolute; without it, a "
        "Japanese font that is installed.",
        rebuild="html",
    )
    markdown_pages: bool = setting(
        True,
        "Write each post's Markdown beside its page (`<page>.html.md`) and list them in "
        "`llms.txt`, for readers that are programs.",
        rebuild="html",
    )
    headers_file: bool = setting(
        True,
        "Write `_headers`, from which Netlify and Cloudflare Pages take the site's "
        "Content-Security-Policy.",
        rebuild="html",
    )
    content_policy: dict[str, str] = setting(
        {},
        "What the Content-Security-Policy admits besides what the pages show: directive to "
        'sources, such as `{"connect-src": "https://stats.example"}`.',
        rebuild="html",
    )
    old_post_years: int = setting(
        0,
        "From this age on, in years, a post tells its readers how old it is; 0 means never.",
        rebuild="html",
    )
    search_merged: dict[str, str] = setting(
        {},
        "Other sites made with tsuzuri that the search finds pages of too: the name that results "
        "show, to the site's address, best a path of the same host such as `/manual/`.",
        rebuild="html",
    )
    giscus: dict[str, str] = setting(
        {},
        "Comments by giscus, loaded when a reader asks for them: `repo`, `repo_id`, `category`, "
        "`category_id` as https://giscus.app gives them, and its other options.",
        rebuild="html",
    )
    former_urls: tuple[str, ...] = setting(
        (),
        "Patterns of URLs that posts had before, such as `https://old.example/blog/{slug}/`; "
        "links to them become links to the posts.",
        rebuild="env",
    )

    new_post: Literal["file", "folder"] = setting(
        "file",
        "What `tsuzuri new` makes: a `file`, or a `folder` with `index.md` for images beside it.",
        rebuild="",
    )
    new_post_folder: str = setting(
        "posts",
        "Folder, in the source folder, of what `tsuzuri new` and `tsuzuri import` write.",
        rebuild="",
    )
    new_post_template: str = setting(
        "",
        "File, in the source folder, that `tsuzuri new` starts a post from: a Jinja template that "
        "knows `title`, `slug`, `date`, `tags` and `draft`.",
        rebuild="",
    )
    image_widths: list[int] = setting(
        [480, 960, 1440, 1920],
        "Widths, in pixels, of the smaller WebP copies of each image; empty for no copies.",
        rebuild="html",
    )
    math_macros: dict[str, str] = setting(
        {},
        r"LaTeX commands of your own for formulas: name to meaning, arguments as `#1`, as in "
        r'`{r"\R": r"\mathbb{R}"}`.',
        rebuild="env",
    )

    shortcuts: bool = setting(
        True,
        "Use faster versions of some functions of Sphinx, docutils and the theme, with the same "
        "output; turn it off when in doubt about one of them.",
        rebuild="",
    )
    docs_folder: str = setting(
        "docs",
        "Folder of the documentation beside the blog; its pages show their own tree in the "
        "sidebar. Empty when there is none.",
        rebuild="html",
    )
    licence: str = setting(
        "",
        "Licence of the texts, shown in the footer: a Creative Commons identifier such as "
        "`CC-BY-4.0`, or a name and an address, `name <https://…>`.",
        rebuild="html",
    )
    body_font: str = setting(
        "gothic",
        "Typeface of the text: `gothic`, `mincho`, or a CSS list of font families.",
        rebuild="html",
    )
    keep_classes: list[str] = setting(
        [],
        "Classes of the theme (and of Bootstrap) that pages use in HTML of their own; their rules "
        "stay in the style sheet, which otherwise has only what the site needs.",
        rebuild="html",
    )

    @classmethod
    def of(cls, config: Config) -> Settings:
        """Return the settings that *config*, Sphinx's own, holds.

        They are asked for a dozen times a page, so *config* keeps its last answer; it counts as
        long as no value has been replaced.
        """
        own = vars(config)
        values = [own.get(PREFIX + name, MISSING) for name in cls.__slots__]
        kept: tuple[list[Any], Settings] | None = own.get(KEPT)
        if kept is None or any(map(is_not, kept[0], values)):
            answer = cls(**{name: getattr(config, PREFIX + name) for name in cls.__slots__})
            kept = own[KEPT] = (values, answer)
        return kept[1]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the site."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class Declaration:
    """One setting as ``conf.py``, Sphinx and the reference page need it."""

    name: str
    default: Any
    rebuild: Rebuild
    types: Any
    help: str


def declarations() -> Iterator[Declaration]:
    """Yield every setting in the order of its declaration."""
    hints = type_hints(Settings)
    for item in fields(Settings):
        default = item.default if item.default_factory is MISSING else item.default_factory()
        yield Declaration(
            PREFIX + item.name,
            default,
            item.metadata["rebuild"],
            accepted_types(hints[item.name]),
            item.metadata["help"],
        )


def accepted_types(annotation: Any) -> Any:
    """Return what Sphinx checks a value against, for a field's *annotation*."""
    origin = get_origin(annotation)
    if origin is Literal:
        return ENUM(*get_args(annotation))
    if origin in {Union, types.UnionType}:
        return tuple(kind for part in get_args(annotation) for kind in accepted_types(part))
    if origin in {tuple, list}:
        return (tuple, list)
    return (origin or annotation,)


def on_config_inited(_app: Sphinx, config: Config) -> None:
    """Refuse a setting that no build could work with."""
    settings = Settings.of(config)
    for name in settings.feed_formats:
        if name not in FEED_FORMATS:
            raise ConfigError(
                f"tsuzuri_feed_formats: there is no format {name!r}; "
                f"choose from {', '.join(FEED_FORMATS)}"
            )
    try:
        _ = settings.zone
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(
            f"tsuzuri_timezone: {config.tsuzuri_timezone!r} is no IANA time zone; "
            'write one such as "Asia/Tokyo" or "UTC"'
        ) from error


def setup_config(app: Sphinx) -> None:
    """Register every setting with Sphinx."""
    for item in declarations():
        app.add_config_value(item.name, item.default, item.rebuild, item.types, item.help)
    app.connect("config-inited", on_config_inited, priority=100)
