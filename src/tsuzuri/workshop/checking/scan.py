"""What a check has to know of a Markdown text, found by scanning it.

This is no Markdown parser: the build has one, and takes milliseconds a post with it.  Code,
formulas and comments are blanked first, so that what is left can be searched with regular
expressions; every mark keeps its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

FENCE = re.compile(
    r"^(?P<indent>[ >\t]*(?:[-*+] +|\d+[.)] +)?)(?P<mark>`{3,}|~{3,}|:{3,})(?P<info>.*)$"
)
DIRECTIVE = re.compile(r"\{(?P<name>[^}]+)\}\s*(?P<argument>.*)")
CODE_DIRECTIVES = frozenset(
    {
        "code", "code-block", "sourcecode", "code-cell", "literalinclude", "math", "mermaid",
        "chart", "eval-rst", "raw", "plot", "graphviz", "parsed-literal", "doctest", "csv-table",
    }
)  # fmt: skip
OPTION = re.compile(r"^\s*:(?P<name>[\w-]+):[ \t]*(?P<value>.*)$")
HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
NO_PARAGRAPH = re.compile(r"^\s*(?:$|[#>|]|[-*+] |\d+[.)] |\()")
TARGET = re.compile(r"^ {0,3}\(([^()\n]+)\)=[ \t]*$", re.MULTILINE)
ATTRIBUTES = re.compile(r"\{[^{}\n]*?#([^\s{}.=]+)[^{}\n]*\}")
EQUATION = re.compile(r"\$\$[ \t]*\(([^()\n]+)\)")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
MATH_BLOCK = re.compile(r"^ {0,3}\$\$.*?\$\$", re.DOTALL | re.MULTILINE)
INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
ROLE = re.compile(r"\{(post|doc|tag|category|author|series)\}$")
IMAGE = re.compile(r"!\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]")
DESTINATION = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|((?:[^\s()<>\\]|\\.|\([^\s()]*\))*))")
DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\[\]]+)\]:[ \t]*(?:<([^<>\n]*)>|(\S+))", re.MULTILINE)
WIKI = re.compile(r"(?<!!)\[\[([^\[\]\n|]+)(?:\|[^\[\]\n]*)?\]\]")
TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^<>]*?)?)\s*/?>")
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_~`]{1,3}(?=\S)|(?<=\S)[*_~`]{1,3}|<[^>]*>")


class Heading(NamedTuple):
    """A heading: its level, its text without markup, an id given to it, and its line."""

    level: int
    text: str
    given_id: str
    line: int


class Target(NamedTuple):
    """Where a link points, and its line; *role* is empty for an ordinary link."""

    address: str
    line: int
    role: str = ""


class Picture(NamedTuple):
    """An image; *alt* is None where HTML says nothing."""

    address: str
    alt: str | None
    line: int


class Element(NamedTuple):
    """The start of an HTML element."""

    name: str
    attributes: dict[str, str]
    line: int


@dataclass(slots=True)
class Marks:
    """What was found in one text."""

    headings: list[Heading] = field(default_factory=list)
    links: list[Target] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    targets: set[str] = field(default_factory=set)
    """Names given to places: `(name)=`, `{#id}`, `:name:`, `id="…"`."""


class Lines:
    """The line of each offset of a text."""

    def __init__(self, text: str) -> None:
        self.text, self.offset, self.line = text, 0, 1

    def at(self, offset: int) -> int:
        """Return the line of *offset*; cheapest when offsets ascend."""
        if offset < self.offset:
            self.offset, self.line = 0, 1
        self.line += self.text.count("\n", self.offset, offset)
        self.offset = offset
        return self.line


def scan(body: str) -> Marks:
    """Return the marks of *body*."""
    marks = Marks()
    text = without_blocks(body, marks)
    if "<!--" in text:
        text = COMMENT.sub(blank, text)
    if "$$" in text:
        marks.targets.update(match[1] for match in EQUATION.finditer(text))
        text = MATH_BLOCK.sub(blank, text)
    lines = Lines(text)
    if "`" in text:
        text = without_code(text, marks, lines)
    find_headings(text, marks, body)
    find_links(text, marks, Lines(text))
    if "<" in text:
        find_elements(text, marks, Lines(text))
    if "{" in text:
        marks.targets.update(match[1] for match in ATTRIBUTES.finditer(text))
    if ")=" in text:
        marks.targets.update(match[1].strip() for match in TARGET.finditer(text))
    return marks


def blank(match: re.Match[str]) -> str:
    """Return the newlines of *match*, and a space for anything else."""
    return "\n" * match[0].count("\n") if "\n" in match[0] else " " * len(match[0])


def without_blocks(body: str, marks: Marks) -> str:
    """Return *body* with its code blocks blank; directives leave what they say in *marks*."""
    if "```" not in body and "~~~" not in body and ":::" not in body:
        return body
    kept = []
    blocks = Blocks(marks)
    for number, line in enumerate(body.split("\n"), 1):
        kept.append(line if blocks.is_text(line, number) else "")
    return "\n".join(kept)


class Blocks:
    """Follows fences from line to line; a directive's body is text, unless it is code."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.code = ""
        """The fence that ends the code block we are in."""
        self.open: list[str] = []
        """The fences of the directives we are in."""
        self.options = False
        """True while options may follow a directive's first line."""
        self.figure = -1

    def is_text(self, line: str, number: int) -> bool:
        """Say whether *line* is text that marks are to be looked for in."""
        if self.options:
            option = OPTION.match(line)
            if option is not None:
                self.take(option)
                return False
            self.options = False
        if self.code:
            if closes(line, self.code):
                self.code = ""
            return False
        match = FENCE.match(line)
        if match is None:
            return True
        mark, info = match["mark"], match["info"].strip()
        if not info and any(closes(line, fence) for fence in self.open):
            while not closes(line, self.open.pop()):
                pass
            return False
        directive = DIRECTIVE.match(info)
        if directive is not None:
            self.begin(directive, number)
        if mark[0] != ":" and (directive is None or directive["name"] in CODE_DIRECTIVES):
            self.code = mark
        else:
            self.open.append(mark)
        return False

    def begin(self, directive: re.Match[str], number: int) -> None:
        """Take note of a directive's first line."""
        self.options, self.figure = True, -1
        argument = directive["argument"].strip()
        if directive["name"] in {"figure", "image"} and argument:
            self.figure = len(self.marks.pictures)
            self.marks.pictures.append(Picture(argument, "", number))

    def take(self, option: re.Match[str]) -> None:
        """Keep a directive's option that a check cares for."""
        value = option["value"].strip()
        if option["name"] in {"name", "label"}:
            self.marks.targets.add(value)
        elif option["name"] == "alt" and self.figure >= 0:
            picture = self.marks.pictures[self.figure]
            self.marks.pictures[self.figure] = picture._replace(alt=value)


def closes(line: str, fence: str) -> bool:
    """Say whether *line* ends the block that *fence* began."""
    stripped = line.strip(" >\t")
    return stripped.startswith(fence) and not stripped.strip(fence[0])


def without_code(text: str, marks: Marks, lines: Lines) -> str:
    """Return *text* with inline code blank; a role that points at something is kept in *marks*."""

    def replace(match: re.Match[str]) -> str:
        role = ROLE.search(text, max(0, match.start() - 12), match.start())
        if role is not None:
            content = match[2].strip()
            address = (
                content[content.rindex("<") + 1 : -1]
                if content.endswith(">") and ("<" in content)
                else content
            )
            marks.links.append(Target(address, lines.at(match.start()), role[1]))
        return blank(match)

    return INLINE_CODE.sub(replace, text)


def find_headings(text: str, marks: Marks, body: str) -> None:
    """Find headings in either notation; their text is taken from *body*, which has its code."""
    written = body.split("\n")
    previous = ""
    for number, line in enumerate(text.split("\n"), 1):
        if "#" in line[:4] and (match := HEADING.match(line)):
            full = HEADING.match(written[number - 1]) or match
            marks.headings.append(heading(len(match[1]), full[2], number))
        elif (
            line[:1] in {"=", "-", " "}
            and UNDERLINE.match(line)
            and not NO_PARAGRAPH.match(previous)
        ):
            level = 1 if "=" in line else 2
            marks.headings.append(heading(level, written[number - 2], number - 1))
        previous = line


def heading(level: int, written: str, line: int) -> Heading:
    """Return a heading whose text is *written* with markup."""
    given = ATTRIBUTES.search(written)
    plain = written[: given.start()] if given and written.rstrip().endswith("}") else written
    return Heading(level, MARKUP.sub(r"\1", plain).strip(), given[1] if given else "", line)


def find_links(text: str, marks: Marks, lines: Lines) -> None:
    """Find links, images, definitions and `[[slug]]`."""
    images = {match.end() - 1: match[1] for match in IMAGE.finditer(text)} if "![" in text else {}
    if "](" in text:
        for match in DESTINATION.finditer(text):
            address = match[1] if match[1] is not None else match[2]
            line = lines.at(match.start())
            if match.start() in images:
                marks.pictures.append(Picture(address, images[match.start()], line))
            else:
                marks.links.append(Target(address, line))
    if "]:" in text:
        for match in DEFINITION.finditer(text):
            marks.links.append(Target(match[2] or match[3], lines.at(match.start())))
    if "[[" in text:
        for match in WIKI.finditer(text):
            marks.links.append(Target(match[1].strip(), lines.at(match.start()), "wiki"))


def find_elements(text: str, marks: Marks, lines: Lines) -> None:
    """Find HTML elements; images among them count as images."""
    for match in TAG.finditer(text):
        attributes = {
            item[1].lower(): item[2] or item[3] or item[4] or ""
            for item in ATTRIBUTE.finditer(match[2])
        } if match[2] else {}  # fmt: skip
        name, line = match[1].lower(), lines.at(match.start())
        marks.elements.append(Element(name, attributes, line))
        if name == "img" and "src" in attributes:
            marks.pictures.append(Picture(attributes["src"], attributes.get("alt"), line))
        elif name == "a" and "href" in attributes:
            marks.links.append(Target(attributes["href"], line, "html"))
        marks.targets.update(attributes[key] for key in ("id", "name") if key in attributes)
