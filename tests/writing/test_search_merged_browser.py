"""One search over several sites."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import served
from tests.conftest import make_build, post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

BLOG = {
    "posts/vote.md": post(
        "多数決の正答率を計算する。", title="多数決を試す", date="2024-09-19", tags="[数学]"
    ),
}
MANUAL = {
    "posts/options.md": post(
        "集計の方法は多数決と平均から選ぶ。\n\n## 同数のとき\n\n多数決が同数ならくじで決める。",
        title="集計の設定",
        date="2023-01-01",
        tags="[数学, 設定]",
    ),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A blog at the root of a host, a manual in a folder of it; each searches the other too."""
    folder = tmp_path_factory.mktemp("sites")
    blog = make_build(folder / "blog", search=True)(
        BLOG, tsuzuri_search_merged={"説明書": "/manual", "なくなったもの": "/gone/"}
    )
    manual = make_build(folder / "manual", search=True)(
        MANUAL, language="en", tsuzuri_search_merged={"ブログ": "../"}
    )
    assert (blog.warnings, manual.warnings) == ((), ())
    shutil.copytree(manual.out, blog.out / "manual")
    with served(blog.out) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(10_000)
    yield page
    page.close()


def asked(page: Page, address: str, query: str) -> dict[str, str]:
    """Ask at *address*; return the titles that come and where they lead."""
    page.goto(address)
    page.keyboard.press("Control+k")
    page.locator("dialog .tz-seek-field").fill(query)
    expect(page.locator(".tz-seek")).to_have_attribute("data-query", query)
    links = page.locator("dialog a:has(.tz-seek-title)").all()
    return {
        link.locator(".tz-seek-title").inner_text(): link.get_attribute("href") or ""
        for link in links
    }


@pytest.mark.parametrize("start", ["posts/vote.html", "manual/posts/options.html"])
def test_one_search_finds_pages_of_both(page: Page, address: str, start: str) -> None:
    """A reader need not know which of the two has it; one that is gone does no harm."""
    found = asked(page, address + start, "多数決")
    assert found == {
        "多数決を試す": f"{address}posts/vote.html",
        "集計の設定": f"{address}manual/posts/options.html",
    }


def test_a_result_of_another_site_says_so_and_opens_there(page: Page, address: str) -> None:
    asked(page, f"{address}posts/vote.html", "同数")
    expect(page.locator("dialog .tz-seek-site")).to_have_text("説明書")
    page.locator("dialog a:has(.tz-seek-heading)").click()
    expect(page.locator("article h2")).to_contain_text("同数のとき")
    assert page.url.startswith(f"{address}manual/posts/options.html#")


def test_filters_count_both(page: Page, address: str) -> None:
    """A tag that both sites use narrows the search to its pages of both."""
    asked(page, f"{address}posts/vote.html", "多数決")
    tags = page.locator("dialog select").nth(1)
    expect(tags.locator("option")).to_contain_text(["数学 (2)", "設定 (1)"], timeout=5000)
    tags.select_option(label="設定 (1)")
    expect(page.locator("dialog .tz-seek-title")).to_have_text(["集計の設定"])
