"""Another project points at posts, and posts point at another project, without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import Build, make_build, post

if TYPE_CHECKING:
    import pytest

TARGETS = {
    "{ref}`まとめ <blog:o1>`": "https://blog.example/posts/2024-09-12-o1.html",
    "[](inv:blog:*:*#2024-09-12-o1)": "https://blog.example/posts/2024-09-12-o1.html",
    "[](inv:blog:tsuzuri:heading#2024-09-12-o1#安全性)": "https://blog.example/posts/2024-09-12-o1.html#安全性",
    "[](inv:blog:tsuzuri:heading#2024-09-12-o1#equation-euler)": (
        "https://blog.example/posts/2024-09-12-o1.html#equation-euler"
    ),
    "[](inv:blog:tsuzuri:heading#2024-09-12-o1#fig-a)": "https://blog.example/posts/2024-09-12-o1.html#fig-a",
    "[](inv:blog:tsuzuri:tag#機械学習)": "https://blog.example/blog/tag/機械学習.html",
    "[](inv:blog:tsuzuri:series#推論)": "https://blog.example/blog/series/推論.html",
    "{ref}`札 <blog:tag-機械学習>`": "https://blog.example/blog/tag/機械学習.html",
}

BODY = """
## 安全性

$$e^{i\\pi} = -1$$ (euler)

```{figure} a.svg
:name: fig-a

図の説明
```
"""


def test_another_project_points_at_posts_and_back(
    build: Build, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from urllib.parse import unquote

    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    blog = build(
        {
            "posts/2024-09-12-o1.md": post(BODY, tags="[機械学習]", series="推論", title="o1"),
            "posts/a.svg": svg,
        },
        extensions=["tsuzuri", "sphinx.ext.intersphinx"],
    )
    assert blog.warnings == ()
    other = make_build(tmp_path_factory.mktemp("other"))
    inventory = {"blog": ("https://blog.example/", str(blog.out / "objects.inv"))}
    lines = "\n\n".join(TARGETS)
    site = other(
        {"index.md": f"# 別のプロジェクト\n\n(mark)=\n## 印\n\n{lines}\n"},
        extensions=["tsuzuri", "sphinx.ext.intersphinx"],
        intersphinx_mapping=inventory,
        blog_baseurl="https://other.example/",
    )
    assert site.warnings == ()
    links = site.article("index.html").select("section section > p a")
    assert [unquote(str(link["href"])) for link in links] == list(TARGETS.values())
    back = build(
        {"posts/b.md": post("{ref}`印 <other:mark>`")},
        extensions=["tsuzuri", "sphinx.ext.intersphinx"],
        intersphinx_mapping={"other": ("https://other.example/", str(site.out / "objects.inv"))},
    )
    assert back.warnings == ()
    assert (
        back.article("posts/b.html").select_one("p a")["href"]
        == "https://other.example/index.html#mark"
    )
