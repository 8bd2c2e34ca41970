"""Write the inventories that posts link to Python and NumPy by: ``python inventories/make.py``.

Intersphinx usually downloads a project's whole inventory at every build.  These hold only the
names that this site's pages use, so a build needs no network.  Add a name here, run this file.
"""

from __future__ import annotations

import zlib
from pathlib import Path

PYTHON = {
    "math.comb": ("function", "library/math.html#$"),
    "math.isqrt": ("function", "library/math.html#$"),
    "math.lgamma": ("function", "library/math.html#$"),
    "fractions.Fraction": ("class", "library/fractions.html#$"),
    "datetime.datetime": ("class", "library/datetime.html#$"),
    "zoneinfo.ZoneInfo": ("class", "library/zoneinfo.html#$"),
}
NUMPY = {
    "numpy.random.default_rng": ("function", "reference/random/generator.html#$"),
    "numpy.random.Generator.binomial": (
        "method",
        "reference/random/generated/numpy.random.Generator.binomial.html#$",
    ),
    "numpy.random.Generator.multinomial": (
        "method",
        "reference/random/generated/numpy.random.Generator.multinomial.html#$",
    ),
}


def inventory(project: str, version: str, names: dict[str, tuple[str, str]]) -> bytes:
    """Return Sphinx's inventory format, version 2, of *names*."""
    head = f"# Sphinx inventory version 2\n# Project: {project}\n# Version: {version}\n"
    head += "# The remainder of this file is compressed using zlib.\n"
    lines = [f"{name} py:{kind} 1 {uri} -\n" for name, (kind, uri) in sorted(names.items())]
    return head.encode() + zlib.compress("".join(lines).encode(), 9)


if __name__ == "__main__":
    folder = Path(__file__).parent
    (folder / "python.inv").write_bytes(inventory("Python", "3", PYTHON))
    (folder / "numpy.inv").write_bytes(inventory("NumPy", "stable", NUMPY))
