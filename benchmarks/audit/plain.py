"""Build the same posts with the plain stack, as its packages' manuals put it together."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "projects" / "plain"
DOCS = "# Documentation\n\nText.\n\n## First\n\nText.\n"
PAGES = {
    "Index": "index.html",
    "Post": "posts/2024-09-12-openai-o1.html",
    "Post with formulas and code": "posts/2024-09-19-test-time-compute.html",
    "Tag": "blog/tag/llm.html",
    "Documentation": "docs/index.html",
}


def build(root: Path, folder: Path) -> Path:
    """Build *root*'s posts in *folder*; return the site.  The stack's warnings are its own."""
    source, site = folder / "source", folder / "site"
    shutil.copytree(root / "posts", source / "posts")
    shutil.copy(PROJECT / "conf.py", source)
    shutil.copy(PROJECT / "index.md", source)
    (source / "docs").mkdir()
    (source / "docs" / "index.md").write_text(DOCS, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(source), str(site)]
    subprocess.run(command, check=True, capture_output=True)
    return site
