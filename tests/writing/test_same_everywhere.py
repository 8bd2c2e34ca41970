"""The same posts give the same bytes on any machine, whatever they are called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import feedparser
import pytest
from lxml import etree

from tests.conftest import CONF, INDEX, write_files
from tests.writing.feeds.test_formats import check_json_feed
from tests.writing.samples import HOSTILE, PNG
from tsuzuri.writing.feeds.model import one_line

CASES = Path(__file__).parents[1] / "cases"
SCHEMA = etree.RelaxNG(etree.parse(CASES / "atom.rng"))
SITEMAP = etree.RelaxNG(etree.parse(CASES / "sitemap.rng"))
COUNT = 60


def title_of(number: int) -> str:
    return f"{one_line(HOSTILE[number % len(HOSTILE)])} {number}"


def files() -> dict[str, str | bytes | None]:
    """Return 60 posts with hostile titles, tags and texts."""
    conf = "\n".join(f"{name} = {value!r}" for name, value in CONF.items())
    posts: dict[str, str | bytes | None] = {"conf.py": conf, "index.md": INDEX, "posts/zu.png": PNG}
    for number in range(COUNT):
        head = {
            "title": title_of(number),
            "date": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "tags": [f"タグ{number % 7}", "C++", "]]>&"],
            "author": f"著者{number % 3}",
            "description": title_of(number + 1) if number % 2 else "",
        }
        text = f"文{number}です。<b>太字</b> & ]]> 。\n\n![図](zu.png)\n\n```html\n</script>\n```\n"
        lines = "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
            for key, value in head.items()
            if value
        )
        posts[f"posts/p{number:02}.md"] = f"---\n{lines}---\n\n{text}"
    return posts


def built(folder: Path, **environment: str) -> dict[str, bytes]:
    """Build in a process of its own; return path to content of all that is published."""
    write_files(folder, files())
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-j", "2"]
    result = subprocess.run(
        [*command, "-d", str(folder / "_doctrees"), str(folder), str(folder / "_out")],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    out = folder / "_out"
    found = sorted(path for path in out.rglob("*") if path.is_file() and path.name != ".buildinfo")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("here")
    return built(folder, TZ="Asia/Tokyo", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")


@pytest.fixture(scope="module")
def pages(site: dict[str, bytes]) -> dict[str, etree._Element]:
    parser = etree.HTMLParser(encoding="utf-8")
    names = [name for name in site if name.startswith("posts/") and name.endswith(".html")]
    return {name: etree.fromstring(site[name], parser) for name in names}


def test_another_machine_gives_the_same_bytes(
    site: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("elsewhere") / "深い" / "フォルダ"
    other = built(folder, TZ="America/New_York", LC_ALL="C", PYTHONHASHSEED="2", PYTHONUTF8="1")
    assert sorted(site) == sorted(other)
    assert [name for name in site if site[name] != other[name]] == []


def test_every_feed_of_the_site_is_valid(site: dict[str, bytes]) -> None:
    feeds = [name for name in site if name.endswith("atom.xml")]
    assert len(feeds) == 1 + 7 + 2 + 3
    for name in feeds:
        SCHEMA.assertValid(etree.fromstring(site[name]))
        assert not feedparser.parse(site[name]).bozo, name
        data = json.loads(site[name.replace("atom.xml", "feed.json")])
        check_json_feed(data)
        assert data["items"], name


def test_the_sitemap_is_valid_and_whole(site: dict[str, bytes]) -> None:
    sitemap = etree.fromstring(site["sitemap.xml"])
    SITEMAP.assertValid(sitemap)
    found = {unquote(str(item.text)) for item in sitemap.iter("{*}loc")}
    pages = {name for name in site if name.endswith(".html") and not name.startswith("_static/")}
    named = {f"https://blog.example/{name}" for name in pages - {"404.html", "search.html"}}
    assert found == named - {"https://blog.example/index.html"} | {"https://blog.example/"}


def test_every_posts_metadata_says_its_title(pages: dict[str, etree._Element]) -> None:
    assert len(pages) == COUNT
    for name, page in pages.items():
        title = title_of(int(name[7:9]))
        [shown] = page.xpath("//meta[@property='og:title']/@content")
        assert shown == title
        [script] = page.xpath("//script[@type='application/ld+json']")
        [posting] = [
            item for item in json.loads(script.text)["@graph"] if item["@type"] == "BlogPosting"
        ]
        assert posting["headline"] == title
        # https://developers.google.com/search/docs/appearance/structured-data/article
        wanted = {"headline", "datePublished", "dateModified", "author", "image", "url"}
        assert wanted <= posting.keys()
        # https://ogp.me/: what every page has to say, and what an article adds
        for key in ("title", "type", "image", "url"):
            assert page.xpath(f"//meta[@property='og:{key}']/@content"), key
        for key in ("published_time", "tag"):
            assert page.xpath(f"//meta[@property='article:{key}']/@content"), key
        [heading] = page.xpath("//article//h1")
        assert "".join(heading.itertext()).startswith(title)
