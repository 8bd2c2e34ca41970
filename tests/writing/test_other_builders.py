"""No builder that Sphinx ships fails on a blog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import post
from tests.writing.samples import PNG

if TYPE_CHECKING:
    from tests.conftest import Build

FILES: dict[str, str | bytes | None] = {
    "posts/a.md": post(
        "本文です。$x^2$ と[乙](b.md)。\n\n## 節\n\n```python\nx = 1\n```\n\n![図](zu.png)\n",
        title="甲 & <乙>",
        tags="[機械学習, C++]",
        author="太郎",
        series="入門",
        image="zu.png",
    ),
    "posts/zu.png": PNG,
    "public/schema.json": "{}",
    "graph.md": "---\norphan: true\n---\n\n# 図\n\n```{postgraph}\n```\n",
    "posts/b.md": post(title="乙", date="2024-10-01"),
    "more.md": "---\norphan: true\n---\n\n# 一覧\n\n```{postlist}\n:format: '{title}'\n:list-style: circle\n```\n",
}
CONF: dict[str, Any] = {"html_extra_path": ["public"]}
SITE_FILES = ("atom.xml", "feed.json", "sitemap.xml", "robots.txt", "llms.txt", "404.html")


@pytest.mark.parametrize(
    "builder",
    [
        "singlehtml", "epub", "latex", "texinfo", "man", "text", "xml", "pseudoxml", "gettext",
        "json", "pickle", "htmlhelp", "qthelp", "devhelp", "changes", "dummy",
    ],
)  # fmt: skip
def test_a_blog_builds(build: Build, builder: str) -> None:
    site = build(FILES, builder=builder, **CONF)
    assert site.warnings == ()
    assert site.app.statuscode == 0
    assert not [name for name in site.files() if name.rsplit("/", 1)[-1] in SITE_FILES]


def test_a_list_of_posts_is_in_a_book_too(build: Build) -> None:
    text = build(FILES, builder="text", **CONF).text("index.txt")
    assert "* 乙 (2024年10月1日)" in text
    latex = build(FILES, builder="latex", **CONF)
    assert any(
        "乙 (2024年10月1日)" in latex.text(name) for name in latex.files() if name.endswith(".tex")
    )
