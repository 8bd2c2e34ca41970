"""The pages that are checked, and what they know of each other."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tsuzuri.posts.slugs import slug_of
from tsuzuri.problems import Finding, Problem
from tsuzuri.reading.frontmatter import read_front_matter
from tsuzuri.reading.headings import anchor, same_heading
from tsuzuri.reading.patterns import is_post
from tsuzuri.workshop.checking.scan import scan

if TYPE_CHECKING:
    from pathlib import Path

    from tsuzuri.reading.frontmatter import FrontMatter, Reading
    from tsuzuri.workshop.checking.scan import Marks
    from tsuzuri.workshop.site import Site


@dataclass(slots=True, eq=False)
class Page:
    """One Markdown file."""

    path: str
    """Relative to the source folder, with slashes."""
    post: bool
    reading: Reading
    marks: Marks

    @property
    def front_matter(self) -> FrontMatter:
        """What its writer says about it."""
        return self.reading.front_matter

    @property
    def docname(self) -> str:
        """Sphinx's name of it."""
        return self.path.rpartition(".")[0]

    @property
    def slug(self) -> str:
        """The name other posts refer to it by."""
        return self.front_matter.slug or slug_of(self.docname)

    @property
    def title(self) -> str:
        """Its title, from wherever the build would take it."""
        if self.front_matter.title:
            return self.front_matter.title
        return self.marks.headings[0].text if self.marks.headings else ""

    def line(self, name: str) -> int:
        """Return the line on which the field *name* was written, or the first."""
        return self.reading.lines.get(name, 1)

    def finding(self, problem: Problem, message: str, mend: str, line: int) -> Finding:
        """Return a finding in this file."""
        return Finding(problem, message, mend, self.path, line)

    def anchors(self) -> set[str]:
        """Return the ids that its headings get, and those it gives itself."""
        seen: dict[str, int] = {}
        found = set(self.marks.targets)
        texts = [heading.text for heading in self.marks.headings]
        title = self.front_matter.title
        if title and not (texts and same_heading(texts[0], title)):
            texts.insert(0, title)
        for text in texts:
            name = anchor(text)
            count = seen.get(name, 0)
            found.add(f"{name}-{count}" if count else name)
            seen[name] = count + 1
        found.update(heading.given_id for heading in self.marks.headings if heading.given_id)
        return {unicodedata.normalize("NFC", name) for name in found}


@dataclass(eq=False)
class Pages:
    """All pages of a site."""

    root: Path
    pages: list[Page] = field(default_factory=list)
    unreadable: list[Finding] = field(default_factory=list)

    @cached_property
    def posts(self) -> list[Page]:
        """Those that are posts."""
        return [page for page in self.pages if page.post]

    @cached_property
    def targets(self) -> frozenset[str]:
        """Every name that a page gives to a place, in lower case."""
        return frozenset(name.lower() for page in self.pages for name in page.marks.targets)


def read_pages(site: Site) -> Pages:
    """Read every Markdown file of *site*."""
    result = Pages(site.root)
    for file in site.sources():
        path = file.relative_to(site.root).as_posix()
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            message = f"the file is not UTF-8: byte {error.object[error.start]:#04x}"
            finding = Finding(Problem.ENCODING, message, "save it as UTF-8", path, line)
            result.unreadable.append(finding)
            continue
        reading = read_front_matter(text, path=path, zone=site.zone)
        post = is_post(path, reading.front_matter, site.post_patterns)
        result.pages.append(Page(path, post, reading, scan(reading.body)))
    return result
