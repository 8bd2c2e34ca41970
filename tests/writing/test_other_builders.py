"""No builder that Sphinx ships fails on a blog."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from tests.conftest import CONF as SITE
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
CONF: dict[str, Any] = {
    "html_extra_path": ["public"],
    "extensions": ["tsuzuri", "sphinx.ext.doctest", "sphinx.ext.coverage"],
    "applehelp_bundle_id": "example.blog",
    "applehelp_disable_external_tools": True,
}
SITE_FILES = ("atom.xml", "feed.json", "sitemap.xml", "robots.txt", "llms.txt", "404.html")


@pytest.mark.parametrize(
    "builder",
    [
        "singlehtml", "epub", "latex", "texinfo", "man", "text", "xml", "pseudoxml", "gettext",
        "json", "pickle", "htmlhelp", "qthelp", "devhelp", "applehelp", "changes", "dummy",
        "linkcheck", "doctest", "coverage",
    ],
)  # fmt: skip
def test_a_blog_builds(build: Build, builder: str) -> None:
    site = build(FILES, builder=builder, **CONF)
    assert site.warnings == ()
    assert site.app.statuscode == 0
    assert not [name for name in site.files() if name.rsplit("/", 1)[-1] in SITE_FILES]


INLINE = [
    ("<kbd>Ctrl</kbd>+<kbd>C</kbd>", r"\sphinxcode{\sphinxupquote{Ctrl}}+\sphinxcode{\sphinxupquote{C}}"),
    ("H<sub>2</sub>O", r"H$_{\text{2}}$O"),
    ("x<sup>2</sup>", r"x$^{\text{2}}$"),
    ("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>", "漢字（かんじ）"),
    ("<mark>印</mark>", r"\sphinxstylestrong{印}"),
    ("<b>太 <i>斜</i></b>", r"\sphinxstylestrong{太 \sphinxstyleemphasis{斜}}"),
    ('<a href="https://x.example/?a&amp;b">先</a>', r"\sphinxhref{https://x.example/?a\&b}{先}"),
    ('<a href="javascript:x()">罠</a>', "罠"),
    ("<kbd>閉じない", "閉じない"),
    ("</kbd>開かない", "開かない"),
    ("<blink>知らない</blink>", "知らない"),
]  # fmt: skip


def test_inline_html_means_something_on_paper(build: Build) -> None:
    body = "\n\n".join(f"始{number}{html}終" for number, (html, _tex) in enumerate(INLINE))
    site = build({"index.md": f"# 題\n\n{body}\n"}, builder="latex")
    tex = "".join(site.text(name) for name in site.files() if name.endswith(".tex"))
    for number, (html, expected) in enumerate(INLINE):
        assert f"始{number}{expected}終" in tex, html
    text = build({}, builder="text").text("index.txt")
    assert "漢字（かんじ）" in text


ORDER = {
    "index.md": "# 題\n\n```{postlist}\n```\n\n```{toctree}\n:hidden:\n\nabout\nposts/named\n```\n",
    "about.md": "# 紹介\n",
    "posts/new.md": post(title="新しい", date="2024-03-01"),
    "posts/old.md": post("[新しい](new.md)", title="古い", date="2024-01-01"),
    "posts/named.md": post(title="名指し", date="2024-02-01"),
    "posts/elsewhere.md": post(title="よそ", external_link="https://x.example/", date="2024-02-02"),
}


def test_a_book_has_the_posts_in_the_order_of_their_writing(build: Build) -> None:
    """Posts stand in no toctree, and a book of a blog would have been its start page."""
    site = build(ORDER, builder="latex")
    tex = "".join(site.text(name) for name in site.files() if name.endswith(".tex"))
    chapters = re.findall(r"\\chapter\{(.+?)\}", tex)
    assert chapters == ["古い", "新しい", "紹介", "名指し"]
    assert "2024年1月1日 公開" in tex
    assert "a4paper" in tex
    assert re.search(r"hyperref\[.*?posts/new", tex), "a link within the book"


def test_a_manual_has_its_chapters_before_its_blog(build: Build) -> None:
    files = dict(ORDER, **{"index.md": "# 題\n\n```{toctree}\nabout\n```\n"})
    site = build(files, builder="latex")
    tex = "".join(site.text(name) for name in site.files() if name.endswith(".tex"))
    assert re.findall(r"\\chapter\{(.+?)\}", tex) == ["紹介", "古い", "名指し", "新しい"]


def test_every_work_has_the_posts(build: Build) -> None:
    """And the site that is built next, from the same environment, is none the wiser."""
    page = build(ORDER, builder="singlehtml").page("index.html")
    chapters = [h.get_text().rstrip("#") for h in page.select("section > h2")]
    assert not page.select("[type=search], .search-button-field"), "there is nothing to search in"
    logo = page.select_one(".logo__title")
    assert logo is not None
    assert logo.get_text(strip=True) == "試しの綴り"
    assert chapters == ["古い", "新しい", "紹介", "名指し"]
    with zipfile.ZipFile(next(build({}, builder="epub").out.glob("*.epub"))) as book:
        content = etree.fromstring(book.read("content.opf"))
        names = {item.get("id"): item.get("href") for item in content.iter("{*}item")}
        order = [names[item.get("idref")] for item in content.iter("{*}itemref")]
        assert "2024年1月1日 公開" in book.read("posts/old.xhtml").decode()
        assert "atom.xml" not in book.read("posts/old.xhtml").decode()
    assert order[:5] == [
        "index.xhtml", "posts/old.xhtml", "posts/new.xhtml", "about.xhtml", "posts/named.xhtml"
    ]  # fmt: skip
    article = build({}, builder="html").article("index.html")
    assert "post-date" not in str(article)
    assert not article.select(".toctree-wrapper li")


def test_a_book_has_no_links_to_lists_and_nothing_of_the_build(build: Build) -> None:
    """`sphinx -b epub . out` keeps its doctrees, and our caches, within what it packs."""
    body = "{tag}`C++` と {series}`入門`、[記事](a.md)。\n\n![図](zu.png)\n\n$x$\n"
    files: dict[str, str | bytes | None] = {**FILES, "posts/b.md": post(body, title="乙")}
    src = build(files, builder="dummy").src
    (src / "conf.py").write_text("".join(f"{key} = {value!r}\n" for key, value in SITE.items()))
    out = src.parent / "book"
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "epub", str(src), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(out.glob("*.epub"))) as book:
        assert not [name for name in book.namelist() if ".doctrees" in name]
        page = etree.fromstring(book.read("posts/b.xhtml"))
    links = [str(link.get("href")) for link in page.iterfind(".//{*}section//{*}a")]
    assert links == ["a.xhtml"]
    assert "C++ と 入門" in "".join(map(str, page.itertext()))


def test_a_list_of_posts_is_in_a_book_too(build: Build) -> None:
    text = build(FILES, builder="text", **CONF).text("index.txt")
    assert "* 乙 (2024年10月1日)" in text
    latex = build(FILES, builder="latex", **CONF)
    assert any(
        "乙}}} (2024年10月1日)" in latex.text(name)
        for name in latex.files()
        if name.endswith(".tex")
    )
