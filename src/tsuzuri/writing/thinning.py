"""What goes from a theme's style sheet before it is parsed, which takes longest.

Whether a selector can match is asked of its names alone, outside parentheses: a rule that this
does not settle stays for :mod:`tsuzuri.writing.stylesheet`.
"""

from __future__ import annotations

import re

PLAIN = r"""[^{}@"'\\()\[\]/;]*"""
BRACKETS = r"\[[^{}\\()\[\]/;]*\]"
INNER = rf"\({PLAIN}(?:{BRACKETS}{PLAIN})*\)"
PARENTHESES = rf"\({PLAIN}(?:(?:{BRACKETS}|{INNER}){PLAIN})*\)"
SELECTORS = rf"{PLAIN}(?:(?:{BRACKETS}|{PARENTHESES}){PLAIN})*"
BODY = r"""\{[^{}"']*(?:(?:"[^"\\]*"|'[^'\\]*')[^{}"']*)*\}"""
SIMPLE_RULE = re.compile(rf"(?:(?<=[{{}}])|(?<=\*/)(?<!/\*/)|\A)({SELECTORS}){BODY}")
"""A rule without escapes and comments in its selectors; it follows a comment, brace or nothing."""
GROUP = re.compile(PARENTHESES)
NEGATION = re.compile(rf"(?i::not){PARENTHESES}")
ATTRIBUTE = re.compile(r"\[\s*([A-Za-z_-][\w-]*)[^\]]*\]")
ASKED = re.compile(r"[.#\[]([A-Za-z_-][\w-]*)")
CLASS = re.compile(r"\.([A-Za-z_-][\w-]*)")


def thinned(css: str, words: frozenset[str], seen: set[str]) -> str:
    """Return *css* without simple rules that ask for what is no word, whatever ``:is()`` admits.

    Most of a theme's rules go here, before they are parsed; *seen* collects their classes.
    """

    def rule(match: re.Match[str]) -> str:
        outside = ATTRIBUTE.sub(r"[\1", GROUP.sub("", match[1]))
        if any(map(words.issuperset, map(ASKED.findall, outside.split(",")))):
            return match[0]
        seen.update(CLASS.findall(ATTRIBUTE.sub("", NEGATION.sub("", match[1]))))
        return ""

    return SIMPLE_RULE.sub(rule, css)
