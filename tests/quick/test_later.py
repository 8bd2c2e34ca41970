"""Modules that are loaded when they are first used: the same, and not before."""

from __future__ import annotations

import subprocess
import sys

from tsuzuri.quick.later import import_early

USE = """
import sys
from tsuzuri.quick.later import SELDOM_USED, import_early

finders = list(sys.meta_path)
for package, late in SELDOM_USED.items():
    import_early(package, late)
from pydata_sphinx_theme.toctree import BeautifulSoup

loaded = lambda: "soupsieve.css_parser" in sys.modules
before = loaded()
soup = BeautifulSoup("<ul><li class=a>one</li><li>two</li></ul>", "html.parser")
print(before, [item.text for item in soup.select("li.a")], loaded(), finders == sys.meta_path)
"""


def test_it_is_loaded_when_it_is_used() -> None:
    """The theme's selectors work, and cost nothing where nobody selects."""
    done = subprocess.run(
        [sys.executable, "-c", USE], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False ['one'] True True"


def test_what_is_missing_is_left_to_whoever_needs_it() -> None:
    """A package that isn't installed is no error here."""
    finders = list(sys.meta_path)
    import_early("no_such_package_anywhere", "soupsieve")
    assert sys.meta_path == finders
