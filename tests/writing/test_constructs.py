"""Our constructs in formats without our styles, and cards that learn something new."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from PIL import Image

from tests.conftest import post
from tsuzuri.reading.cards import CARDS_FILE, Card, format_cards
from tsuzuri.writing.code import DiffLexer

if TYPE_CHECKING:
    from tests.conftest import Build, Site

BODY = """
~~古い~~新しい^[注です。]、{漢字|かんじ}。

- [x] 済み
- [ ] まだ

:::details 題
中身
:::

```js:app.js
1
```

```diff js
-a
+b
```

```mermaid
graph LR; A-->B
```

https://example.com/a

@[youtube](dQw4w9WgXcQ)

<iframe src="https://maps.example/embed" title="地図"></iframe>

| 左 | 右 |
|:---|---:|
| a | 1 |
"""
PLAIN = [
    "古い新しい[1]、漢字（かんじ）。",
    "* [x] 済み",
    "* [ ] まだ",
    "**題**",
    '"app.js"',
    "   -a\n   +b",
    "   graph LR; A-->B",
    "example.com/a",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "地図",
    "[1] 注です。",
]


def page_only(build: Build, builder: str) -> Site:
    """Build a site of one page: lists of posts are for web sites."""
    return build(
        {"index.md": f"# 題\n{BODY}"}, builder=builder, tsuzuri_ruby=True, epub_copyright="x",
        version="1",
    )  # fmt: skip


def test_as_text_everything_is_readable(build: Build) -> None:
    text = page_only(build, "text").text("index.txt")
    assert [piece for piece in PLAIN if piece not in text] == []


def test_in_latex_everything_is_there(build: Build) -> None:
    site = page_only(build, "latex")
    tex = next(site.out.glob("*.tex")).read_text(encoding="utf-8")
    assert site.warnings == ()
    for piece in (
        "漢字（かんじ）",
        r"\DUrole{strikethrough}{古い}",
        "{[}x{]} 済み",
        r"\sphinxstylestrong{題}",
        r"\sphinxhref{https://example.com/a}",
        r"\sphinxhref{https://maps.example/embed}{地図}",
        r"\begin{footnote}",
        r"{LR}",
    ):
        assert piece in tex


def test_an_epub_has_links_and_no_buttons(build: Build) -> None:
    site = page_only(build, "epub")
    (book,) = site.out.glob("*.epub")
    with zipfile.ZipFile(book) as archive:
        page = archive.read("index.xhtml").decode()
    assert "<button" not in page
    assert "<script" not in page
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in page
    assert "<ruby>漢字" in page
    assert site.warnings == ()


def test_a_card_shows_what_was_fetched_since(build: Build) -> None:
    """A page is written again when `tsuzuri fetch` learns of what it links to, and no other."""
    build({"posts/a.md": post("https://example.com/a"), "posts/b.md": post("本文。")})
    cards = {"https://example.com/a": Card("知られた題")}
    site = build({CARDS_FILE: format_cards(cards)})
    card = site.article("posts/a.html").select_one(".tz-link-card a")
    assert (card["href"], card.get_text()) == ("https://example.com/a", "知られた題")
    site = build({CARDS_FILE: None})
    card = site.article("posts/a.html").select_one(".tz-link-card a")
    assert card.get_text() == "example.com/a"


def test_the_image_of_a_card_is_part_of_its_link(build: Build) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (1200, 630)).save(stream, "PNG")
    cards = {"https://example.com/a": Card("題", image="_fetched/a.png")}
    files: dict[str, str | bytes | None] = {
        "posts/a.md": post("https://example.com/a"),
        CARDS_FILE: format_cards(cards),
        "_fetched/a.png": stream.getvalue(),
    }
    site = build(files)
    image = site.article("posts/a.html").select_one(".tz-link-card img")
    assert image.parent["class"] == ["tz-link-card"]
    assert image["alt"] == ""
    assert site.warnings == ()


def test_a_card_is_found_however_its_address_is_written(build: Build) -> None:
    cards = {"https://日本語.example/和本": Card("題")}
    text = "<https://日本語.example/和本>\n\n@[card](https://日本語.example/%E5%92%8C%E6%9C%AC)"
    site = build({"posts/a.md": post(text), CARDS_FILE: format_cards(cards)})
    links = site.article("posts/a.html").select(".tz-link-card a")
    assert [link.get_text() for link in links] == ["題", "題"]


def test_a_card_of_another_page_changes_nothing(build: Build) -> None:
    first = build({"posts/a.md": post("https://example.com/a")})
    before = (first.out / "posts/a.html").stat().st_mtime_ns
    second = build({CARDS_FILE: format_cards({"https://example.com/b": Card("別")})})
    assert (second.out / "posts/a.html").stat().st_mtime_ns == before


def test_scripts_are_kept_where_the_site_allows_them(build: Build) -> None:
    files = {"posts/a.md": post("<script>allowed()</script>")}
    left_out = build(files)
    assert "allowed()" not in left_out.text("posts/a.html")
    assert "posts/a.md:6: WARNING: a script is left out" in left_out.warnings[0]
    kept = build(files, tsuzuri_allow_scripts=True)
    assert "<script>allowed()</script>" in kept.text("posts/a.html")
    assert kept.warnings == ()


def test_links_stay_links_where_the_site_wants_no_cards(build: Build) -> None:
    site = build({"posts/a.md": post("https://example.com/a")}, tsuzuri_link_cards=False)
    assert site.article("posts/a.html").select_one("p > a")["href"] == "https://example.com/a"


def test_ruby_is_text_unless_asked_for(build: Build) -> None:
    site = build({"posts/a.md": post("{漢字|かんじ}")})
    assert "{漢字|かんじ}" in site.article("posts/a.html").get_text()


def test_the_scripts_for_diagrams_go_with_the_last_diagram(build: Build) -> None:
    site = build({"posts/a.md": post("```mermaid\ngraph LR; A-->B\n```"), "posts/b.md": post()})
    assert "_static/mermaid/mermaid.tiny.js" in site.files()
    assert "diagrams.js" in site.text("posts/a.html")
    assert "diagrams.js" not in site.text("posts/b.html")
    site = build({"posts/a.md": post()})
    assert "_static/mermaid/mermaid.tiny.js" not in site.files()


def test_a_diff_loses_no_character() -> None:
    text = "@@ -1 +1 @@\n-a = '''x\n+b\n c\n\nno sign\n+last"
    for base in ("python", "js", "none"):
        tokens = DiffLexer(base).get_tokens_unprocessed(text)
        assert "".join(value for _at, _kind, value in tokens) == text
