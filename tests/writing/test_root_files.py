"""What search engines, servers and other machines look for is there, and right."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import etree
from sphinx.builders.html import StandaloneHTMLBuilder

from tests.conftest import post
from tsuzuri.writing.not_found import with_absolute_links
from tsuzuri.writing.sitemap import Address, sitemap

if TYPE_CHECKING:
    from tests.conftest import Build, Site

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
BASE = "https://blog.example/"

POSTS: dict[str, str | bytes | None] = {
    "posts/記事.md": post(title="甲", tags="[機械学習]", updated="2024-09-20"),
    "posts/b.md": post(title="乙", date="2024-10-01"),
    "posts/写し.md": post(title="丙", canonical="https://else.example/c"),
    "posts/draft.md": post(title="丁", draft="true"),
    "about.md": "---\norphan: true\n---\n\n# このブログ\n\n説明です。\n",
}


def locations(data: bytes) -> dict[str, str | None]:
    """Return address to lastmod of a sitemap."""
    root = etree.fromstring(data)
    return {
        str(item.findtext("s:loc", None, NS)): item.findtext("s:lastmod", None, NS)
        for item in root.findall("s:url", NS)
    }


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_the_sitemap_holds_every_page_once(build: Build, builder: str) -> None:
    site = build(POSTS, builder=builder)
    assert site.warnings == ()
    found = locations((site.out / "sitemap.xml").read_bytes())
    for address in found:
        path = unquote(address.removeprefix(BASE))
        assert (
            site.out / (f"{path}index.html" if path.endswith("/") or not path else path)
        ).is_file()
    suffix = "/" if builder == "dirhtml" else ".html"
    first = BASE + "posts/%E8%A8%98%E4%BA%8B" + suffix
    assert found[first] == "2024-09-20T00:00:00+09:00"
    assert found[f"{BASE}blog{suffix}"] == found[BASE] == "2024-10-01T00:00:00+09:00"
    assert f"{BASE}about{suffix}" in found
    assert f"{BASE}blog/tag/%E6%A9%9F%E6%A2%B0%E5%AD%A6%E7%BF%92{suffix}" in found
    hidden = ["draft", "404", "search", "genindex", "%E5%86%99%E3%81%97"]
    assert not [address for address in found for name in hidden if name in address]


def test_each_page_of_the_sitemap_names_itself_canonical(build: Build) -> None:
    site = build(POSTS)
    for address in locations((site.out / "sitemap.xml").read_bytes()):
        path = unquote(address.removeprefix(BASE)) or "index.html"
        link = site.page(path).select_one("link[rel=canonical]")
        assert link is not None
        assert link["href"] == address


def test_a_large_sitemap_is_split() -> None:
    changed = datetime.fromisoformat("2024-09-12T00:00:00+09:00")
    many = [Address(f"{BASE}{number:02}", changed if number == 3 else None) for number in range(7)]
    files = sitemap(many, BASE, limit=3)
    assert sorted(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    index = etree.fromstring(files["sitemap.xml"])
    assert [item.findtext("s:loc", None, NS) for item in index] == [
        f"{BASE}sitemap-{number}.xml" for number in (1, 2, 3)
    ]
    assert index[1].findtext("s:lastmod", None, NS) == changed.isoformat()
    parts = [locations(files[f"sitemap-{number}.xml"]) for number in (1, 2, 3)]
    assert [len(part) for part in parts] == [3, 3, 1]
    assert {address for part in parts for address in part} == {item.url for item in many}


def test_robots_names_the_sitemap(build: Build) -> None:
    assert build(POSTS).text("robots.txt").splitlines() == [
        "User-agent: *", "Disallow:", "", "Sitemap: https://blog.example/sitemap.xml",
    ]  # fmt: skip


def test_the_writers_own_files_win(build: Build) -> None:
    own: dict[str, str | bytes | None] = {
        "extra/robots.txt": "User-agent: *\nDisallow: /\n",
        "extra/llms.txt": "mine\n",
        "extra/favicon.ico": "icon",
        "404.md": "---\norphan: true\n---\n\n# ありません\n\n[最初](index.md)\n",
    }
    site = build(POSTS | own, html_extra_path=["extra"])
    assert site.warnings == ()
    for name in ("robots.txt", "llms.txt", "favicon.ico"):
        assert site.text(name) == own[f"extra/{name}"]
    assert site.article("404.html").h1.get_text().startswith("ありません")
    assert site.page("404.html").select_one('article a[href="/index.html"]')


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("base", ["https://blog.example/", "https://blog.example/ja/latest/"])
def test_the_page_for_unknown_addresses_works_at_any_depth(
    build: Build, builder: str, base: str
) -> None:
    """A server sends the page at the address that was asked; relative links lead astray."""
    site = build(POSTS, builder=builder, blog_baseurl=base)
    page = site.page("404.html")
    root = urlsplit(base).path
    checked = 0
    for element in page.select("[href], [src], [action]"):
        for name in ("href", "src", "action"):
            value = str(element.get(name) or "")
            if not value or value.startswith(("#", "http", "data:")):
                continue
            assert value.startswith(root), f"{name}={value} is relative"
            path = unquote(urlsplit(value).path).removeprefix(root)
            target = site.out / path
            assert target.is_file() or (target / "index.html").is_file(), value
            checked += 1
    assert checked > 10
    assert page.select_one('form[role="search"]')
    assert [item.get_text() for item in page.select("article h3")][:2] == ["乙", "甲"]
    robots = page.select_one('meta[name="robots"]')
    assert robots is not None
    assert robots["content"] == "noindex"


def test_only_links_of_tags_change() -> None:
    source = (
        '<a href="b.html?x=1#y">href="c.html"</a><a href="#z"><a href="https://x.example/">'
        '<script src="_static/a.js">let s = \'<a href="d.html">\'</script><!-- <a href="e"> -->'
    )
    assert with_absolute_links(source, "/ja/404.html") == (
        '<a href="/ja/b.html?x=1#y">href="c.html"</a><a href="#z"><a href="https://x.example/">'
        '<script src="/ja/_static/a.js">let s = \'<a href="d.html">\'</script><!-- <a href="e"> -->'
    )


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_phone_finds_name_and_icons(build: Build, builder: str) -> None:
    site = build(POSTS, builder=builder)
    data = json.loads(site.text("site.webmanifest"))
    assert data["name"] == "試しの綴り"
    for icon in data["icons"]:
        assert (site.out / icon["src"]).read_bytes().startswith(b"\x89PNG")
    path = "posts/b/index.html" if builder == "dirhtml" else "posts/b.html"
    soup = site.page(path)
    for rel in ("manifest", "apple-touch-icon"):
        link = soup.select_one(f'link[rel="{rel}"]')
        assert link is not None
        target = urljoin(f"/{path}", str(link["href"]))
        assert (site.out / target.lstrip("/")).is_file()
    assert (site.out / "favicon.ico").is_file()


def files_after(site: Site) -> dict[str, int]:
    names = ["sitemap.xml", "robots.txt", "llms.txt", "404.html", "site.webmanifest"]
    return {name: (site.out / name).stat().st_mtime_ns for name in names if name != "404.html"}


def test_files_without_news_are_not_written_again(build: Build) -> None:
    before = files_after(build(POSTS))
    assert files_after(build()) == before


def test_files_for_servers_may_be_hidden(build: Build) -> None:
    """A password of an editor is not published; what a server looks for is."""
    files: dict[str, str | bytes | None] = {
        "public/.htaccess": "Options -Indexes\n",
        "public/.well-known/security.txt": "Contact: mailto:a@blog.example\n",
        "public/.env": "SECRET=1\n",
        "public/.git/config": "[core]\n",
        "public/a.txt": "a\n",
    }
    site = build({"posts/a.md": post(), **files}, html_extra_path=["public"])
    expected = {".htaccess", ".well-known/security.txt", "a.txt"}
    assert {name for name in site.files() if f"public/{name}" in files} == expected
    site = build({"public/.htaccess": None}, html_extra_path=["public"])
    assert ".htaccess" not in site.files()


def test_without_an_address_there_is_no_sitemap(build: Build) -> None:
    files = build(POSTS, blog_baseurl="").files()
    assert not files & {"sitemap.xml", "robots.txt"}
    assert "404.html" in files


def test_pages_that_show_nothing_new_are_left_alone(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that changes nothing renders no page at all; the newest posts are shown."""
    build(POSTS)
    rendered: list[str] = []
    own = StandaloneHTMLBuilder.handle_page

    def handle_page(self: StandaloneHTMLBuilder, name: str, *args: Any, **kwargs: Any) -> None:
        rendered.append(name)
        own(self, name, *args, **kwargs)

    monkeypatch.setattr(StandaloneHTMLBuilder, "handle_page", handle_page)
    site = build()
    assert (rendered, {"404.html", "search.html"} - site.files()) == ([], set())
    site = build({"posts/c.md": post(title="戊", date="2024-11-01")})
    assert "404" in rendered
    assert "戊" in site.page("404.html").get_text()
