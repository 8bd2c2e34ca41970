"""Blocks between colons, as Zenn, Qiita, Docusaurus and VuePress have them."""

from __future__ import annotations

from dataclasses import dataclass

QUIET = {
    # Zenn's and Qiita's boxes: an icon, no title
    "message": {"": "note", "alert": "warning"},
    "note": {"": "note", "info": "note", "warn": "warning", "alert": "danger"},
}
TITLED = {
    "caution": "caution",
    "danger": "danger",
    "error": "danger",
    "hint": "tip",
    "important": "important",
    "info": "note",
    "tip": "tip",
    "warn": "warning",
    "warning": "warning",
}


@dataclass(frozen=True, slots=True)
class Div:
    """What a line such as ``:::details 題`` asks for."""

    kind: str
    """``details``, a kind of admonition, or an empty string: just what is in it."""
    title: str = ""
    quiet: bool = False
    """Without a title of its own."""
    open: bool = False


def names() -> frozenset[str]:
    """Return every name that can stand after the colons."""
    return frozenset({"details", *QUIET, *TITLED})


def parse_div(info: str) -> Div | None:
    """Read *info*, the text after the colons; None when the name is not known."""
    name, _space, rest = info.strip().partition(" ")
    rest = rest.strip()
    if rest.startswith("[") and rest.endswith("]"):
        rest = rest[1:-1]
    if "[" in name and info.endswith("]"):  # `:::tip[title]`
        name, _bracket, title = info.strip()[:-1].partition("[")
        rest = title
    name = name.lower()
    if name == "details":
        is_open = rest.startswith("{open}") or rest.endswith("{open}")
        return Div("details", rest.replace("{open}", "").strip(), open=is_open)
    if name in QUIET:
        kinds = QUIET[name]
        if rest in kinds:
            return Div(kinds[rest], quiet=True)
        return Div(kinds[""], rest)
    if name in TITLED:
        return Div(TITLED[name], rest)
    return None
