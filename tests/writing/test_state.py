"""What is made of the whole site is made anew when it may have changed, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tsuzuri.posts import settling
from tsuzuri.writing import archives, beside_pages, freshness, root_files

if TYPE_CHECKING:
    from tests.conftest import Build

POST = "---\ndate: 2024-09-{}\n{}---\n# {}\n\n{}\n"
FILES = {
    "about.md": "---\ndescription: 書き手\n---\n# 書き手\n",
    "posts/a.md": POST.format(12, "tags: [甲]\n", "一", "{post}`b`に続く。"),
    "posts/b.md": POST.format(13, "", "二", "本文。"),
}


def refuse(monkeypatch: pytest.MonkeyPatch, *places: tuple[Any, str]) -> None:
    """Let a build fail that makes one of these."""

    def made(*_args: object, **_options: object) -> None:
        pytest.fail("it is made although nothing of it has changed")

    for owner, name in places:
        assert hasattr(owner, name)
        monkeypatch.setattr(owner, name, made)


def test_a_build_that_changes_nothing_makes_none_of_it(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(FILES)
    before = {name: first.out.joinpath(name).read_bytes() for name in first.files()}
    refuse(monkeypatch, (root_files, "sitemap"), (beside_pages, "llms_txt"),
           (archives, "list_pages"), (freshness, "documents_shown"),
           (settling, "register_labels"), (settling, "dead_links"))  # fmt: skip
    again = build()
    assert {name: again.out.joinpath(name).read_bytes() for name in again.files()} == before


def test_a_text_is_in_no_list_of_the_site(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    build(FILES)
    text = "本文。" + "しかし、次の話題も同じ場所に書いておくことにする。" * 9
    build({"posts/b.md": POST.format(13, "", "二", text)})
    refuse(monkeypatch, (root_files, "sitemap"), (beside_pages, "llms_txt"))
    site = build({"posts/b.md": POST.format(13, "", "二", f"{text}\n\n## 節\n\n終わり。")})
    assert "終わり。" in site.text("posts/b.html")


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"posts/b.md": POST.format(13, "", "弐", "本文。")}, "弐"),
        ({"posts/b.md": POST.format(13, "description: 要約\n", "二", "本文。")}, "要約"),
        ({"about.md": "# 書き手のこと\n"}, "書き手のこと"),
        ({"about.md": "---\ndescription: 自己紹介\n---\n# 書き手\n"}, "自己紹介"),
    ],
)
def test_what_a_list_shows_is_shown_anew(build: Build, change: dict[str, str], shown: str) -> None:
    assert shown not in build(FILES).text("llms.txt")
    assert shown in build(change).text("llms.txt")


def test_a_lost_sitemap_is_made_again(build: Build) -> None:
    site = build(FILES)
    before = site.text("sitemap.xml")
    for path in (site.src.parent).rglob("sitemap.xml"):
        path.unlink()
    assert build().text("sitemap.xml") == before


def test_the_title_of_a_draft_is_shown_anew_although_no_document_is_read(build: Build) -> None:
    draft = POST.format(13, "draft: true\ntitle: 二\n", "二", "本文。")
    first = build(FILES | {"posts/b.md": draft})
    assert "二に続く" in first.article("posts/a.html").get_text()
    again = build({"posts/b.md": draft.replace("二", "弐")})
    assert "弐に続く" in again.article("posts/a.html").get_text()
    assert any("弐" in warning for warning in again.warnings)


def test_a_dead_link_is_told_at_every_build(build: Build) -> None:
    files = {"posts/c.md": POST.format(14, "", "三", "{post}`nowhere`を見よ。")}
    assert any("nowhere" in warning for warning in build(FILES | files).warnings)
    assert any("nowhere" in warning for warning in build().warnings)
