"""What a page shows by itself."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from tsuzuri.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tsuzuri.problems import Finding
    from tsuzuri.workshop.checking.pages import Page
    from tsuzuri.workshop.checking.scan import Element

LONGEST_DESCRIPTION = 240
"""In columns, two for a full-width character: what a search result shows at most."""

MARKDOWN = {
    "a": "[text](address)", "b": "**text**", "strong": "**text**", "i": "*text*", "em": "*text*",
    "s": "~~text~~", "del": "~~text~~", "strike": "~~text~~", "code": "`text`",
    "h1": "# text", "h2": "## text", "h3": "### text", "h4": "#### text", "h5": "##### text",
    "h6": "###### text", "hr": "---", "li": "- text", "blockquote": "> text",
}  # fmt: skip
"""What Markdown has for an HTML element without attributes that it could not keep."""


def check_page(page: Page, now: datetime) -> Iterator[Finding]:
    """Yield all that is wrong with *page* by itself."""
    yield from page.reading.findings
    yield from check_headings(page)
    yield from check_elements(page)
    if page.post:
        yield from check_facts(page)
        yield from check_dates(page, now)
        yield from check_description(page)


def check_facts(page: Page) -> Iterator[Finding]:
    """Yield the lack of a title and, unless it is a draft, of a date."""
    if not page.title:
        yield page.finding(
            Problem.MISSING_TITLE, "the post has no title", "write title: into its front matter", 1
        )
    front_matter = page.front_matter
    if front_matter.date is None and not front_matter.draft and not page.reading.held_back:
        yield page.finding(
            Problem.MISSING_DATE,
            "the post has no date, so it is held back",
            "write date: 2024-09-12, or draft: true while you work on it",
            1,
        )


def check_dates(page: Page, now: datetime) -> Iterator[Finding]:
    """Yield dates that hold the post back, and updates that can't be."""
    front_matter = page.front_matter
    opens, date, updated = front_matter.visible_from, front_matter.date, front_matter.updated
    if opens is not None and opens > now and not front_matter.draft:
        name = "date" if opens == date else "publish_from"
        yield page.finding(
            Problem.FUTURE_DATE,
            f"the post is not published before {opens:%Y-%m-%d %H:%M}",
            "build the site again then, or correct the date",
            page.line(name),
        )
    if date is not None and updated is not None and updated < date:
        # a day without a time is its midnight: an update on the day of publication is none
        if updated.date() == date.date():
            return
        yield page.finding(
            Problem.DATE_ORDER,
            f"the update of {updated:%Y-%m-%d} is before the publication on {date:%Y-%m-%d}",
            "correct one of them",
            page.line("updated"),
        )
    if updated is not None and updated > now:
        yield page.finding(
            Problem.DATE_ORDER,
            f"the update of {updated:%Y-%m-%d} has not happened yet",
            "correct the date",
            page.line("updated"),
        )


def check_description(page: Page) -> Iterator[Finding]:
    """Yield what keeps a search result from showing the description."""
    text = page.front_matter.description
    if text is None:
        if not page.front_matter.draft:
            yield page.finding(
                Problem.MISSING_DESCRIPTION,
                "the post has no description; lists and search results show its first sentences",
                "write one or two sentences as description:",
                1,
            )
        return
    width = columns(text)
    if width > LONGEST_DESCRIPTION:
        yield page.finding(
            Problem.LONG_DESCRIPTION,
            f"the description is {width} columns wide, a search result shows "
            f"{LONGEST_DESCRIPTION} ({LONGEST_DESCRIPTION // 2} Japanese characters)",
            "shorten it",
            page.line("description"),
        )


def columns(text: str) -> int:
    """Return the width of *text*, a full-width character counted as two.

    >>> columns("C言語")
    5
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def check_headings(page: Page) -> Iterator[Finding]:
    """Yield levels left out: holes in the table of contents, and for screen readers."""
    previous = 0
    for heading in page.marks.headings:
        if previous and heading.level > previous + 1:
            yield page.finding(
                Problem.SKIPPED_LEVEL,
                f"the heading {heading.text[:40]!r} is level {heading.level} "
                f"below one of level {previous}",
                f"write it with {'#' * (previous + 1)}",
                heading.line,
            )
        previous = heading.level


def check_elements(page: Page) -> Iterator[Finding]:
    """Yield HTML that Markdown can say, for the sake of other formats and other writers."""
    for element in page.marks.elements:
        equal = markdown_for(element)
        if equal:
            yield page.finding(
                Problem.HTML_MARKUP,
                f"<{element.name}> has an equal in Markdown",
                f"write {equal}",
                element.line,
            )


def markdown_for(element: Element) -> str | None:
    """Return what Markdown has for *element*, when nothing would be lost."""
    if element.name == "img":
        return "![alt](address)" if element.attributes.keys() <= {"src", "alt", "title"} else None
    if element.name == "a":
        return MARKDOWN["a"] if element.attributes.keys() in ({"href"}, {"href", "title"}) else None
    return None if element.attributes else MARKDOWN.get(element.name)
