"""What an import will write: every file with its content, and what it can't carry."""

from __future__ import annotations

import posixpath
import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from tsuzuri.progress import Progress
from tsuzuri.reading.frontmatter import read_front_matter
from tsuzuri.workshop.importing.addresses import address_of
from tsuzuri.workshop.importing.collect import Note, Source, collect
from tsuzuri.workshop.importing.constructs import IMPORT, Around, convert
from tsuzuri.workshop.importing.files import ADDRESSES, Files, can_be_read, is_image
from tsuzuri.workshop.importing.heads import block_of, with_lines, with_lists
from tsuzuri.workshop.importing.masks import edited, masked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path, PurePosixPath
    from zoneinfo import ZoneInfo

    from tsuzuri.workshop.importing.tools import Project

HOSTED = re.compile(r"https://(?:zenn\.dev/[^/]+/articles|qiita\.com/[^/]+/items)/([\w-]+)")
SAID = re.compile(r"^(?:url|permalink|path|save_as)\s*[:=]", re.MULTILINE | re.IGNORECASE)
"""A post that says its address itself never was where its tool would have put it."""


@dataclass(slots=True)
class Plan:
    """Files below our folder of posts."""

    texts: dict[PurePosixPath, tuple[Source, bytes]] = field(default_factory=dict)
    files: dict[PurePosixPath, Path] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


class Index:
    """Finds a post by whatever its tool's links call it."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.by_path: dict[Path, Source] = {}
        self.by_address: dict[str, Source] = {}
        self.by_name: dict[str, Source] = {}
        for source in sources:
            self.by_path[source.path.resolve()] = source
            if source.old:
                self.by_address.setdefault(trimmed(source.old), source)
            for alias in source.reading.front_matter.aliases:
                self.by_address.setdefault(trimmed(alias), source)
            name = source.name.parent if source.is_folder else source.name.with_suffix("")
            for known in (source.shown, name.as_posix(), name.name, source.slug, hosted_id(source)):
                if known:
                    self.by_name.setdefault(known, source)

    def named(self, name: str, source: Source) -> Source | None:
        """Return the post called *name* in *source*: a path, a file's name or a slug."""
        if not can_be_read(name):
            return None
        plain = unquote(name.strip()).lstrip("/")
        beside = self.by_path.get((source.path.parent / plain).resolve())
        if beside is not None:
            return beside
        stem = re.sub(r"\.(?:md|mdx|markdown)$", "", plain)
        stem = re.sub(r"/(?:_?index)$", "", stem)
        for tail in (plain, stem, *("/".join(stem.split("/")[n:])
                                    for n in range(1, stem.count("/") + 1))):  # fmt: skip
            if tail in self.by_name:
                return self.by_name[tail]
        return None

    def linked(self, address: str, source: Source, bases: tuple[str, ...]) -> Source | None:
        """Return the post that a link in *source* leads to, when the link has to change."""
        hosted = HOSTED.fullmatch(address.partition("#")[0])
        if hosted is not None:
            return self.by_name.get(hosted[1])
        for base in bases:
            if address.startswith(f"{base}/"):
                return self.by_address.get(trimmed(address.removeprefix(base)))
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return None
        if parts.path.startswith("/"):
            # an alias leads on, so the link can stay; a draft has none
            found = self.by_address.get(trimmed(parts.path))
            return found if found and found.reading.front_matter.draft else None
        found = self.by_path.get((source.path.parent / unquote(parts.path)).resolve())
        if found is not None or not source.old:
            return found
        return self.by_address.get(trimmed(urljoin(source.old, parts.path)))


def trimmed(address: str) -> str:
    """Return an address without what its spellings differ in."""
    path = unquote(urlsplit(address).path)
    return path.removesuffix("index.html").removesuffix(".html").strip("/").lower()


def hosted_id(source: Source) -> str:
    """Return the id that Qiita gave to a post."""
    match = re.search(r"^id:\s*['\"]?([0-9a-f]{20})", source.text[:2000], re.MULTILINE)
    return match[1] if match else ""


def make_plan(project: Project, folder: str, zone: ZoneInfo) -> Plan:
    """Return what an import of *project* will write below *folder*."""
    sources, notes = collect(project, zone)
    for source in sources:
        source.old = address_of(source, project)
    plan, files, index = Plan(notes=notes), Files(project), Index(sources)
    with Progress("reading", len(sources)) as progress:
        for number, source in enumerate(sources):
            progress.to(number, source.shown)
            if source.is_folder:
                files.beside(source)
            text = carried(source, files, index, folder, zone)
            data = text.encode("utf-8")
            plan.texts[source.target] = (source, data)
            plan.notes += source.notes
    plan.files = {target: path for path, target in files.targets.items()}
    plan.notes.sort(key=lambda note: (note.path, note.line))
    return plan


def carried(source: Source, files: Files, index: Index, folder: str, zone: ZoneInfo) -> str:
    """Return the text of *source* as it will stand here."""
    project = files.project
    text = with_constructs(source, project, index)
    text = with_addresses(text, source, files, index)
    text = with_image(text, source, files)
    if project.tool.name == "jekyll":
        text = with_lists(text)
    text = with_lines(text, additions(source, project, folder))
    reading = read_front_matter(text, path=source.target.as_posix(), zone=zone)
    source.notes += [
        Note(source.shown, min(finding.line or 1, source.text.count("\n") + 1), str(finding))
        for finding in reading.findings
    ]
    if reading.front_matter.date is None and not reading.front_matter.draft:
        source.note(0, "it has no date, and so is held back; write date: into its front matter")
    return text


def with_constructs(source: Source, project: Project, index: Index) -> str:
    """Return the text with what its tool alone knows turned into what is the same here."""

    def link_to(name: str) -> str | None:
        other = index.named(name, source)
        return None if other is None else relative_path(source, other)

    text = source.text
    mask = masked(text, body_start(text))
    around = Around(link_to, dict(IMPORT.findall(mask)))
    changes, notes = convert(text, mask, project.tool.name, around)
    for offset, message in notes:
        source.note(offset, message)
    return edited(text, changes)


def body_start(text: str) -> int:
    """Return where the text below the front matter of *text* begins."""
    end_line, start = block_of(text).end_line, 0
    for _ in range(end_line):
        start = text.find("\n", start) + 1
    return start


def relative_path(source: Source, other: Source) -> str:
    """Return the path from one post to another, here."""
    return posixpath.relpath(other.target.as_posix(), source.target.parent.as_posix())


def with_addresses(text: str, source: Source, files: Files, index: Index) -> str:
    """Return the text with the addresses of files and posts as they are here."""
    changes = []
    mask = masked(text, body_start(text))
    for match in ADDRESSES.finditer(mask):
        number = match.lastindex or 1
        address, span = match[number], match.span(number)
        if not can_be_read(address):
            continue
        other = index.linked(address, source, files.project.base_urls)
        if other is not None:
            anchor = address.partition("#")[2]
            new = relative_path(source, other) + (f"#{anchor}" if anchor else "")
            if new != address.removeprefix("./"):
                changes.append((*span, new))
            continue
        file, new = files.address_of(address, source)
        if new != address:
            bare = number == 2 and re.search(r"[\s()]", new)  # noqa: PLR2004 - the second group
            changes.append((*span, f"<{new}>" if bare else new))
        elif file is None and is_image(address) and ":" not in address:
            at = source.text.find(address, body_start(source.text))
            source.note(max(at, 0), f"the image {address} is not in the project")
    return edited(text, changes)


def with_image(text: str, source: Source, files: Files) -> str:
    """Return the text with the image of its front matter at its new address."""
    image, line = source.reading.front_matter.image, source.reading.lines.get("image")
    if image is None or line is None or "://" in image:
        return text
    file, new = files.address_of(image, source)
    if file is None:
        source.notes.append(Note(source.shown, line, f"the image {image} is not in the project"))
        return text
    lines = text.split("\n")
    for index in range(line - 1, min(line + 3, len(lines))):
        if image in lines[index]:
            lines[index] = lines[index].replace(image, new, 1)
            break
    return "\n".join(lines)


def additions(source: Source, project: Project, folder: str) -> dict[str, Any]:
    """Return what the front matter has to say that its tool knew otherwise."""
    front_matter = source.reading.front_matter
    added: dict[str, Any] = {}
    if front_matter.date is None and not front_matter.draft and not source.draft:
        date = git_date(source, project)
        if date:
            added["date"] = date
    if source.draft and not front_matter.draft:
        added["draft"] = True
    if source.language and not front_matter.language:
        added["language"] = source.language
    known = {trimmed(alias) for alias in front_matter.aliases}
    hidden = source.draft or front_matter.draft or SAID.search(block_of(source.text).head)
    if source.old and trimmed(source.old) not in known and not (hidden or is_own(source, folder)):
        added[free_key(source)] = [source.old]
    return added


def is_own(source: Source, folder: str) -> bool:
    """Say whether the post is at its old address here, too."""
    page = f"{folder}/{source.target.with_suffix('.html').as_posix()}"
    old = source.old.strip("/")
    return page == (old if old.endswith(".html") else f"{old}/index.html")


def free_key(source: Source) -> str:
    """Return the key for one more former address: what is written already is not touched."""
    head = block_of(source.text).head
    written = re.search(r"^aliases\b", head, re.MULTILINE | re.IGNORECASE)
    return "redirect_from" if written else "aliases"


def git_date(source: Source, project: Project) -> str:
    """Return the day on which the file was first committed, or an empty string."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the path is an argument of its own
            ["git", "log", "--follow", "--diff-filter=A", "--format=%as", "--", str(source.path)],  # noqa: S607 - whichever git the writer has
            cwd=project.root, capture_output=True, text=True, timeout=20, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    days = done.stdout.split()
    return days[-1] if done.returncode == 0 and days else ""
