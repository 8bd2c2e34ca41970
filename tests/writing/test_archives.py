"""Lists stand where ABlog has them, and readers get from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

import pytest

from tests.conftest import make_build, post

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build, Site

AUTHORS = {
    "taro": {
        "name": "山田太郎", "url": "https://taro.example/", "bio": "書く人です。",
        "avatar": "_static/taro.png",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A blog of five posts, two to a page."""
    folder: Path = tmp_path_factory.mktemp("lists")
    files: dict[str, str | bytes | None] = {
        f"posts/p{number}.md": post(
            title=f"題{number}",
            date=f"202{number // 3 + 3}-0{number}-01",
            tags="[機械学習, C++]" if number % 2 else "[機械学習]",
            category="技術",
            author="taro",
            series="入門" if number > 3 else "null",
            description="'<b>説明</b>'",
        )
        for number in range(1, 6)
    }
    built = make_build(folder)(files, tsuzuri_posts_per_page=2, tsuzuri_authors=AUTHORS)
    assert built.warnings == ()
    return built


def titles(site: Site, path: str) -> list[str]:
    return [item.get_text() for item in site.page(path).select(".tz-card__title")]


def test_ablogs_pages_stay_where_they_are(site: Site) -> None:
    expected = {
        "blog.html", "blog/archive.html", "blog/2023.html", "blog/2024.html", "blog/tag.html",
        "blog/tag/機械学習.html", "blog/tag/c++.html", "blog/category.html",
        "blog/category/技術.html", "blog/author.html", "blog/author/山田太郎.html",
        "blog/series.html", "blog/series/入門.html", "blog/2024/05.html",
    }  # fmt: skip
    assert expected <= site.files()


def test_pages_of_a_list_are_turned_in_words(site: Site) -> None:
    assert titles(site, "blog.html") == ["題5", "題4"]
    assert titles(site, "blog/page/2.html") == ["題3", "題2"]
    assert titles(site, "blog/page/3.html") == ["題1"]
    links = {
        str(item["rel"][0]): (item.get_text(), urljoin("/blog/page/2.html", str(item["href"])))
        for item in site.page("blog/page/2.html").select("nav.tz-turn a")
    }
    assert links == {
        "prev": ("新しい記事へ", "/blog.html"),
        "next": ("過去の記事へ", "/blog/page/3.html"),
    }


def test_every_link_of_every_list_leads_to_a_page(site: Site) -> None:
    lists = [name for name in site.files() if name.startswith("blog") and name.endswith(".html")]
    assert len(lists) > 15
    for name in lists:
        for link in site.page(name).select("main a[href]"):
            address = str(link["href"])
            if not address.startswith(("http", "#")):
                target = unquote(urljoin(f"/{name}", address).split("#")[0]).lstrip("/")
                assert target in site.files(), f"{name}: {address}"


def test_an_author_has_a_profile(site: Site) -> None:
    page = site.page("blog/author/山田太郎.html")
    main = page.select_one("main")
    assert main is not None
    assert main.h1 is not None
    assert main.h1.get_text() == "山田太郎"
    assert "書く人です。" in main.get_text()
    assert main.select_one('a[rel="author"][href="https://taro.example/"]')
    assert main.select_one('img[src="../../_static/taro.png"]')


def test_a_post_names_its_authors_as_their_profiles_do(build: Build) -> None:
    site = build(
        {"posts/a.md": post(author="[taro, 花子]")},
        tsuzuri_authors={"taro": {"name": "山田 太郎"}, "jiro": {"name": "次郎"}},
    )
    links = site.page("posts/a.html").select(".tz-byline a[rel=author]")
    assert [link.get_text() for link in links] == ["山田 太郎", "花子"]
    for link in links:
        assert (site.out / "posts" / unquote(str(link["href"]))).resolve().is_file()


def test_the_archive_names_years_and_their_months(site: Site) -> None:
    page = site.page("blog/archive.html")
    found = [
        (
            str(year.h2.get_text()) if year.h2 else "",
            [item.get_text(" ", strip=True) for item in year.select("li")],
        )
        for year in page.select("section.tz-year")
    ]
    assert found == [
        ("2024年 3", ["5月 1", "4月 1", "3月 1"]),
        ("2023年 2", ["2月 1", "1月 1"]),
    ]


def test_a_post_that_moves_to_another_month_moves_in_the_archive(build: Build) -> None:
    """The year's count stays, and with it all else that the page of years shows."""
    build({"posts/a.md": post(date="2024-03-01")})
    page = build({"posts/a.md": post(date="2024-05-01")}).page("blog/archive.html")
    assert [item.get_text(" ", strip=True) for item in page.select(".tz-months li")] == ["5月 1"]


def test_a_series_is_read_from_its_beginning(build: Build) -> None:
    """Parts by number, then by date; page after page; the box under a post says the same."""
    files: dict[str, str | bytes | None] = {
        f"posts/{name}.md": post(title=name, date=date, series="連載", **order)
        for name, date, order in (
            ("四", "2023-01-01", {}),
            ("一", "2024-01-01", {"series_order": "1"}),
            ("二", "2022-01-01", {"series_order": "2"}),
            ("三", "2021-01-01", {}),
        )
    }
    site = build(files, tsuzuri_posts_per_page=3)
    first, second = (site.page(f"blog/series/連載{rest}.html") for rest in ("", "/page/2"))
    assert [card.get_text() for card in first.select(".tz-card__title")] == ["一", "二", "三"]
    assert first.select(".tz-card__meta")[2].get_text() == "第3回2021年1月1日約1分"
    assert [card.get_text() for card in second.select(".tz-card__title")] == ["四"]
    assert second.select(".tz-card__meta")[0].get_text().startswith("第4回")
    [turn] = first.select(".tz-turn a")
    assert turn.get_text() == "次の回へ"
    box = site.page("posts/一.html").select(".tz-series li")
    assert [item.get_text() for item in box] == ["一", "二", "三", "四"]


def test_text_of_a_post_is_never_markup_of_a_list(site: Site) -> None:
    assert "<b>説明</b>" in [
        item.get_text() for item in site.page("blog.html").select(".tz-card__lead")
    ]


def test_empty_lists_do_not_exist(build: Build) -> None:
    site = build()
    assert not [name for name in site.files() if name.startswith("blog")]


def test_a_page_of_the_writers_own_wins(build: Build) -> None:
    own = "---\norphan: true\n---\n\n# 私のタグ\n"
    site = build({"posts/a.md": post(tags="[甲]"), "blog/tag.md": own}, include_patterns=["**"])
    assert site.warnings == ()
    assert site.article("blog/tag.html").h1.get_text().startswith("私のタグ")
    assert "blog/tag/甲.html" in site.files()
