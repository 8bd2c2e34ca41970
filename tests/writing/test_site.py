"""The address that search engines learn is production's, wherever the build runs."""

from __future__ import annotations

import pytest

from tests.writing.samples import make_site
from tsuzuri.posts.authors import Author, read_authors
from tsuzuri.writing.site import canonical_base, served_path, writable

PREVIEW = {
    "READTHEDOCS_VERSION_TYPE": "external",
    "READTHEDOCS_VERSION": "12",
    "READTHEDOCS_PROJECT": "blog",
    "READTHEDOCS_LANGUAGE": "ja",
}
OWN_HOST = "https://blog--12.org.readthedocs.build/ja/12/"


@pytest.mark.parametrize(
    ("written", "production", "environment", "expected"),
    [
        ("https://a.example/ja/latest/", "", {}, "https://a.example/ja/latest/"),
        ("https://a.example", "", {}, "https://a.example/"),
        ("", "", {}, ""),
        ("https://a.example/", "https://b.example/", {}, "https://a.example/"),
        (OWN_HOST, "", PREVIEW, "https://blog.readthedocs.io/ja/latest/"),
        (OWN_HOST, "https://a.example/blog", PREVIEW, "https://a.example/blog/"),
        ("https://a.example/ja/12/", "", PREVIEW, "https://a.example/ja/latest/"),
        ("https://a.example/ja/latest/", "", PREVIEW, "https://a.example/ja/latest/"),
    ],
)
def test_the_canonical_address(
    written: str, production: str, environment: dict[str, str], expected: str
) -> None:
    assert canonical_base(written, production, environment) == expected


@pytest.mark.parametrize(
    ("base", "environment", "expected"),
    [
        ("", {}, "/"),
        ("https://a.example", {}, "/"),
        ("https://a.example/ja/latest/", {}, "/ja/latest/"),
        (
            "https://a.example/ja/latest/",
            {**PREVIEW, "READTHEDOCS_CANONICAL_URL": OWN_HOST},
            "/ja/12/",
        ),
    ],
)
def test_the_path_a_build_is_served_under(
    base: str, environment: dict[str, str], expected: str
) -> None:
    """A 404 page of a preview that asks production for its styles has none."""
    assert served_path(base, environment) == expected


def test_pages_and_files_have_quoted_addresses() -> None:
    site = make_site()
    assert site.page("posts/記事") == "https://blog.example/ja/posts/%E8%A8%98%E4%BA%8B.html"
    assert site.file("_images/a b.png") == "https://blog.example/ja/_images/a%20b.png"
    assert site.file("https://cdn.example/a.png") == "https://cdn.example/a.png"


def test_profiles_stand_over_ablogs_authors() -> None:
    authors = read_authors(
        {"taro": {"bio": "書く人"}, "hana": {"name": "花子", "avatar": "hana.png"}},
        {"taro": ("太郎", "https://taro.example/"), "jiro": ("次郎", None)},
    )
    assert authors == {
        "taro": Author("taro", "太郎", "https://taro.example/", "", "書く人"),
        "hana": Author("hana", "花子", "", "hana.png", ""),
        "jiro": Author("jiro", "次郎"),
    }


def test_a_post_without_authors_is_the_sites() -> None:
    site = make_site()
    assert [author.name for author in site.authors_of(())] == ["綴り手"]
    assert [author.name for author in site.authors_of(("taro", "花子"))] == ["山田太郎", "花子"]


def test_unwritable_characters_go_and_all_others_stay() -> None:
    assert writable("a\x00\x1b\ud800\ufffe\ufdd0b\t\n綴り𠮷👩‍👩‍👧") == "ab\t\n綴り𠮷👩‍👩‍👧"
