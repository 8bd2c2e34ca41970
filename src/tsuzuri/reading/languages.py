"""Names of programming languages: those that writers use, and what highlights them."""

from __future__ import annotations

from functools import cache

from pygments.lexers import find_lexer_class_by_name, get_all_lexers
from pygments.util import ClassNotFound

SPHINX_OWN = frozenset({"none", "default", "guess", "text", "ipython", "ipython3"})

STAND_INS = {
    # names that other highlighters know and Pygments does not: what comes nearest to them
    "asciidoc": "text",
    "astro": "html",
    "babel": "js",
    "cuda": "cpp",
    "dotenv": "ini",
    "editorconfig": "ini",
    "edge": "html",
    "env": "ini",
    "gitignore": "text",
    "ignore": "text",
    "json5": "json",
    "jsonc": "json",
    "jsonl": "json",
    "log": "text",
    "mdx": "md",
    "mermaid": "text",
    "ndjson": "json",
    "ojs": "js",
    "plain": "text",
    "plaintext": "text",
    "postcss": "css",
    "properties": "ini",
    "rbs": "ruby",
    "regex": "text",
    "shellscript": "bash",
    "svelte": "html",
    "svg": "xml",
    "terminal": "console",
    "txt": "text",
    "vue": "html",
    "wgsl": "rust",
    "zenn": "md",
}
SHELLS = frozenset({"bash", "fish", "ksh", "sh", "shell", "shellscript", "terminal", "zsh"})
PROMPTS = ("$ ", "% ", "> ", "# ")


@cache
def lexer_name(language: str) -> str | None:
    """Return the name of the lexer for *language* as a writer calls it, or None when unknown."""
    name = language.lower()
    if name in SPHINX_OWN:
        return name
    name = STAND_INS.get(name, name)
    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return None
    return name


@cache
def known_languages() -> frozenset[str]:
    """Return every name that can be written after the backticks."""
    aliases = {alias for _name, names, _files, _types in get_all_lexers() for alias in names}
    return frozenset(aliases | STAND_INS.keys())


def session_lexer(language: str, code: str) -> str | None:
    """Return the lexer for *code* when it is a shell session, with prompts and output.

    A block of shell whose first command stands after ``$`` is one; ``#`` alone is a comment.
    """
    if language.lower() not in SHELLS:
        return None
    first = next((line for line in code.splitlines() if line.strip()), "")
    return "console" if first.startswith(("$ ", "% ")) else None
