"""The posts of a project, each with what the rest of the import has to know of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from tsuzuri.reading.frontmatter import read_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from tsuzuri.reading.frontmatter import Reading
    from tsuzuri.workshop.importing.tools import Project

MARKDOWN = frozenset({".md", ".mdx", ".markdown", ".mkd"})
OTHER_TEXTS = frozenset({".rst", ".html", ".adoc", ".asciidoc", ".org", ".ipynb", ".qmd", ".rmd"})
BLOGS = frozenset({"blog", "post", "posts"})
NO_FOLDERS = frozenset(
    {"node_modules", ".git", ".remote", "_site", "resources", "themes", "__pycache__"}
)
LANGUAGE = re.compile(r"\.([a-z]{2}(?:-[a-zA-Z]{2,4})?)$")


@dataclass(frozen=True, slots=True)
class Note:
    """Something that could not be carried, and where it stands."""

    path: str
    line: int
    message: str


@dataclass(slots=True)
class Source:
    """One post of the project."""

    path: Path
    name: PurePosixPath
    """Its place below the folder of posts it was found in."""
    collection: str
    """The name of that folder."""
    text: str
    reading: Reading
    draft: bool = False
    """True when its place says that it is a draft (Jekyll)."""
    old: str = ""
    """Its address there, or an empty string."""
    notes: list[Note] = field(default_factory=list)
    shown: str = ""
    """Its path as notes name it."""
    section: str = ""
    """The folders of its address: those between the tool's root of posts and it."""

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder with a text and its files."""
        return self.name.stem.partition(".")[0] == "index" and len(self.name.parts) > 1

    @property
    def target(self) -> PurePosixPath:
        """Its place below our folder of posts."""
        return PurePosixPath("-".join(self.name.as_posix().split())).with_suffix(".md")

    @property
    def slug(self) -> str:
        """The last part of its address: its own word, or its name without a date."""
        if self.reading.front_matter.slug:
            return self.reading.front_matter.slug
        name = self.name.parent.name if self.is_folder else self.name.stem
        return re.sub(r"^\d{4}-\d{2}-\d{2}[-_]", "", LANGUAGE.sub("", name))

    @property
    def language(self) -> str | None:
        """The language that its file name says, as in ``index.en.md``."""
        match = LANGUAGE.search(self.name.stem)
        return match[1] if match else None

    def note(self, offset: int, message: str) -> None:
        """Note that what stands at *offset* of the text could not be carried."""
        line = self.text.count("\n", 0, offset) + 1
        self.notes.append(Note(self.shown, line, message))


def collect(project: Project, zone: ZoneInfo) -> tuple[list[Source], list[Note]]:
    """Return the posts of *project* and what else in it might have been one."""
    sources, notes = [], []
    for folder in project.contents:
        for path in walk(folder):
            shown = path.relative_to(project.root).as_posix()
            suffix = path.suffix.lower()
            if suffix in OTHER_TEXTS:
                notes.append(Note(shown, 1, f"a {suffix} file is not Markdown; it stays behind"))
            if (
                suffix not in MARKDOWN
                or path.name.startswith("_index.")
                or path.name == "README.md"
            ):
                continue
            if not path.resolve().is_relative_to(project.root.resolve()):
                notes.append(Note(shown, 1, "the file is outside the project; it stays behind"))
                continue
            try:
                text = path.read_bytes().decode("utf-8")
            except UnicodeDecodeError as error:
                line = error.object[: error.start].count(b"\n") + 1
                notes.append(
                    Note(shown, line, "the file is not UTF-8; save it so and import again")
                )
                continue
            sources.append(source_of(path, folder, text, project, zone))
    return apart(sources), notes


def source_of(path: Path, folder: Path, text: str, project: Project, zone: ZoneInfo) -> Source:
    """Return the post at *path*, which was found below *folder*."""
    name, collection = PurePosixPath(path.relative_to(folder).as_posix()), folder.name
    content = project.root / "content"
    if project.tool.name in {"hugo", "zola"} and path.is_relative_to(content):
        inside = PurePosixPath(path.relative_to(content).as_posix())
        collection = inside.parts[0] if len(inside.parts) > 1 else ""
        if folder == content and collection in BLOGS:
            name = PurePosixPath(*name.parts[1:])
    else:
        inside = PurePosixPath(collection, name)
    source = Source(
        path, name, collection, text,
        reading=read_front_matter(text, path=name.as_posix(), zone=zone),
        draft=folder.name == "_drafts",
        shown=path.relative_to(project.root).as_posix(),
    )  # fmt: skip
    above = inside.parent.parent if source.is_folder else inside.parent
    source.section = "" if str(above) == "." else above.as_posix()
    return source


def apart(sources: list[Source]) -> list[Source]:
    """Give posts of one name in two folders a place each."""
    taken: set[str] = set()
    for source in sources:
        if source.target.as_posix().lower() in taken:
            source.name = PurePosixPath(source.collection.strip("_") or "more", source.name)
        taken.add(source.target.as_posix().lower())
    return sources


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files below *folder*, in a stable order, without those of tools."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in NO_FOLDERS and not path.name.startswith("."):
                yield from walk(path)
        elif not path.name.startswith("."):
            yield path
