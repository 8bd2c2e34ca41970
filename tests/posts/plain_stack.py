"""What ABlog and MyST make of two posts by themselves, told as JSON; run in a process of its own.

Our set-up replaces some of it for all of a process.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import ablog
import ablog.blog
from sphinx.application import Sphinx

POST = "---\ndate: 2024-09-12\ntags: ['機械学習']\n---\n\n# 題\n\n文。\n"
PAGES = {
    "index": "# 試し\n",
    "a": POST,
    "b": "---\ndate: 2024-09-13\ntags: 日記\n---\n\n文だけ。\n",
}
ATOM = "{http://www.w3.org/2005/Atom}"


def built(folder: Path) -> Sphinx:
    """Build the site with nothing of ours."""
    for name, text in PAGES.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    app = Sphinx(
        folder, None, folder / "out", folder / "doctrees", "html",
        confoverrides={
            "extensions": ["ablog", "myst_parser"], "html_theme": "pydata_sphinx_theme",
            "blog_baseurl": "https://blog.example/", "blog_post_pattern": ["a.md", "b.md"],
            "blog_feed_archives": True, "language": "ja",
        },
        status=io.StringIO(), warning=io.StringIO(),
    )  # fmt: skip
    app.build()
    return app


def facts(folder: Path) -> dict[str, Any]:
    """Return what is to be seen of each defect."""
    app = built(folder)
    blog = ablog.blog.Blog(app)
    feeds = [ET.parse(path).getroot() for path in sorted((folder / "out").rglob("atom.xml"))]
    ids = [root.findtext(f"{ATOM}id") for root in feeds]
    return {
        "tags": sorted(str(tag.name) for tag in blog.tags),
        "posts": sorted(post.docname for post in blog.posts),
        "parallel": app.extensions["ablog"].parallel_read_safe,
        "shared": ablog.blog.Blog(app).__dict__ is ablog.blog.Blog._dict,
        "tomorrow": hasattr(ablog.blog, "TOMORROW"),
        "slugs": [ablog.blog.slugify(name) for name in ("バグ", "ハク", "C++", "C#")],
        "feeds": len(ids),
        "feed ids": len(set(ids)),
        "rebuild": app.config._options["fontawesome_included"].rebuild,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(facts(Path(sys.argv[1]))))
