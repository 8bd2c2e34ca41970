"""The grammar of ``grammar.toml``: a rule and a source of chance give a text.

There are enough compound words in it (some two thousand) that a search index over the posts
looks like a real one.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

GRAMMAR: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
SLOT = re.compile(r"<([a-z]+)>")


def expand(rule: str, rng: Random) -> str:
    """Return one text of *rule*, chosen by *rng*."""
    return SLOT.sub(lambda match: expand(match[1], rng), rng.choice(GRAMMAR[rule]))
