"""What a reader meets who searches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import served
from tests.conftest import make_build, post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CASES = json.loads((Path(__file__).parents[1] / "cases/search-folding.json").read_text("utf-8"))

FILES = {
    "posts/theory.md": post(
        "はじめに。\n\n## 符号化\n\nシャノンの情報理論は通信の基礎です。\n\n## 応用\n\n圧縮にも情報理論が出てきます。\n",
        title="通信の基礎",
        date="2023-05-01",
        tags="[数学, 通信]",
    ),
    "posts/apart.md": post(
        "情報を集め、情報を並べ、理論を立て、理論を確かめます。" * 6,
        title="集める",
        date="2024-01-02",
    ),
    "posts/train.md": post(
        "新幹線で移動しながら新しい計画を立てました。動画、Z軸。",
        title="出張",
        date="2024-03-01",
        tags="[旅]",
    ),
    "posts/new.md": post(
        "新しい年、新しい本、新しい部屋。", title="新年", date="2024-01-01", tags="[旅]"
    ),
    "posts/server.md": post("サーバーの監視とＡＰＩの応答時間。", title="監視", date="2022-07-07"),
    "posts/demo.md": post("展示会でデモを見せた。", title="展示会", date="2022-07-08"),
    "posts/but.md": post(
        "それでも、いつでも、どこでも使える。", title="いつでも", date="2022-07-09"
    ),
    "posts/cpp.md": post(
        "C++ と C# の違い。`node.js` も少し。", title="言語の違い", date="2022-07-10"
    ),
    "posts/hostile.md": post(
        "`<script>document.title='owned'</script>` と書いても動きません。",
        title="'<img src=x onerror=\"document.title=1\">'",
        date="2022-07-11",
        tags="['<b>太字</b>']",
    ),
    **{
        f"posts/many{number:02}.md": post(
            "並列処理の話。", title=f"並列 {number}", date="2021-01-01"
        )
        for number in range(23)
    },
    "docs/build.md": "---\norphan: true\n---\n# Building a site\n\nThe extension draws studies of hidden layers.\n",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = make_build(tmp_path_factory.mktemp("site"), search=True)(FILES)
    assert site.warnings == ()
    with served(site.out) as address:
        yield address


@pytest.fixture(scope="module")
def asked(browser: Browser, address: str) -> Iterator[Page]:
    """The dialog, open on one page for all tests that only ask."""
    page = browser.new_page()
    page.set_default_timeout(5000)
    page.goto(f"{address}posts/train.html")
    yield opened(page)
    page.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.set_default_timeout(5000)
    errors: list[Any] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}posts/train.html")
    yield page
    assert errors == []
    page.close()


def ask(page: Page, query: str) -> list[str]:
    """Type *query* into the open dialog and return the titles that come."""
    page.fill("dialog .tz-seek-field", query)
    answered(page, query.strip())
    return page.locator("dialog .tz-seek-title").all_inner_texts()


def answered(page: Page, query: str) -> None:
    """Wait until the results of *query* are shown."""
    script = "query => document.querySelector('.tz-seek')?.dataset.query === query"
    page.wait_for_function(script, arg=query)


def opened(page: Page) -> Page:
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog[open] .tz-seek-field:focus")
    return page


def test_nothing_is_fetched_before_it_is_asked_for(browser: Browser, address: str) -> None:
    """Each page view would pay for a search that most readers never use."""
    page = browser.new_page()
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url.removeprefix(address)))
    page.goto(f"{address}posts/train.html", wait_until="networkidle")
    assert [url for url in urls if "search" in url or "pagefind" in url] == []
    page.close()


@pytest.mark.parametrize("way", ["Control+k", "Meta+k", "/"])
def test_keys_open_the_dialog_and_escape_gives_the_focus_back(page: Page, way: str) -> None:
    """A reader at the keyboard loses the place."""
    page.locator("article a, article button, a").first.focus()
    before = page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press(way)
    page.wait_for_selector("dialog[open] .tz-seek-field:focus")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="attached")
    assert page.evaluate("document.activeElement.outerHTML") == before


def test_the_button_opens_it(page: Page) -> None:
    page.locator(".search-button__button, [data-tz-search]").locator("visible=true").first.click()
    page.wait_for_selector("dialog.tz-seek-dialog[open] .tz-seek-field:focus")


def test_a_slash_in_a_field_is_a_slash(page: Page) -> None:
    opened(page)
    page.keyboard.type("a/b")
    assert page.input_value("dialog .tz-seek-field") == "a/b"


def test_a_compound_ranks_above_its_parts(asked: Page) -> None:
    """情報理論 is asked for; pages with 情報 and 理論 apart come first."""
    titles = ask(asked, "情報理論")
    assert titles == ["通信の基礎", "集める"]


def test_a_compound_is_not_cut_to_a_common_beginning(asked: Page) -> None:
    """新幹線 is asked for; every page with 新 comes."""
    assert ask(asked, "新幹線") == ["出張"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("サーバ", "監視"),
        ("ｻｰﾊﾞｰ", "監視"),
        ("さーば", "監視"),
        ("api", "監視"),
        ("C++", "言語の違い"),
        ("c#", "言語の違い"),
        ("node.js", "言語の違い"),
        ("hidden layer", "Building a site"),
        ("study", "Building a site"),
        ("デモ", "展示会"),
        ("でも", "いつでも"),
        ("ﾃﾞﾓ", "展示会"),
        ("通信 符号化", "通信の基礎"),
        ('"情報理論は通信"', "通信の基礎"),
        ("監", "監視"),
        ("通信の", "通信の基礎"),
        ("情報理論が出てきます", "通信の基礎"),
    ],
)
def test_a_page_is_found(asked: Page, query: str, title: str) -> None:
    """A word in another spelling, another script or another language finds nothing."""
    assert ask(asked, query)[:1] == [title]


def test_a_word_that_is_nowhere_does_not_find_its_beginning(asked: Page) -> None:
    """語句 is on no page; pages with 語 are shown, and nothing in them is marked."""
    assert ask(asked, "画像編集") == []
    assert ask(asked, "画竜") == []
    assert ask(asked, "Zebrawood") == []


def test_quotation_marks_ask_for_the_phrase_alone(asked: Page) -> None:
    assert ask(asked, '"情報理論"') == ["通信の基礎"]


def test_results_are_grouped_by_heading_with_marks(page: Page) -> None:
    ask(opened(page), "情報理論")
    group = page.locator("dialog [role=group]").first
    assert group.locator(".tz-seek-meta").inner_text().split() == ["2023年5月1日", "数学", "通信"]
    assert group.locator(".tz-seek-heading").all_inner_texts() == ["符号化", "応用"]
    assert group.locator("mark").all_inner_texts() == ["情報理論", "情報理論"]
    links = group.locator("a").evaluate_all("links => links.map(link => decodeURI(link.href))")
    assert [link.rpartition("/")[2].partition("#")[0] for link in links] == ["theory.html"] * 3
    for link in links[1:]:
        page.goto(link)
        assert page.evaluate("Boolean(document.querySelector(':target'))"), link


def test_arrows_choose_and_enter_opens(page: Page) -> None:
    ask(opened(page), "情報理論")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    field = page.locator("dialog .tz-seek-field")
    chosen = field.get_attribute("aria-activedescendant")
    assert chosen == page.locator("dialog [aria-selected=true]").get_attribute("id")
    assert field.evaluate("field => field === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/posts/theory.html#*")
    assert page.locator("dialog[open]").count() == 0


def test_enter_opens_the_first_result(page: Page) -> None:
    ask(opened(page), "新幹線")
    page.evaluate("history.pushState({}, '', '#elsewhere')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/posts/train.html")


def test_conversion_is_not_disturbed(page: Page) -> None:
    """The input method's Enter and Escape are taken for ours, or half-typed kana searched for."""
    ask(opened(page), "新幹線")
    client = page.context.new_cdp_session(page)
    page.fill("dialog .tz-seek-field", "")
    answered(page, "")
    client.send(
        "Input.imeSetComposition", {"text": "じょうほう", "selectionStart": 5, "selectionEnd": 5}
    )
    client.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": "Enter", "windowsVirtualKeyCode": 229, "code": "Enter"},
    )
    page.wait_for_timeout(250)
    assert page.locator(".tz-seek").get_attribute("data-query") == ""
    assert page.locator("dialog[open]").count() == 1
    client.send("Input.insertText", {"text": "情報理論"})
    answered(page, "情報理論")
    assert page.locator("dialog .tz-seek-title").first.inner_text() == "通信の基礎"


def test_filters_narrow_and_combine(page: Page) -> None:
    opened(page)
    ask(page, "新")
    year = page.locator("dialog select").first
    tag = page.locator("dialog select").last
    assert "2023 (1)" in year.locator("option").all_inner_texts()
    tag.select_option(label="旅 (2)")
    page.wait_for_function("document.querySelectorAll('dialog .tz-seek-title').length === 2")
    year.select_option(label="2021 (23)")
    page.wait_for_function("document.querySelectorAll('dialog .tz-seek-title').length === 0")


def test_many_results_come_in_batches(page: Page) -> None:
    opened(page)
    assert len(ask(page, "並列処理")) == 10
    assert page.locator("dialog .tz-seek-status").inner_text() == "23件"
    more = page.locator("dialog .tz-seek-more")
    more.click()
    more.click()
    page.wait_for_function("document.querySelectorAll('dialog .tz-seek-title').length === 23")
    assert not more.is_visible()


@pytest.mark.parametrize(
    "query",
    [
        "存在しない語句",
        "<script>alert(1)</script>",
        '"',
        "(*)",
        "\\",
        "%",
        "' or 1=1",
        "😀",
        "・",
        "+",
        "#",
        "_",
        "a" * 5000,
    ],
)
def test_a_query_that_finds_nothing_says_so(asked: Page, query: str) -> None:
    """A strange query breaks the search or is taken for markup."""
    titles = ask(asked, query)
    status = asked.locator("dialog .tz-seek-status").inner_text()
    assert status
    assert asked.title() not in {"owned", "1"}
    if not titles:
        assert query in status
    assert asked.locator("dialog .tz-seek script, dialog .tz-seek img").count() == 0


def test_hostile_text_is_text(page: Page) -> None:
    """A title, a tag or a text of a post runs in the reader's browser."""
    opened(page)
    titles = ask(page, "動きません")
    assert titles == ['<img src=x onerror="document.title=1">']
    assert page.locator("dialog .tz-seek-tag").all_inner_texts() == ["<b>太字</b>"]
    assert "</script>" in page.locator("dialog .tz-seek-excerpt").inner_text()
    assert (
        page.locator("dialog .tz-seek script, dialog .tz-seek img, dialog .tz-seek b").count() == 0
    )
    assert page.title() not in {"owned", "1"}


def test_the_search_page_answers_its_address(page: Page, address: str) -> None:
    """A browser's search keyword, or a link to a search, shows an empty page."""
    page.goto(f"{address}search.html?q=%E6%96%B0%E5%B9%B9%E7%B7%9A")
    page.wait_for_selector(".tz-seek-title")
    assert page.locator(".tz-seek-title").all_inner_texts() == ["出張"]
    page.fill(".tz-seek-field", "デモ")
    answered(page, "デモ")
    assert page.evaluate("new URL(location).searchParams.get('q')") == "デモ"


def test_a_missing_index_is_said(page: Page) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.keyboard.press("Control+k")
    page.wait_for_function("document.querySelector('dialog .tz-seek-status')?.textContent")
    assert "検索を読み込めません" in page.locator("dialog .tz-seek-status").inner_text()


def test_the_browser_splits_as_the_build_does(page: Page) -> None:
    """The query is cut in one way, the text in another, and nothing is found."""
    answers = page.evaluate(
        """async texts => {
            const { fold } = await import("/_static/tsuzuri-search/folding.js");
            const { indexWords } = await import("/_static/tsuzuri-search/words.js");
            return texts.map(text => [fold(text), indexWords(text).join(" ")]);
        }""",
        [case["text"] for case in CASES],
    )
    assert answers == [[case["folded"], case["words"]] for case in CASES]
