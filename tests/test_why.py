"""What a plain stack makes of a Japanese post, row by row, and what it has to be instead."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from tests.conftest import Build, post


def texts(items: object) -> list[str]:
    return [item.get_text(strip=True) for item in items]  # type: ignore[attr-defined]


def test_title_of_the_front_matter_is_the_only_h1_and_levels_move_up(build: Build) -> None:
    """`title:` and a body that starts at ###: the page was called "TL;DR"."""
    site = build(
        {
            "posts/a.md": post(
                "### TL;DR\n\n要点。\n\n### 詳細\n\n#### 細部\n\n終わり。", title="題名"
            )
        }
    )
    article = site.article("posts/a.html")
    assert site.warnings == ()
    assert [heading.get_text().rstrip("#") for heading in article.select("h1")] == ["題名"]
    assert [(h.name, h.get_text().rstrip("#")) for h in article.select("h2, h3, h4")] == [
        ("h2", "TL;DR"),
        ("h2", "詳細"),
        ("h3", "細部"),
    ]


@pytest.mark.parametrize("key", ["date", "pubDate"])
def test_a_date_by_any_name_publishes(build: Build, key: str) -> None:
    """`pubDate` was no date: the post was a draft on no list."""
    site = build({"posts/a.md": f"---\ntitle: 題\n{key}: 2024-09-12\n---\n\n本文。\n"})
    assert site.warnings == ()
    assert "題" in site.article("blog/2024.html").get_text()
    assert "9月12日" in site.article("index.html").get_text()


def test_tags_keep_their_letters_in_page_and_address(build: Build) -> None:
    r"""Tags were shown as `\u6a5f...`; バグ and ハク, C, C++ and C# shared a page."""
    tags = ["機械学習", "バグ", "ハク", "C", "C++", "C#", ".NET", "🦊", "CI/CD"]
    site = build(
        {f"posts/p{n}.md": post(tags=f"[{tag!r}]", title=f"題{n}") for n, tag in enumerate(tags)}
    )
    assert site.warnings == ()
    names = ["機械学習", "バグ", "ハク", "c", "c++", "c#", "_.net", "🦊", "ci-cd"]
    assert {f"blog/tag/{name}.html" for name in names} <= site.files()
    for number, (tag, name) in enumerate(zip(tags, names, strict=True)):
        page = site.article(f"blog/tag/{name}.html")
        assert tag in page.get_text()
        assert f"題{number}" in page.get_text()
    links = {
        unquote(str(anchor["href"]))
        for anchor in site.page("blog/tag.html").select("a[href*='tag/']")
    }
    assert {f"tag/{name}.html" for name in names} <= links


def test_two_tags_with_one_address_are_an_error_that_names_both(build: Build) -> None:
    site = build({"posts/a.md": post(tags="[Go]"), "posts/b.md": post(tags="[go]")})
    assert len(site.warnings) == 1
    assert "'Go'" in site.warnings[0]
    assert "'go'" in site.warnings[0]
    assert site.warnings[0].startswith("posts/b.md:4: ")


@pytest.mark.parametrize("key", ["draft: true", "published: false", "date: 2999-01-01"])
def test_a_draft_is_nowhere(build: Build, key: str) -> None:
    """`draft: true` was published."""
    head = "date: 2024-01-01\n" if not key.startswith("date") else ""
    site = build(
        {
            "posts/draft.md": f"---\ntitle: 秘密の題\n{head}{key}\ntags: [内緒]\n---\n\n秘密の本文。\n",
            "posts/a.md": post(title="公の題"),
        }
    )
    assert site.warnings == ()
    for name in site.files():
        assert "draft" not in name
        assert "内緒" not in name
        content = (site.out / name).read_bytes()
        assert "秘密".encode() not in content, name


def test_a_preview_shows_drafts(build: Build) -> None:
    site = build({"posts/draft.md": post("秘密の本文。", draft="true")}, tsuzuri_drafts=True)
    assert "秘密の本文" in site.article("posts/draft.html").get_text()


def test_a_post_without_heading_is_a_post(build: Build) -> None:
    """No heading in the body: the post was silently dropped."""
    site = build({"posts/a.md": post("見出しのない本文。", title="題だけ")})
    assert site.warnings == ()
    assert "題だけ" in site.article("blog.html").get_text()


def test_emphasis_beside_japanese_punctuation(build: Build) -> None:
    """`これは**「重要」**です` showed its asterisks."""
    site = build({"posts/a.md": post("これは**「重要」**です。")})
    assert texts(site.article("posts/a.html").select("strong")) == ["「重要」"]


def test_a_newline_inside_japanese_leaves_no_space(build: Build) -> None:
    site = build({"posts/a.md": post("日本語の文は\n途中で改行する。\nHello\nworld と書く。")})
    paragraph = site.article("posts/a.html").select_one("section > p")
    assert (
        " ".join(paragraph.get_text().split()) == "日本語の文は途中で改行する。Hello world と書く。"
    )


def test_a_url_ends_before_japanese(build: Build) -> None:
    """`https://example.com/fooを参照`: the link swallowed を参照."""
    site = build({"posts/a.md": post("詳しくはhttps://example.com/fooを参照。setup.py も見る。")})
    links = site.article("posts/a.html").select("p a.external")
    assert [(link["href"], link.get_text()) for link in links] == [
        ("https://example.com/foo", "https://example.com/foo")
    ]


def test_prices_are_no_formula(build: Build) -> None:
    site = build({"posts/a.md": post("値段は$100から$200です。\n\n数式$x$です。")})
    article = site.article("posts/a.html")
    assert "$100から$200" in article.get_text()
    assert len(article.select("section > p")[1].select(".math, .katex")) >= 1


def test_an_image_in_html_is_copied_and_kept(build: Build) -> None:
    """`<p align="center"><img width="50%">` was raw HTML: the file was never copied."""
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
        "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
    )
    body = '<p align="center">\n  <img src="a.png" width="50%" alt="図"/>\n</p>'
    site = build({"posts/a/index.md": post(body), "posts/a/a.png": png})
    assert site.warnings == ()
    image = site.article("posts/a/index.html").select_one("img")
    assert image["alt"] == "図"
    assert "align-center" in image["class"]
    assert "50%" in image.get("style", "")
    assert image["src"].removeprefix("../../") in site.files()


def test_one_edit_reads_one_post(build: Build) -> None:
    """The theme's late `fontawesome_included` made every build read everything again."""
    build({"posts/a.md": post(), "posts/b.md": post(title="乙")})
    again = build({"posts/b.md": post("書き直した。", title="乙")})
    read = again.app.env.all_docs
    assert read["posts/b"] > read["posts/a"]
    nothing = build()
    assert nothing.app.env.all_docs == read


def test_new_and_renamed_posts_reach_their_neighbours(build: Build) -> None:
    """Lists and neighbours' links stayed stale; a deleted post's page stayed."""
    build({"posts/a.md": post(title="甲"), "posts/b.md": post(title="乙", date="2024-09-13")})
    site = build({"posts/c.md": post(title="丙", date="2024-09-14"), "posts/b.md": None})
    assert site.warnings == ()
    assert "posts/b.html" not in site.files()
    index = site.article("index.html").get_text()
    assert "丙" in index
    assert "乙" not in index


def test_parallel_is_equal(build: Build) -> None:
    """`-j` was refused, since ABlog is not safe to read in parallel."""
    files = {
        f"posts/p{n}.md": post(f"本文{n}。", title=f"題{n}", tags="[一, 二]") for n in range(12)
    }
    one = build(files)
    contents = {name: (one.out / name).read_bytes() for name in one.files()}
    two = build(parallel=2, fresh=True)
    assert two.warnings == ()
    assert "題11" in two.article("index.html").get_text()
    changed = {name for name in two.files() if contents.get(name) != (two.out / name).read_bytes()}
    assert changed == set()
