"""What can be wrong in a site, and the only way to say so.

Pure code returns :class:`Finding` values; a handler passes them to :func:`report`, which logs
each as a Sphinx warning of type ``tsuzuri`` and the problem's own subtype, so that ``-W``
counts it and ``suppress_warnings = ["tsuzuri.missing-date"]`` silences it.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Problem(Enum):
    """The subtype of a warning, with what it means."""

    FRONT_MATTER = "front-matter"
    """The block of metadata at the top of a file can't be read, or a key has a wrong value.

    Mend: correct the key that the message names; dates are written as `2024-09-12`, lists
    as `[a, b]`, text with a colon in quotes.
    """
    UNKNOWN_KEY = "unknown-key"
    """A front-matter key that no supported tool knows, most often a typing error.

    Mend: correct the name, or put data of your own below `extra:`.
    """
    MISSING_DATE = "missing-date"
    """A post says neither when it was published nor that it is a draft; it is held back.

    Mend: add `date: 2024-09-12`, or `draft: true`.
    """
    MISSING_TITLE = "missing-title"
    """A post has no title in its front matter and no heading to take one from.

    Mend: add `title:`.
    """
    DUPLICATE_SLUG = "duplicate-slug"
    """Two pages, or two tags, would have the same address.

    Mend: give one of them another `slug:`, or spell the tag as elsewhere.
    """
    ENCODING = "encoding"
    """A file is not UTF-8, so that it is not known what its text is; it is held back.

    Mend: save the file as UTF-8.
    """
    DEAD_LINK = "dead-link"
    """A link to a page, or to a heading of a page, that does not exist.

    Mend: correct the link; the message has the nearest names.
    """
    DRAFT_LINK = "draft-link"
    """A link to a post that is not published; it is shown as text.

    Mend: publish the post, or take the link out.
    """
    AMBIGUOUS_LINK = "ambiguous-link"
    """A name that more than one post answers to.

    Mend: write the path of the one that is meant.
    """
    ALIAS = "alias"
    """A former address that is in use, or that another post claims too.

    Mend: take the address out of one post's `aliases:`.
    """
    DUPLICATE_TITLE = "duplicate-title"
    """Two posts have one title, so that a list does not tell them apart.

    Mend: tell them apart in their titles.
    """
    SIMILAR_NAMES = "similar-names"
    """A tag, category or series is spelt in two ways that differ in case, width, kana or space.

    Mend: spell it in one way everywhere.
    """
    SERIES_GAP = "series-gap"
    """The numbers of a series' parts leave one out, or use one twice.

    Mend: correct `series_order:` in the posts that the message names.
    """
    SKIPPED_LEVEL = "skipped-level"
    """A heading is more than one level below the one above it.

    Mend: take the level between, `##` before `###`.
    """
    MISSING_DESCRIPTION = "missing-description"
    """A post has no description for lists and search results.

    Mend: write one or two sentences as `description:`.
    """
    LONG_DESCRIPTION = "long-description"
    """A description is longer than a search result shows.

    Mend: shorten it; what matters first.
    """
    FUTURE_DATE = "future-date"
    """A post has a date in the future, and is held back until then.

    Mend: nothing, when it is meant so; otherwise correct the date.
    """
    DATE_ORDER = "date-order"
    """A post was updated before it was published, or will have been.

    Mend: correct `date:` or `updated:`.
    """
    MISSING_IMAGE = "missing-image"
    """An image file does not exist.

    Mend: correct the path, which is relative to the post, or add the file.
    """
    LARGE_IMAGE = "large-image"
    """An image file is larger than a page should load.

    Mend: make it smaller, or save it in a format that suits it.
    """
    MISSING_ALT = "missing-alt"
    """An image has no text for those who can't see it.

    Mend: say what it shows: `![…](a.png)`; for a mere ornament, that is meant to say
    nothing, write `alt=""`.
    """
    HTML_MARKUP = "html-markup"
    """HTML that Markdown has an equal for.

    Mend: write it in Markdown, so that other formats have it too.
    """
    HTML_IMAGE = "html-image"
    """An image written in HTML can't be carried over.

    Mend: write it as `![alt](file)`, or mend the tag that the message names.
    """
    UNKNOWN_BLOCK = "unknown-block"
    """A block `:::name` that no supported tool knows; what is in it is shown.

    Mend: correct the name; the message has the nearest.
    """
    MISSING_NOTE = "missing-note"
    """A footnote's mark, `[^name]`, without the note; it is shown as text.

    Mend: write the note, `[^name]: ...`, or correct the name; in text that means no note, write
    a backslash before the bracket.
    """
    CROWDED = "crowded"
    """A paragraph with more than ten thousand marks (`*`, `[`, `<`, ...), or what follows tens of
    thousands of blocks; it is shown as it stands.

    Mend: put pasted data into a code block; divide the paragraph or the post.
    """
    UNKNOWN_EMBED = "unknown-embed"
    """An `@[name](…)` of no known service, or one whose text is nothing of that service.

    Mend: correct the name or the address, or write a plain link.
    """
    UNKNOWN_LANGUAGE = "unknown-language"
    """A code block in a language that has no highlighting; it is shown without.

    Mend: correct the name, or write `text`.
    """
    SCRIPT = "script"
    """A script in a post, left out because the site does not allow scripts.

    Mend: do without; the message names the setting that allows scripts.
    """
    UNSAFE_LINK = "unsafe-link"
    """A link or an image whose address is code (`javascript:`, `vbscript:`, `data:text/html`).

    What it shows stays, as text. Mend: link to a page.
    """
    OUTSIDE = "outside"
    """A file outside the source folder, by its path or by a symbolic link; it is not read.

    Mend: bring it into the source folder, or name its folder in `tsuzuri_outside_folders`.
    """
    DIRECTIVE = "directive"
    """A directive that ends with an error of its own program; its text is shown as it stands.

    Mend: what the message says; often something is missing in the block.
    """
    CHART = "chart"
    """A `{chart}` block can't be drawn: its code fails, a part is missing, or charts are off.

    Mend: see how to draw a chart; the message has the line of the code.
    """
    REMOTE_IMAGE = "remote-image"
    """An image of another site, which readers would ask that site for; it was not fetched.

    Mend: run `tsuzuri fetch` and commit what it brings.
    """
    IMAGE = "image"
    """An image file that is broken, or too large to be worked on.

    Mend: save the file again, smaller if it is huge.
    """
    FORMULA = "formula"
    """A formula that KaTeX can't read; the page shows its source.

    Mend: correct it at the position that the message gives.
    """
    CUT_CLASS = "cut-class"
    """A page uses a class of the theme whose rules are not in the site's style sheet.

    Mend: name the class in `tsuzuri_keep_classes`.
    """
    SEARCH = "search"
    """The search index can't be made; the index of the build before stays.

    Mend: follow the cause that the message gives; the pages are built all the same.
    """


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of one file.

    *path* is relative to the source folder and *line* counts from 1; *message* says what is
    wrong and *mend* what to do about it, both without a full stop.
    """

    problem: Problem
    message: str
    mend: str
    path: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.message}; {self.mend}" if self.mend else self.message


def report(findings: Iterable[Finding], srcdir: str) -> None:
    """Log *findings* as warnings of files below *srcdir*, an absolute path."""
    from sphinx.util import logging  # noqa: PLC0415 - the command line starts without Sphinx

    logger = logging.getLogger(__name__)
    for finding in findings:
        place = f"{srcdir}/{finding.path}"
        logger.warning(
            "%s",
            finding,
            type="tsuzuri",
            subtype=finding.problem.value,
            # without a colon Sphinx would take it for a document's name and add a suffix
            location=f"{place}:{finding.line or 1}",
        )


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``did you mean X?`` for the *known* name nearest to *name*, or an empty string."""
    nearest = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {nearest[0]!r}?" if nearest else ""
