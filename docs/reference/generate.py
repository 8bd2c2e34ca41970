"""Write the generated parts of the reference: ``python docs/reference/generate.py``.

A page holds ``% begin: name`` and ``% end: name``; what stands between is written here from
the code, so that the reference says what the code does.  A test compares both.
"""

from __future__ import annotations

import ast
import re
from importlib import import_module
from inspect import cleandoc, getdoc, getsource
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import click

from tsuzuri.config import Settings, declarations, type_hints
from tsuzuri.posts.model import Post
from tsuzuri.problems import Finding, Problem
from tsuzuri.reading.dialects import DIALECTS, OWN
from tsuzuri.reading.frontmatter import FrontMatter, Reading
from tsuzuri.workshop.cli import COMMANDS, cli
from tsuzuri.workshop.schema import as_json
from tsuzuri.writing.assets import STATIC, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent
PART = re.compile(
    r"(^% begin: (?P<name>[a-z-]+)\n).*?(^% end: (?P=name)$)", re.MULTILINE | re.DOTALL
)
COMMENT = re.compile(r"\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)
PROPERTY = re.compile(r"^\s*(--tz-[a-z-]+): (.*);$", re.MULTILINE)
ROLE = re.compile(r":(?:py:)?(?:class|func|mod|meth|data):`~?([^`]+)`")


def plain(text: str) -> str:
    """Return a docstring's *text* as one line of Markdown."""
    text = ROLE.sub(lambda match: f"`{match[1].rsplit('.', 1)[-1]}`", cleandoc(text))
    return re.sub(r"\s*\n\s*", " ", text.replace("``", "`"))


def attribute_docs(kind: type) -> dict[str, str]:
    """Return the docstring below each attribute of the class *kind*."""
    tree = ast.parse(dedent(getsource(kind)))
    found: dict[str, str] = {}
    name = ""
    for item in next(node for node in tree.body if isinstance(node, ast.ClassDef)).body:
        match item:
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                found[name] = ""
            case ast.Expr(value=ast.Constant(value=str(text))) if name:
                found[name] = plain(text)
                name = ""
            case _:
                name = ""
    return found


def type_name(annotation: Any) -> str:
    """Return a type as a writer of ``conf.py`` would say it."""
    name = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    if getattr(annotation, "__args__", None):
        name = str(annotation)
    if "Literal" in name:
        return " or ".join(f"`{value!r}`" for value in annotation.__args__)
    return f"`{name.replace('typing.', '')}`"


def settings() -> str:
    """Describe every setting."""
    hints = type_hints(Settings)
    again = {
        "": "nothing has to be built again",
        "env": "all documents are read again",
        "html": "all pages are written again",
    }
    parts = []
    for item in declarations():
        kind = type_name(hints[item.name.removeprefix("tsuzuri_")])
        parts.append(
            f"```{{confval}} {item.name}\n\n{kind}; when not set, `{item.default!r}`.\n\n"
            f"{item.help}\nAfter a change, {again[item.rebuild]}.\n```\n"
        )
    return "\n".join(parts)


def warnings() -> str:
    """Describe every problem."""
    docs = attribute_docs(Problem)
    parts = []
    for item in Problem:
        cause, _, mend = docs[item.name].partition(" Mend: ")
        section = f"## `{item.value}`\n\n{cause}\n"
        parts.append(section + (f"\n**To mend it:** {mend}\n" if mend else ""))
    return "\n".join(parts)


def front_matter() -> str:
    """Describe every key, and what other tools call it."""
    docs = attribute_docs(FrontMatter)
    lines = ["| key | meaning | also written |", "|---|---|---|"]
    own = {key.field: key.name for key in OWN.keys}
    for field, meaning in docs.items():
        if field == "model_config":
            continue
        others: dict[str, None] = {
            f"`{key.name}`": None
            for dialect in DIALECTS
            for key in dialect.keys
            if key.field == field and key.name.lower() != own.get(field, "").lower()
        }
        lines.append(f"| `{own.get(field, field)}` | {meaning} | {', '.join(others)} |")
    return "\n".join(lines) + "\n"


def dialects() -> str:
    """List the tools whose front matter is read."""
    parts = []
    for dialect in DIALECTS:
        if dialect is OWN:
            continue
        known = ", ".join(f"`{key.name}`" for key in dialect.keys if key.field)
        unused = ", ".join(f"`{name}`" for name in dialect.unused.split())
        part = f"### {dialect.name}\n\n[Documentation]({dialect.source}).\n"
        part += f"\nRead: {known}.\n" if known else ""
        parts.append(part + (f"\nAccepted, without a meaning here: {unused}.\n" if unused else ""))
    return "\n".join(parts)


def command_line() -> str:
    """Return the help text of every command."""
    parts = [usage(cli, "tsuzuri")]
    for entry in COMMANDS:
        module, _, attribute = entry.target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        parts.append(f"## tsuzuri {entry.name}\n\n{usage(command, f'tsuzuri {entry.name}')}")
    return "\n".join(parts)


def usage(command: click.Command, name: str) -> str:
    """Return one command's help as a block."""
    with click.Context(
        command,
        info_name=name,
        terminal_width=80,
        max_content_width=80,
        help_option_names=cli.context_settings["help_option_names"],
    ) as context:
        return f"```text\n{command.get_help(context)}\n```\n"


def python() -> str:
    """Describe the classes that a template or an extension meets."""
    said = attribute_docs(FrontMatter)
    post = {name: text or said.get(name, "") for name, text in attribute_docs(Post).items()}
    others = (FrontMatter, Reading, Finding)
    return "\n".join(
        [describe(Post, post), *(describe(kind, attribute_docs(kind)) for kind in others)]
    )


def describe(kind: type, docs: dict[str, str]) -> str:
    """Describe one class with its attributes and properties."""
    hints = kind.__annotations__
    parts = [f"## {kind.__name__}\n", f"`{kind.__module__}.{kind.__name__}`\n"]
    parts.append(f"{plain(getdoc(kind) or '')}\n")
    parts += ["| attribute | type | meaning |", "|---|---|---|"]
    for name, text in docs.items():
        if name in hints and name != "model_config":
            kind_text = str(hints[name]).replace("|", "\\|")
            parts.append(f"| `{name}` | `{kind_text}` | {text} |")
    for name, value in vars(kind).items():
        if isinstance(value, property):
            kind_text = str(value.fget.__annotations__["return"]).replace("|", "\\|")
            parts.append(f"| `{name}` | `{kind_text}` | {plain(value.__doc__ or '')} |")
    return "\n".join(parts) + "\n"


def templates() -> str:
    """List the templates, each with the comment it begins with."""
    lines = ["| template | what it is |", "|---|---|"]
    for path in sorted(TEMPLATES.rglob("*.html")):
        said = COMMENT.match(path.read_text(encoding="utf-8"))
        text = plain(said[1]) if said else ""
        lines.append(f"| `{path.relative_to(TEMPLATES).as_posix()}` | {text} |")
    return "\n".join(lines) + "\n"


def properties() -> str:
    """List the custom properties, each with its value in light and in dark."""
    text = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    values: dict[str, str] = {}
    for name, value in PROPERTY.findall(text):
        if name not in values or "light-dark" in value:
            values[name] = value
    lines = ["| property | value |", "|---|---|"]
    lines += [f"| `{name}` | `{value}` |" for name, value in values.items()]
    return "\n".join(lines) + "\n"


PARTS: dict[str, Callable[[], str]] = {
    "settings": settings,
    "warnings": warnings,
    "front-matter": front_matter,
    "dialects": dialects,
    "command-line": command_line,
    "python": python,
    "templates": templates,
    "properties": properties,
}


def fill(text: str) -> str:
    """Return a page's *text* with its generated parts as the code has them now."""
    return PART.sub(lambda match: f"{match[1]}\n{PARTS[match['name']]()}\n{match[3]}", text)


if __name__ == "__main__":
    for page in sorted(FOLDER.glob("*.md")):
        page.write_text(fill(page.read_text(encoding="utf-8")), encoding="utf-8")
    (FOLDER / "front-matter.schema.json").write_text(as_json(), encoding="utf-8")
