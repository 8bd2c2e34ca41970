"""A program that reads the blog gets what the writer wrote, with links that lead somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import post
from tests.writing.samples import HOSTILE, PNG, make_post
from tsuzuri.writing.feeds.model import one_line
from tsuzuri.writing.plain_markdown import entry, markdown_page

if TYPE_CHECKING:
    from tests.conftest import Build

POSTS: dict[str, str | bytes | None] = {
    "posts/a.md": post(
        "本文[次](b.md#節)と![図](zu.png)、[外](https://x.example/)。\n\n% 秘密\n\n<!-- 秘密\n-->\n"
        "\n```python\n% 残る\n[x](b.md)\n```\n",
        title="甲",
        description="説明",
        tags="[機械学習]",
        secret="秘密",
    ),
    "posts/zu.png": PNG,
    "posts/b.md": post("## 節\n\n文。", title="乙"),
    "posts/c.md": post(title="下書き", draft="true"),
    "about.md": "---\norphan: true\ndescription: 説明文\n---\n\n# このブログ\n",
}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_each_post_has_its_markdown_beside_its_page(build: Build, builder: str) -> None:
    site = build(POSTS, builder=builder)
    suffix = "/" if builder == "dirhtml" else ".html"
    name = "posts/a/index.html" if builder == "dirhtml" else "posts/a.html"
    text = re.sub(r"zu\.\w+\.png", "zu.png", site.text(f"{name}.md"))
    assert text == (
        f"# 甲\n\n<https://blog.example/posts/a{suffix}>  \n2024-09-12  \n機械学習\n\n> 説明\n\n"
        f"本文[次](https://blog.example/posts/b{suffix}#節)と"
        "![図](https://blog.example/_images/zu.png)、[外](https://x.example/)。\n\n"
        "```python\n% 残る\n[x](b.md)\n```\n"
    )
    link = site.page(name).select_one('link[type="text/markdown"]')
    assert link is not None
    assert str(link["href"]) == f"https://blog.example/{name}.md"
    assert not [path for path in site.files() if "c.html.md" in path or "c/index" in path]


def test_llms_txt_lists_posts_and_pages(build: Build) -> None:
    site = build(POSTS, blog_feed_subtitle="技術の話")
    assert site.text("llms.txt") == (
        "# 試しの綴り\n\n> 技術の話\n\n## 記事\n\n"
        "- [乙](https://blog.example/posts/b.html.md): 文。\n"
        "- [甲](https://blog.example/posts/a.html.md): 説明\n"
        "\n## ページ\n\n- [このブログ](https://blog.example/about.html): 説明文\n"
    )


def test_a_setting_turns_both_off(build: Build) -> None:
    build(POSTS)
    site = build(tsuzuri_markdown_pages=False)
    assert not [name for name in site.files() if name.endswith(".md") or name == "llms.txt"]
    assert not site.page("posts/a.html").select('link[type="text/markdown"]')


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_on_its_line(title: str) -> None:
    text = markdown_page(make_post(title=title), "本文\n", "https://b.example/a", str)
    assert text.splitlines()[0] == f"# {one_line(title)}"
    assert "\n" not in entry(title, "https://b.example/", title)


def test_an_own_title_is_not_doubled() -> None:
    text = markdown_page(make_post(title="題"), "\n\n# 題\n\n本文\n", "https://b.example/a", str)
    assert text.count("# 題") == 1
