"""Shortcodes and components that have an equal here: a row each.

A row's pattern is searched where no code is; its function returns what stands in its place,
or None when it can't be carried.  The last row of a tool names what is left over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|\{([^{}]*)\}|([^\s"'>]+))"""
)
ADMONITIONS = {
    "note": "note", "info": "note", "abstract": "note", "default": "note", "primary": "note",
    "tip": "tip", "success": "tip", "hint": "hint", "question": "hint", "important": "important",
    "warning": "warning", "warn": "warning", "caution": "caution", "attention": "attention",
    "danger": "danger", "error": "error", "failure": "error", "bug": "error", "alert": "warning",
}  # fmt: skip
WORDS = "|".join(ADMONITIONS)


@dataclass(slots=True)
class Around:
    """What a conversion may ask about the post that it is in."""

    link_to: Callable[[str], str | None]
    """The path to the post that a name or path means, from this post."""
    imported: dict[str, str] = field(default_factory=dict)
    """Name of each ``import`` of an MDX file to its path."""
    closers: list[str] = field(default_factory=list)
    """What ends the blocks that are open (Zola's `{% end %}` ends any)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One construct."""

    pattern: re.Pattern[str]
    convert: Callable[[re.Match[str], Around], str | None]


def attributes(text: str) -> dict[str, str]:
    """Return ``key="value"`` pairs; a value without a key has its position for one."""
    found = {match[1]: next((part for part in match.groups()[1:] if part is not None), "")
             for match in ATTRIBUTE.finditer(text)}  # fmt: skip
    rest = re.findall(r'"([^"]*)"|(\S+)', ATTRIBUTE.sub(" ", text))
    found.update({str(index): quoted or bare for index, (quoted, bare) in enumerate(rest)})
    return found


def figure(match: re.Match[str], _around: Around) -> str | None:
    """Return a figure directive."""
    given = attributes(match[1])
    source = given.get("src") or given.get("0")
    if not source:
        return None
    lines = [f"```{{figure}} {source}"]
    lines += [
        f":{ours}: {given[theirs]}"
        for theirs, ours in (("alt", "alt"), ("width", "width"), ("height", "height"),
                             ("link", "target"), ("align", "align"))
        if given.get(theirs)
    ]  # fmt: skip
    caption = " ".join(part for part in (given.get("title"), given.get("caption")) if part)
    return "\n".join([*lines, *(["", caption] if caption else []), "```"])


Conversion = Callable[[re.Match[str], Around], "str | None"]


def embed(
    name: str, address: str = "{0}", *, keys: tuple[str, ...] = ("id", "url", "0")
) -> Conversion:
    """Return a conversion to ``@[name](…)``; *address* is made from what the construct names."""

    def convert(match: re.Match[str], _around: Around) -> str | None:
        given = attributes(match[1])
        value = next((given[key] for key in keys if given.get(key)), None)
        if value is None:
            return None
        parts = [given[key] for key in sorted(given) if key.isdecimal()] or [value]
        filled = value if value.startswith("http") else address.format(value, "/".join(parts[:2]))
        return f"@[{name}]({filled})"

    return convert


def tweet(match: re.Match[str], _around: Around) -> str | None:
    """Return an embedded post of X, by user and id or by id."""
    given = attributes(match[1])
    user, number = given.get("user", "i"), given.get("id") or given.get("0")
    return f"@[tweet](https://twitter.com/{user}/status/{number})" if number else None


def vimeo(match: re.Match[str], _around: Around) -> str:
    """Return the address of a film, which alone on its line is a card."""
    return f"https://vimeo.com/{match[1]}"


def begin(match: re.Match[str], around: Around) -> str | None:
    """Return the beginning of an admonition whose kind is the construct's name or first word."""
    given = attributes(match[2] or "")
    words = (match[1], given.get("type", ""), given.get("kind", ""), given.get("0", ""))
    kind = next((ADMONITIONS[word.lower()] for word in reversed(words)
                 if word.lower() in ADMONITIONS), "note")  # fmt: skip
    title = given.get("title") or (given.get("1") if given.get("0", "").lower() in ADMONITIONS
                                   else "")  # fmt: skip
    around.closers.append(":::")
    if title:
        return f":::{{admonition}} {title}\n:class: {kind}\n"
    return f":::{{{kind}}}"


def begin_details(match: re.Match[str], around: Around) -> str:
    """Return the beginning of a block that opens when its title is clicked."""
    given = attributes(match[1])
    title = given.get("summary") or given.get("title") or given.get("0") or "Details"
    around.closers.append(":::")
    return f":::details {title}"


def begin_code(match: re.Match[str], around: Around) -> str:
    """Return the beginning of a code block."""
    around.closers.append("```")
    words = (match[1] or "").split()
    return f"```{words[0].strip(chr(34))}" if words else "```"


def begin_mermaid(_match: re.Match[str], around: Around) -> str:
    """Return the beginning of a diagram."""
    around.closers.append("```")
    return "```mermaid"


def end(_match: re.Match[str], around: Around) -> str | None:
    """Return the end of the block that was begun last."""
    return around.closers.pop() if around.closers else None


def reference(match: re.Match[str], around: Around) -> str | None:
    """Return the path to another post."""
    name, _, anchor = match[1].strip().strip("\"'").partition("#")
    path = around.link_to(name) if name else ""
    return None if path is None else path + (f"#{anchor}" if anchor else "")


def fixed(text: str) -> Conversion:
    """Return a conversion to *text*."""
    return lambda _match, _around: text


def group(number: int) -> Conversion:
    """Return a conversion to what the pattern's group *number* found."""
    return lambda match, _around: match[number]


def nothing(_match: re.Match[str], _around: Around) -> str | None:
    """Carry nothing: the construct is named."""
    return None


def picture(match: re.Match[str], around: Around) -> str | None:
    """Return a Markdown image for Astro's components."""
    given = attributes(match[1])
    source = around.imported.get(given.get("src", ""), given.get("src", ""))
    if not source or not re.search(r"[./]", source):
        return None
    return f"![{given.get('alt', '')}]({source})"


def row(pattern: str, convert: Conversion) -> Row:
    """Return a row; a dot in *pattern* is any character, and lines begin anywhere."""
    return Row(re.compile(pattern, re.DOTALL | re.MULTILINE), convert)


H, E = r"\{\{[<%]\s*", r"\s*/?[%>]\}\}"
BLOCKS = rf"notice|callout|admonition|hint|alert|box|{WORDS}"

ROWS: Mapping[str, tuple[Row, ...]] = MappingProxyType(
    {
        "hugo": (
            row(rf"{H}(?:figure|img|image)\s+((?:(?![%>]\}}\}}).)*?){E}", figure),
            row(rf"{H}(?:rel)?ref\s+((?:(?![%>]\}}\}}).)*?){E}", reference),
            row(rf"{H}youtube\s+((?:(?![%>]\}}\}}).)*?){E}", embed("youtube")),
            row(rf"{H}(?:tweet|twitter|x|x_simple|twitter_simple)\s+((?:(?![%>]\}}\}}).)*?){E}",
                tweet),
            row(rf"{H}vimeo(?:_simple)?\s+\"?(\d+)\"?{E}", vimeo),
            row(rf"{H}gist\s+((?:(?![%>]\}}\}}).)*?){E}",
                embed("gist", "https://gist.github.com/{1}")),
            row(rf"{H}highlight\s+((?:(?![%>]\}}\}}).)*?){E}", begin_code),
            row(rf"{H}mermaid(?:\s(?:(?![%>]\}}\}}).)*?)?{E}", begin_mermaid),
            row(rf"{H}/\s*(?:highlight|mermaid|details|expand|{BLOCKS}){E}", end),
            row(rf"{H}(?:details|expand)((?:\s(?:(?![%>]\}}\}}).)*?)?){E}", begin_details),
            row(rf"{H}({BLOCKS})((?:\s(?:(?![%>]\}}\}}).)*?)?){E}", begin),
            row(rf"{H}/?\s*(?:math|katex|latex|mathjax|rawhtml)\b(?:(?![%>]\}}\}}).)*?{E}",
                fixed("")),
            row(rf"{H}(?:(?![%>]\}}\}}).)*?{E}", nothing),
        ),
        "zola": (
            row(r"(?<=\()@/([^\s()]+)(?=\))", reference),
            row(r"\{\{\s*youtube\(((?:(?!\}\}).)*?)\)\s*\}\}", embed("youtube")),
            row(r"\{\{\s*gist\(((?:(?!\}\}).)*?)\)\s*\}\}", embed("gist")),
            row(r"\{\{\s*(?:figure|image|img)\(((?:(?!\}\}).)*?)\)\s*\}\}", figure),
            row(r"\{%\s*mermaid\((?:(?!%\}).)*?\)\s*%\}", begin_mermaid),
            row(r"\{%\s*details\(((?:(?!%\}).)*?)\)\s*%\}", begin_details),
            row(rf"\{{%\s*({BLOCKS})\(((?:(?!%\}}).)*?)\)\s*%\}}", begin),
            row(r"\{%\s*end\s*%\}", end),
            row(r"\{\{(?:(?!\}\}).)*?\}\}|\{%(?:(?!%\}).)*?%\}", nothing),
        ),
        "jekyll": (
            row(r"\{%-?\s*highlight\s+((?:(?!%\}).)*?)-?%\}", begin_code),
            row(r"\{%-?\s*endhighlight\s*-?%\}", end),
            row(r"(?:\{\{\s*site\.(?:baseurl|url)\s*\}\})*\{%-?\s*(?:post_url|link)\s+"
                r"((?:(?!%\}).)*?)-?%\}", reference),
            row(r"\{%-?\s*(?:end)?raw\s*-?%\}", fixed("")),
            row(r"\{%-?\s*gist\s+((?:(?!%\}).)*?)-?%\}",
                embed("gist", "https://gist.github.com/{0}")),
            row(r"\{%-?\s*(?:youtube|include\s+youtube\.html)\s+((?:(?!%\}).)*?)-?%\}",
                embed("youtube")),
            row(r"\{%-?\s*include\s+(?:figure|image)(?:\.html|\.liquid)?\s+((?:(?!%\}).)*?)-?%\}",
                figure),
            row(r"\{\{\s*[\"']([^\"']*)[\"']\s*\|\s*(?:relative_url|absolute_url|prepend:[^}]*)"
                r"\s*\}\}", group(1)),
            row(r"\{\{\s*site\.(?:baseurl|url)\s*\}\}", fixed("")),
            row(r"^[*-] (?:TOC|toc|[^\n]*)\n\{:\s*toc[^}]*\}[ \t]*\n?", fixed("")),
            row(r"\{:\s*(?:target|rel)=[^}]*\}", fixed("")),
            row(r"\{\{(?:(?!\}\}).)*?\}\}|\{%(?:(?!%\}).)*?%\}|\{:[^}\n]*\}", nothing),
        ),
        "pelican": (
            row(r"(?:\{filename\}|\|filename\|)([^\s()\"<>]+)", reference),
            row(r"^\[TOC\][ \t]*\n?", fixed("")),
            row(r"\{(?:tag|category|author|index)\}[^\s()\"<>]*", nothing),
        ),
        "astro": (
            row(r"^(?:import|export)\s(?:[^\n]*?\{[^{}]*\})?[^\n]*\n?", fixed("")),
            row(r"\{/\*.*?\*/\}", fixed("")),
            row(r"<(?:Image|Picture|Img)\b([^<>]*?)/?>", picture),
            row(r"<(?:YouTube|Youtube|LiteYouTube)\b([^<>]*?)/?>",
                embed("youtube", keys=("id", "url", "videoid"))),
            row(r"<Tweet\b([^<>]*?)/?>", tweet),
            row(rf"<(Aside|Callout|Admonition|Note|Tip|Caution|Warning|Danger|{WORDS.title()})\b"
                r"([^<>]*?)(?<!/)>", begin),
            row(r"</(?:Aside|Callout|Admonition|Note|Tip|Caution|Warning|Danger)>", end),
            row(r"</?[A-Z][\w.]*\b[^<>]*>", nothing),
        ),
    }
)  # fmt: skip
"""The constructs of each tool; Zenn's and Qiita's own Markdown is read as it is."""

IMPORT = re.compile(r"^import\s+(\w+)\s+from\s+['\"]([^'\"]+)['\"]", re.MULTILINE)


def shown(text: str) -> str:
    """Return a construct as a note quotes it."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}…"  # noqa: PLR2004


def convert(text: str, mask: str, tool: str, around: Around) -> tuple[
    list[tuple[int, int, str]], list[tuple[int, str]]
]:  # fmt: skip
    """Return the changes that carry *text*'s constructs, and what can't be carried, by offset.

    Constructs are met in the order of the text, so that each end closes what was begun last.
    """
    found: list[tuple[int, int, re.Match[str], Row]] = []
    taken: list[tuple[int, int]] = []
    for item in ROWS.get(tool, ()):
        for match in item.pattern.finditer(mask):
            start, stop = match.span()
            if not any(start < other_stop and other_start < stop
                       for other_start, other_stop in taken):  # fmt: skip
                found.append((start, stop, match, item))
                taken.append((start, stop))
    changes, notes = [], []
    for start, stop, match, item in sorted(found, key=lambda one: one[0]):
        new = item.convert(match, around)
        if new is None:
            notes.append(
                (start, f"{shown(text[start:stop])} has no equal here; it is left as it is")
            )
        else:
            changes.append((start, stop, new))
    return changes, notes
