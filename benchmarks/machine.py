"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

STACK = {
    "Sphinx": "sphinx",
    "myst-parser": "myst-parser",
    "sphinx-book-theme": "sphinx-book-theme",
    "ABlog": "ablog",
}


def describe() -> dict[str, Any]:
    """Return the machine, its system, what we stand on, and how busy it was."""
    return {
        "processor": processor(),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "versions": dict(versions()),
        "load_before": round(os.getloadavg()[0], 2),
    }


def versions() -> list[tuple[str, str]]:
    """Return the packages that our builds stand on."""
    found = []
    for name, package in STACK.items():
        try:
            found.append((name, version(package)))
        except PackageNotFoundError:
            continue
    return found


def processor() -> str:
    """Return the processor's name."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
