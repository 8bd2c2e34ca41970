"""Draws the social card of each post that needs one, once."""

from __future__ import annotations

import posixpath
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging
from sphinx.util.i18n import format_date

from tsuzuri.config import Settings
from tsuzuri.posts.domain import PostDomain
from tsuzuri.writing.canonical import is_site
from tsuzuri.writing.card_font import ADVICE, CardFont, find_font
from tsuzuri.writing.cards import Card, draw
from tsuzuri.writing.feeds.model import one_line
from tsuzuri.writing.files import write_if_changed
from tsuzuri.writing.freshness import EVENT as SHOWN
from tsuzuri.writing.freshness import EVERY_PAGE
from tsuzuri.writing.lead_images import lead_image
from tsuzuri.writing.outputs import EVENT as OUTPUTS
from tsuzuri.writing.phrases import Phrases

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from tsuzuri.posts.model import Post

logger = logging.getLogger(__name__)

FOLDER = "_images/cards"


class Cards:
    """The cards of one build; a process that writes pages has its own."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.settings = Settings.of(app.config)
        self.phrases = Phrases()

    @cached_property
    def font(self) -> CardFont | None:
        """The font, looked for when the first card needs it."""
        wanted = self.settings.social_cards and is_site(self.app)
        srcdir = Path(self.app.srcdir)
        return find_font(self.settings.social_card_font, srcdir) if wanted else None

    @cached_property
    def identity(self) -> str:
        """What tells this font from another; empty without one."""
        return self.font.identity if self.font else ""

    def path(self, post: Post) -> str:
        """Return the output path of the card of *post*, or nothing when it gets none."""
        needed = self.font is not None and not lead_image(self.app.env, post)
        if not needed or not self.font or not self.font.drawable(one_line(post.title)):
            return ""
        return f"{FOLDER}/{self.card(post).key(self.identity)}.png"

    def card(self, post: Post) -> Card:
        """Return what is written on the card of *post*."""
        config = self.app.config
        date = format_date(
            config.post_date_format, date=post.date.replace(tzinfo=None), language=config.language
        )
        tags = tuple(one_line(tag) for tag in post.tags)
        return Card(one_line(post.title), one_line(config.blog_title), date, tags)

    def make(self, post: Post) -> None:
        """Draw the card of *post*, unless it was drawn before."""
        path = self.path(post)
        if not path or not self.font:
            return
        kept = Path(self.app.doctreedir) / "tsuzuri-cards" / posixpath.basename(path)
        if not kept.exists():
            picture = draw(self.card(post), self.font, self.phrases.split)
            write_if_changed(kept, picture or b"")
        write_if_changed(Path(self.app.outdir) / path, kept.read_bytes())


class CardFiles:
    """Makes the cards of the pages that are written."""

    def __init__(self) -> None:
        self.cards: Cards | None = None

    def of(self, app: Sphinx) -> Cards:
        """Return the cards of this build."""
        self.cards = self.cards or Cards(app)
        return self.cards

    def on_shown(self, app: Sphinx, _env: BuildEnvironment) -> dict[str, str]:
        """Every post's head names its card, whose name changes with the font."""
        cards = self.of(app)
        wanted = cards.settings.social_cards and is_site(app)
        if wanted and cards.font is None and PostDomain.of(app.env).posts:
            logger.info(ADVICE)
        return {EVERY_PAGE: cards.identity}

    def on_html_page_context(
        self,
        app: Sphinx,
        pagename: str,
        _templatename: str,
        _context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Draw a post's card in the process that writes its page."""
        post = PostDomain.of(app.env).posts.get(pagename)
        if post and doctree is not None:
            self.of(app).make(post)

    def on_outputs(self, app: Sphinx) -> list[str]:
        """Return the files that this build stands for."""
        cards = self.of(app)
        posts = PostDomain.of(app.env).posts.values()
        return [path for path in map(cards.path, posts) if path]


def setup_cards(app: Sphinx) -> None:
    """Draw social cards."""
    files = CardFiles()
    app.connect(SHOWN, files.on_shown)
    app.connect("html-page-context", files.on_html_page_context)
    app.connect(OUTPUTS, files.on_outputs)
