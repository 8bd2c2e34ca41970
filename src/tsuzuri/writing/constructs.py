"""Our own nodes in HTML, and when cards make a page outdated."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import get_translation

from tsuzuri.reading import nodes as own
from tsuzuri.reading.cards import Card
from tsuzuri.reading.rules.render_base import CARDS_USED, kept_cards
from tsuzuri.writing.code import depart_code, visit_code, visit_diff
from tsuzuri.writing.diagrams import setup_diagrams
from tsuzuri.writing.plain import PlainConstructs

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

_ = get_translation("tsuzuri")

MAIN_PART = re.compile(r"^(?:www|m)\.")


def visit_strikethrough(self: HTML5Translator, node: own.strikethrough) -> None:
    """Open ``<s>``."""
    self.body.append(self.starttag(node, "s", ""))


def depart_strikethrough(self: HTML5Translator, _node: own.strikethrough) -> None:
    """Close it."""
    self.body.append("</s>")


def visit_ruby(self: HTML5Translator, node: own.ruby) -> None:
    """Open a word with its reading."""
    self.body.append(self.starttag(node, "ruby", ""))


def depart_ruby(self: HTML5Translator, node: own.ruby) -> None:
    """Put the reading, in brackets for whoever can't place it above, and close the word."""
    self.body.append(f"<rp>（</rp><rt>{escape(node['reading'])}</rt><rp>）</rp></ruby>")


def visit_checkbox(self: HTML5Translator, node: own.checkbox) -> None:
    """Write a box that says what it is and can't be changed."""
    label = _("Done") if node["checked"] else _("To do")
    checked = ' checked=""' if node["checked"] else ""
    self.body.append(
        f'<input type="checkbox" class="task-list-item-checkbox" disabled=""{checked}'
        f' aria-label="{escape(label)}">'
    )
    raise nodes.SkipNode


def visit_details(self: HTML5Translator, node: own.details) -> None:
    """Open folded text."""
    opening = self.starttag(node, "details", CLASS="tz-details")
    self.body.append(opening.replace(">", ' open="">') if node["open"] else opening)


def depart_details(self: HTML5Translator, _node: own.details) -> None:
    """Close it."""
    self.body.append("</details>\n")


def visit_summary(self: HTML5Translator, node: own.summary) -> None:
    """Open what is seen of folded text."""
    self.body.append(self.starttag(node, "summary", ""))


def depart_summary(self: HTML5Translator, _node: own.summary) -> None:
    """Close it."""
    self.body.append("</summary>\n")


def visit_file_code(self: HTML5Translator, node: own.file_code) -> None:
    """Open a code block with its file's name."""
    self.body.append(self.starttag(node, "div", CLASS="literal-block-wrapper tz-file"))


def depart_div(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close a ``<div>``."""
    self.body.append("</div>\n")


def visit_filename(self: HTML5Translator, node: own.filename) -> None:
    """Open a file's name."""
    self.body.append(self.starttag(node, "div", "", CLASS="code-block-caption tz-file__name"))
    self.body.append('<span class="caption-text">')


def depart_filename(self: HTML5Translator, _node: own.filename) -> None:
    """Close it."""
    self.body.append("</span></div>\n")


def visit_link_card(self: HTML5Translator, node: own.link_card) -> None:
    """Write a card: one link with the page's title, then what else is known of the page."""
    bare = " tz-link-card--bare" if not node["description"] and not len(node) else ""
    self.body.append(self.starttag(node, "div", CLASS=f"tz-link-card{bare}"))
    self.body.append(
        f'<div class="tz-link-card__text"><p class="tz-link-card__title">'
        f'<a href="{escape(node["url"])}">{escape(node["title"], quote=False)}</a></p>'
    )
    if node["description"]:
        text = escape(node["description"], quote=False)
        self.body.append(f'<p class="tz-link-card__description">{text}</p>')
    host = MAIN_PART.sub("", node["host"])
    site = f"{node['site']} · " if node["site"] and node["site"].lower() != host else ""
    self.body.append(f'<p class="tz-link-card__site">{escape(site + host, quote=False)}</p></div>')


def visit_embed(self: HTML5Translator, node: own.embed) -> None:
    """Write the facade of an embed: its link, and a button when there is a frame to load."""
    self.body.append(self.starttag(node, "figure", CLASS="tz-embed", style=_aspect(node)))


def _aspect(node: own.embed) -> str:
    return f"--tz-aspect: {node['aspect']}"


def depart_embed(self: HTML5Translator, node: own.embed) -> None:
    """Write the words of the facade after its image and close it."""
    title = escape(node["title"] or _on(node), quote=False)
    self.body.append(f'<figcaption><a href="{escape(node["url"])}">{title}</a>')
    if node["title"]:
        service = escape(MAIN_PART.sub("", node["service"]), quote=False)
        self.body.append(f' <span class="tz-embed__service">{service}</span>')
    self.body.append("</figcaption>")
    if node["frame"] and self.builder.name != "epub":
        label = _("Load from %(service)s") % {"service": MAIN_PART.sub("", node["service"])}
        frame_title = node["title"] or node["service"]
        self.body.append(
            f'<button type="button" class="tz-embed__load" hidden data-title='
            f'"{escape(frame_title)}" data-frame="{escape(node["frame"])}">{escape(label)}</button>'
        )
    self.body.append("</figure>\n")


def _on(node: own.embed) -> str:
    """Return the words of a link to an embed whose title is not known."""
    return _("See it on %(service)s") % {"service": MAIN_PART.sub("", node["service"])}


def on_env_get_outdated(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Read again the documents that show cards of which something else is known now."""
    cards = kept_cards(Path(app.srcdir))
    return [
        docname
        for docname, metadata in env.metadata.items()
        if any(cards.get(url, Card()) != card for url, card in metadata.get(CARDS_USED, {}).items())
    ]


def setup_constructs(app: Sphinx) -> None:
    """Register our nodes, their plain forms, and when cards make a page outdated."""
    html: dict[type[nodes.Element], tuple[Any, Any]] = {
        own.strikethrough: (visit_strikethrough, depart_strikethrough),
        own.ruby: (visit_ruby, depart_ruby),
        own.checkbox: (visit_checkbox, None),
        own.details: (visit_details, depart_details),
        own.summary: (visit_summary, depart_summary),
        own.file_code: (visit_file_code, depart_div),
        own.filename: (visit_filename, depart_filename),
        own.link_card: (visit_link_card, depart_div),
        own.embed: (visit_embed, depart_embed),
        own.diff_code: (visit_diff, None),
    }
    for node, visitors in html.items():
        app.add_node(node, html=visitors)
    app.add_node(nodes.literal_block, override=True, html=(visit_code, depart_code))
    app.add_post_transform(PlainConstructs)
    app.connect("env-get-outdated", on_env_get_outdated)
    setup_diagrams(app)
