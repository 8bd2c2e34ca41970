"""What machines read of a page is what its writer wrote, whatever that is."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from tests.conftest import post
from tests.pixels import drawing
from tests.writing.samples import HOSTILE, PNG, make_site
from tsuzuri.posts.authors import Author
from tsuzuri.writing.feeds.model import one_line
from tsuzuri.writing.metadata import head, locale
from tsuzuri.writing.page_facts import Image, PageFacts

if TYPE_CHECKING:
    from tests.conftest import Build, Site

MOMENT = datetime.fromisoformat("2024-09-12T00:00:00+09:00")


class Head:
    """A page's head, parsed."""

    def __init__(self, source: str) -> None:
        self.root = html.document_fromstring(source)

    def metas(self, key: str) -> list[str]:
        return [
            str(value)
            for value in self.root.xpath(f"//meta[@name='{key}' or @property='{key}']/@content")
        ]

    def meta(self, key: str) -> str:
        [value] = self.metas(key)
        return value

    def links(self, rel: str) -> list[dict[str, str]]:
        return [dict(item.attrib) for item in self.root.xpath(f"//link[@rel='{rel}']")]

    @property
    def canonical(self) -> str:
        [item] = self.links("canonical")
        return item["href"]

    def data(self, kind: str) -> dict[str, Any]:
        """Return the page's structured data of one type."""
        [script] = self.root.xpath("//script[@type='application/ld+json']")
        document = json.loads(script.text)
        assert document["@context"] == "https://schema.org"
        [found] = [item for item in document["@graph"] if item["@type"] == kind]
        return dict(found)


def pages_of(site: Site) -> list[str]:
    names = (name for name in site.files() if name.endswith(".html"))
    return sorted(name for name in names if not name.startswith("_static/"))


def head_of(site: Site, path: str) -> Head:
    return Head(site.text(path))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_a_title(title: str) -> None:
    facts = PageFacts(
        title=one_line(title),
        url="https://blog.example/a.html",
        description=one_line(title),
        kind="post",
        published=MOMENT,
        authors=(Author(title, title),),
        tags=(one_line(title),),
        trail=(
            ("ホーム", "https://blog.example/"),
            (one_line(title), "https://blog.example/a.html"),
        ),
    )
    source = f"<html><head>{head(facts, make_site())}</head><body>x</body></html>"
    page = Head(source)
    assert page.meta("og:title") == one_line(title)
    assert page.meta("description") == one_line(title)
    assert page.data("BlogPosting")["headline"] == one_line(title)
    assert len(page.root.xpath("//script")) == 1
    assert page.root.xpath("//body")[0].text_content() == "x"


def check_posting(data: dict[str, Any]) -> None:
    """Check what schema.org and the search engines' guides ask of a BlogPosting."""
    assert data["headline"]
    assert datetime.fromisoformat(data["datePublished"]).tzinfo
    assert datetime.fromisoformat(data["dateModified"]) >= datetime.fromisoformat(
        data["datePublished"]
    )
    assert data["author"]
    for author in data["author"]:
        assert author["@type"] == "Person"
        assert author["name"]
        assert author.get("url", "https://").startswith("http")
    assert data["publisher"]["@type"] == "Organization"
    assert data["publisher"]["name"]
    assert data["mainEntityOfPage"]["@id"] == data["url"]
    assert all(image.startswith("http") for image in data.get("image", []))


POSTS: dict[str, str | bytes | None] = {
    "posts/a.md": post(
        "はじめの文です。次の文です。",
        title="'甲 & <乙>'",
        date="2024-09-12",
        updated="2024-09-20",
        tags="[機械学習, C++]",
        category="技術",
        author="taro",
        image="./lead.png",
        image_alt="図の説明",
    ),
    "posts/lead.png": drawing((40, 30)),
    "posts/b.md": post(
        "Text.", title="Hello", lang="en", translations="{ja: a}", description="書いた説明"
    ),
    "posts/c.md": post(
        title="写し", canonical="https://else.example/c", image="https://cdn.example/c.png"
    ),
    "docs/index.md": "---\norphan: true\n---\n\n# 文書\n\n使い方です。\n\n```{toctree}\nhowto\n```\n",
    "docs/howto.md": "---\ndescription: 手順の説明\nlang: en\n---\n\n# How to\n\nText.\n",
}
AUTHORS = {"taro": {"name": "山田太郎", "url": "https://taro.example/", "bio": "書く人"}}


@pytest.fixture
def site(build: Build) -> Site:
    built = build(POSTS, tsuzuri_authors=AUTHORS)
    assert built.warnings == ()
    return built


def test_a_post_is_described_to_every_machine(site: Site) -> None:
    page = head_of(site, "posts/a.html")
    address = "https://blog.example/posts/a.html"
    assert page.canonical == address
    assert page.meta("description") == "はじめの文です。次の文です。"
    expected = {
        "og:type": "article",
        "og:title": "甲 & <乙>",
        "og:url": address,
        "og:site_name": "試しの綴り",
        "og:locale": "ja_JP",
        "og:image:alt": "図の説明",
        "article:published_time": "2024-09-12T00:00:00+09:00",
        "article:modified_time": "2024-09-20T00:00:00+09:00",
        "article:section": "技術",
        "article:author": "https://taro.example/",
        "twitter:card": "summary_large_image",
        "author": "山田太郎",
    }
    assert {key: page.meta(key) for key in expected} == expected
    assert page.metas("article:tag") == ["機械学習", "C++"]
    assert page.metas("robots") == []
    posting = page.data("BlogPosting")
    check_posting(posting)
    assert posting["keywords"] == ["機械学習", "C++"]
    trail = page.data("BreadcrumbList")["itemListElement"]
    assert [(item["position"], item["name"], item["item"]) for item in trail] == [
        (1, "試しの綴り", "https://blog.example/"),
        (2, "すべての記事", "https://blog.example/blog.html"),
        (3, "甲 & <乙>", address),
    ]


def test_the_posts_own_image_is_served(site: Site) -> None:
    image = head_of(site, "posts/a.html").meta("og:image")
    assert (site.out / image.removeprefix("https://blog.example/")).is_file()
    assert head_of(site, "posts/c.html").meta("og:image") == "https://cdn.example/c.png"


def test_an_english_post_says_so_and_names_its_translation(site: Site) -> None:
    page = head_of(site, "posts/b.html")
    assert page.root.get("lang") == "en"
    assert page.meta("og:locale") == "en_US"
    versions = [
        {"rel": "alternate", "href": "https://blog.example/posts/b.html", "hreflang": "en"},
        {"rel": "alternate", "href": "https://blog.example/posts/a.html", "hreflang": "ja"},
    ]
    for path in ("posts/b.html", "posts/a.html"):
        found = [item for item in head_of(site, path).links("alternate") if "hreflang" in item]
        assert found == versions, "each version names all, itself included"


def test_a_copy_names_its_original(site: Site) -> None:
    page = head_of(site, "posts/c.html")
    assert page.canonical == page.meta("og:url") == "https://else.example/c"


def test_pages_that_are_no_posts(site: Site) -> None:
    page = head_of(site, "docs/howto.html")
    assert page.meta("description") == "手順の説明"
    assert page.meta("og:type") == "website"
    assert page.root.get("lang") == "en"
    assert [item["name"] for item in page.data("BreadcrumbList")["itemListElement"]] == [
        "試しの綴り", "文書", "How to",
    ]  # fmt: skip
    home = head_of(site, "index.html")
    assert home.canonical == "https://blog.example/"
    target = home.data("WebSite")["potentialAction"]["target"]["urlTemplate"]
    assert target == "https://blog.example/search.html?q={search_term_string}"
    assert head_of(site, "search.html").meta("robots") == "noindex"


def test_pages_of_a_list_know_each_other(build: Build) -> None:
    many = {f"posts/p{number}.md": post(tags="['<T> & co']") for number in range(3)}
    built = build(many, tsuzuri_posts_per_page=1)
    folder = "blog/tag/-t-&-co" if (built.out / "blog/tag/-t-&-co").exists() else "blog/tag/t-&-co"
    page = head_of(built, f"{folder}/page/2.html")
    base = f"https://blog.example/{folder.replace('&', '%26')}"
    assert page.canonical == f"{base}/page/2.html"
    relations = {
        rel: [item["href"] for item in page.links(rel)] for rel in ("prev", "next", "first", "last")
    }
    assert relations == {
        "prev": [f"{base}.html"],
        "next": [f"{base}/page/3.html"],
        "first": [f"{base}.html"],
        "last": [f"{base}/page/3.html"],
    }
    assert page.meta("og:title") == "<T> & co（2ページ目）"
    feeds = [item["href"] for item in page.links("alternate") if "atom" in item.get("type", "")]
    assert feeds == [f"{base}/atom.xml", "https://blog.example/blog/atom.xml"]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_page_announces_the_feeds_once(build: Build, builder: str) -> None:
    built = build(POSTS, builder=builder, tsuzuri_authors=AUTHORS)
    for path in pages_of(built):
        feeds = [
            item["href"]
            for item in head_of(built, path).links("alternate")
            if item.get("type") in {"application/atom+xml", "application/feed+json"}
        ]
        assert len(feeds) == len(set(feeds)), path
        assert "https://blog.example/blog/atom.xml" in feeds, path


def test_a_preview_is_hidden_and_names_production(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A preview found by a search engine would stand beside the real page."""
    preview = "https://blog--7.org.readthedocs.build/ja/7/"
    for name, value in {
        "READTHEDOCS": "True",
        "READTHEDOCS_VERSION_TYPE": "external",
        "READTHEDOCS_VERSION": "7",
        "READTHEDOCS_PROJECT": "blog",
        "READTHEDOCS_LANGUAGE": "ja",
        "READTHEDOCS_CANONICAL_URL": preview,
    }.items():
        monkeypatch.setenv(name, value)
    built = build(POSTS, blog_baseurl=preview, tsuzuri_authors=AUTHORS)
    for path in pages_of(built):
        assert head_of(built, path).meta("robots") == "noindex", path
    page = head_of(built, "posts/a.html")
    assert page.canonical == "https://blog.readthedocs.io/ja/latest/posts/a.html"
    assert "readthedocs.build" not in built.text("blog/atom.xml")


def test_a_site_without_address_claims_none(build: Build) -> None:
    page = head_of(build(POSTS, blog_baseurl="", tsuzuri_authors=AUTHORS), "posts/a.html")
    assert page.links("canonical") == []
    assert page.metas("og:url") == page.metas("og:image") == []


def test_a_missing_image_is_told_with_its_mend(build: Build) -> None:
    built = build({"posts/x.md": post(image="nope.png")})
    [warning] = built.warnings
    assert warning.startswith("posts/x.md:1: WARNING: the post's image 'nope.png' does not exist; ")
    assert "[tsuzuri.missing-image]" in warning


def test_an_image_of_a_public_folder_is_found(build: Build) -> None:
    """Astro and Hugo serve such a folder at the root; posts name its files from there."""
    built = build(
        {"posts/x.md": post(image="/blog/hero.png"), "public/blog/hero.png": PNG},
        html_extra_path=["public"],
    )
    assert built.warnings == ()
    assert head_of(built, "posts/x.html").meta("og:image") == "https://blog.example/blog/hero.png"
    assert (built.out / "blog/hero.png").is_file()


def test_a_locale_has_its_territory() -> None:
    assert [locale(name) for name in ("ja", "en", "pt-BR", "zh-Hant", "xx")] == [
        "ja_JP", "en_US", "pt_BR", "zh_TW", "xx",
    ]  # fmt: skip


def test_an_image_with_a_known_size_says_it() -> None:
    facts = PageFacts(
        "題", "https://b.example/a", image=Image("https://b.example/c.png", "", 1200, 630)
    )
    source = head(facts, make_site())
    assert '<meta property="og:image:width" content="1200" />' in source
