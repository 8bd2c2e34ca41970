"""A post out of what its writer says of it and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from docutils import nodes
from sphinx.util.nodes import NodeMatcher

from tsuzuri.posts.clock import build_time
from tsuzuri.posts.model import Post
from tsuzuri.posts.slugs import slug_of
from tsuzuri.posts.terms import terms_of, texts_of
from tsuzuri.reading.japanese import first_sentences, reading_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from sphinx.config import Config

    from tsuzuri.config import Settings
    from tsuzuri.reading.frontmatter import FrontMatter

SUMMARY_LENGTH = 120
"""Characters of a summary: what a search result or a card shows."""

SKIPPED = (
    nodes.title,
    nodes.literal_block,
    nodes.comment,
    nodes.raw,
    nodes.table,
    nodes.system_message,
    nodes.footnote,
    nodes.figure,
    nodes.math_block,
)
"""What is no sentence of the text."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a post takes from its site."""

    docname: str
    language: str
    authors: tuple[str, ...]
    zone: ZoneInfo

    @classmethod
    def of(cls, docname: str, config: Config, settings: Settings) -> Self:
        """Return what *config* says that a post at *docname* is surrounded by."""
        default = config.blog_default_author or ()
        authors = (default,) if isinstance(default, str) else tuple(default)
        return cls(docname, config.language, authors, settings.zone)


def make_post(front_matter: FrontMatter, document: nodes.document, around: Surroundings) -> Post:
    """Return the post that *document* is."""
    date = front_matter.date or build_time()  # without a date only in a preview of drafts
    texts = list(texts_of(document))
    updated = front_matter.updated
    return Post(
        docname=around.docname,
        slug=front_matter.slug or slug_of(around.docname),
        title=front_matter.title or _first_title(document),
        date=date.astimezone(around.zone),
        updated=updated.astimezone(around.zone) if updated else None,
        description=front_matter.description or "",
        summary=summary(document),
        tags=front_matter.tags,
        categories=front_matter.categories,
        authors=front_matter.authors or around.authors,
        locations=front_matter.locations,
        language=front_matter.language or around.language,
        series=front_matter.series,
        series_order=front_matter.series_order,
        image=front_matter.image,
        image_alt=front_matter.image_alt or "",
        aliases=front_matter.aliases,
        canonical=front_matter.canonical,
        external=front_matter.external,
        translations=tuple(sorted(front_matter.translations.items())),
        comments=front_matter.comments,
        draft=_is_draft(front_matter, build_time()),
        reading_minutes=minutes(document, (text for text, _weight in texts)),
        terms=terms_of(texts),
        headings=tuple(_headings(document)),
        extra=tuple(sorted(front_matter.extra.items())),
    )


def _is_draft(front_matter: FrontMatter, now: datetime) -> bool:
    begins = front_matter.visible_from
    return front_matter.draft or begins is None or begins > now


def _first_title(document: nodes.document) -> str:
    return next((title.astext() for title in document.findall(nodes.title)), "")


def _headings(document: nodes.document) -> Iterator[tuple[int, str, str]]:
    """Yield level, id and text of each heading below the title."""

    def below(section: nodes.Element, level: int) -> Iterator[tuple[int, str, str]]:
        for child in section.children:
            if isinstance(child, nodes.section):
                title = next(iter(child.findall(nodes.title)), None)
                if level > 1 and title is not None and child["ids"]:
                    yield level, child["ids"][0], title.astext()
                yield from below(child, level + 1)

    return below(document, 1)


def summary(document: nodes.document, *, length: int = SUMMARY_LENGTH) -> str:
    """Return the first sentences of *document*, plain, at most *length* characters."""
    text = ""
    for paragraph in sentences_of(document):
        text = f"{text}\n{paragraph}".strip()
        if len(text) >= length:
            break
    return first_sentences(text, length)


def sentences_of(document: nodes.document) -> Iterator[str]:
    """Yield the plain text of each paragraph that is running text, without docutils' messages."""
    for paragraph in document.findall(nodes.paragraph):
        parent: nodes.Node | None = paragraph.parent
        while parent is not None and not isinstance(parent, SKIPPED):
            parent = parent.parent
        parts = (part for part in paragraph if not isinstance(part, nodes.system_message))
        text = "".join(part.astext() for part in parts).strip()
        if parent is None and text:
            yield text


SLOW = NodeMatcher(nodes.literal_block, nodes.math, nodes.math_block)
"""What is read more slowly than sentences."""
SYMBOLS_A_FORMULA = 4
"""So many formulas in sentences, most of them a letter, hold a reader up like one set apart."""


def minutes(document: nodes.document, texts: Iterable[str]) -> int:
    """Return in how many minutes *document* is read, *texts* being what it says in sentences."""
    found = list(SLOW.findall(document))
    code = (node for node in found if isinstance(node, nodes.literal_block))
    in_sentences = sum(1 for node in found if isinstance(node, nodes.math))
    apart = sum(1 for node in found if isinstance(node, nodes.math_block))
    return reading_minutes(
        "\n".join(texts),
        code_lines=sum(block.astext().count("\n") + 1 for block in code),
        formulas=apart + in_sentences // SYMBOLS_A_FORMULA,
    )
