"""Building again in one process gives what a clean build gives, and survives mistakes."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from sphinx import locale
from sphinx.locale import translators

from benchmarks.posts import image
from tests.conftest import post, write_files
from tests.trust.blog import differences
from tsuzuri.workshop.live.build import Workshop
from tsuzuri.workshop.live.complaints import Complaint, read_complaints
from tsuzuri.workshop.live.preview import docutils_of
from tsuzuri.workshop.live.watch import is_source
from tsuzuri.writing.search.indexing import BUNDLE

if TYPE_CHECKING:
    from pathlib import Path

CONF = """
project = blog_title = "試し"
author = "綴り手"
language = "ja"
extensions = ["tsuzuri"]
html_theme = "sphinx_book_theme"
blog_baseurl = html_baseurl = "https://blog.example/"
templates_path = ["templates"]
"""

FILES: dict[str, str | bytes | None] = {
    "conf.py": CONF,
    "index.md": "# 試し\n\n```{postlist}\n```\n",
    "posts/a.md": post("最初。", title="甲", date="2024-01-01", tags="[一]"),
    "posts/b.md": post("次は[甲](a.md)。", title="乙", date="2024-01-02", tags="[一, 二]"),
    "posts/c.md": post("最後。", title="丙", date="2024-01-03"),
}


def shop_in(folder: Path) -> Workshop:
    return Workshop(folder / "src", folder / "out", folder / "doctrees", {"tsuzuri_drafts": True})


def outputs(shop: Workshop) -> dict[str, bytes]:
    return {
        path.relative_to(shop.out).as_posix(): path.read_bytes()
        for path in shop.out.rglob("*")
        if path.is_file() and path.name not in {".buildinfo", ".buildinfo.bak"}
    }


def build(shop: Workshop, files: dict[str, str | bytes | None]) -> list[str]:
    """Save *files*, build, index; return what is complained of."""
    write_files(shop.source, files)
    outcome = shop.build([shop.source / name for name in files])
    if outcome.index:
        outcome.index()
    return [str(item) for item in outcome.complaints]


CHANGES: list[dict[str, str | bytes | None]] = [
    {"posts/b.md": post("書き直し、[丙](c.md)へ。", title="乙", date="2024-01-02", tags="[二]")},
    {"posts/b.md": post("改題。", title="新しい題", date="2025-05-05", tags="[三]")},
    {"posts/d.md": post("増えた。", title="丁", date="2024-01-04", draft="true")},
    {"posts/a.md": None},
    {"conf.py": CONF.replace("試し", "改名")},
    {
        "templates/page.html": '{% extends "!page.html" %}{% block body %}<p>型</p>{{ super() }}{% endblock %}'
    },
]


def test_a_plain_build_takes_the_index_over(tmp_path: Path) -> None:
    """`make html` after an hour of `make serve` must not publish that hour's indexes too."""
    live = shop_in(tmp_path / "live")
    plain = shop_in(tmp_path / "live")
    assert build(live, FILES) == []
    for text in ("甲の次。", "乙の次。"):
        build(live, {"posts/a.md": post(text, title="甲", date="2024-01-01", tags="[一]")})
        assert (live.out / BUNDLE / "pagefind-entry.json").exists()
    change: dict[str, str | bytes | None] = {
        "posts/a.md": post("終わり。", title="甲", date="2024-01-01", tags="[一]"),
    }
    index_here(plain, change)
    clean = shop_in(tmp_path / "clean")
    index_here(clean, FILES | change)
    assert differences(outputs(plain), outputs(clean)) == []


def index_here(shop: Workshop, files: dict[str, str | bytes | None]) -> None:
    """Build as `make html` does, which makes the index itself."""
    write_files(shop.source, files)
    with docutils_of(shop.source):
        app = shop.application(io.StringIO(), 1)
        app.build()


def test_builds_in_memory_equal_a_clean_build(tmp_path: Path) -> None:
    """What the writer sees is not what is published."""
    live = shop_in(tmp_path / "live")
    files = dict(FILES)
    assert build(live, files) == []
    for number, change in enumerate(CHANGES):
        files = {name: text for name, text in {**files, **change}.items() if text is not None}
        said = build(live, change)
        clean = shop_in(tmp_path / f"clean{number}")
        assert build(clean, files) == said == []
        expected = outputs(clean)
        found = outputs(live)
        assert found.keys() == expected.keys(), change
        assert [name for name in expected if found[name] != expected[name]] == [], change


def test_translations_do_not_pile_up(tmp_path: Path) -> None:
    """After a thousand saves the server stops with a RecursionError; Sphinx adds one each time."""
    shop = shop_in(tmp_path)
    depths = []
    for _ in range(3):
        build(shop, FILES)
        depth = 0
        catalogue: Any = translators["general", "sphinx"]
        while catalogue := getattr(catalogue, "_fallback", None):
            depth += 1
        depths.append(depth)
    assert depths[0] == depths[1] == depths[2]


def test_sphinx_piles_translations_up(tmp_path: Path) -> None:
    """Fails once Sphinx does not any more: then `forget_translations` can go."""
    before = translators.copy()
    try:
        for _ in range(2):
            locale.init([None], "ja")
        assert getattr(translators["general", "sphinx"], "_fallback", None) is not None
    finally:
        translators.clear()
        translators.update(before)


def test_another_language_reaches_the_names_of_indexes() -> None:
    """`objects.inv` names the index of modules in the language of the process's first build."""
    found = "from sphinx.domains.python import PythonModuleIndex as p; print(type(p.localname))"
    for first, lazy in (("tsuzuri.workshop.live.build", True), ("sphinx.application", False)):
        begin = "from sphinx.locale import init; init([None], 'ja')"
        process = subprocess.run(
            [sys.executable, "-c", f"import {first}; {begin}; {found}"],
            capture_output=True,
            text=True,
            check=True,
        )
        # the second fails once Sphinx is mended: then the import that mends it can go
        assert ("_TranslationProxy" in process.stdout) is lazy, first


def test_mistakes_are_named_and_mended(tmp_path: Path) -> None:
    """A mistake ends the server, stays on the screen after it is mended, or has no place."""
    shop = shop_in(tmp_path)
    assert build(shop, FILES) == []
    (said,) = build(
        shop, {"posts/c.md": post("[無い](missing.md)へ。", title="丙", date="2024-01-03")}
    )
    assert said.startswith("posts/c.md:6: ")
    (again,) = build(shop, {"posts/b.md": post("別の記事。", title="乙", date="2024-01-02")})
    assert again == said
    broken = shop.build([shop.source / "conf.py"]) if write_conf(shop, CONF + "\n1 +\n") else None
    assert broken is not None
    assert broken.failed
    assert (broken.complaints[0].path, broken.complaints[0].line) == ("conf.py", 10)
    assert build(shop, {"conf.py": CONF}) == [said]
    assert build(shop, {"posts/c.md": FILES["posts/c.md"]}) == []


def write_conf(shop: Workshop, text: str) -> int:
    return (shop.source / "conf.py").write_text(text, encoding="utf-8")


def test_a_failing_extension_is_named_by_its_line(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    fails = "\ndef setup(app):\n    app.connect('doctree-read', fail)\n\ndef fail(app, doctree):\n    raise ValueError('墨がない')\n"
    build(shop, {**FILES, "conf.py": CONF + fails})
    (complaint,) = shop.complaints
    assert complaint.fatal
    assert complaint.path == "conf.py"
    assert "墨がない" in complaint.text
    assert build(shop, {"conf.py": CONF}) == []
    assert "甲" in (shop.out / "posts/a.html").read_text("utf-8")


def test_a_save_during_a_build_is_not_lost(tmp_path: Path) -> None:
    """Sphinx notes the time of reading; what is saved between reading and noting stays unread."""
    shop = shop_in(tmp_path)
    build(shop, FILES)
    path = shop.source / "posts/c.md"
    path.write_text(post("間に合った。", title="丙", date="2024-01-03"), encoding="utf-8")
    assert shop.env is not None
    shop.env.all_docs["posts/c"] = 2**62
    shop.build([path])
    assert "間に合った" in (shop.out / "posts/c.html").read_text("utf-8")


RICH = "始、`x` と $y^2$ と[乙](b.md#見出し)。\n\n:::{note}\n注\n:::\n\n```{code-block} python\nx = 1\n```\n"


def test_a_saved_page_is_told_before_all_else(tmp_path: Path) -> None:
    """The writer waits for a thousand other posts to see one word; or sees it, then something else."""
    shop = shop_in(tmp_path)
    build(shop, FILES)
    rich = post(RICH, title="丙", date="2024-01-03")
    build(
        shop, {"posts/c.md": rich, "posts/b.md": post("## 見出し", title="乙", date="2024-01-02")}
    )
    seen: list[str] = []
    page = shop.out / "posts/c.html"
    write_files(shop.source, {"posts/c.md": rich.replace("始", "早い")})
    outcome = shop.build(
        [shop.source / "posts/c.md"], written=lambda: seen.append(page.read_text("utf-8"))
    )
    assert "早い" in seen[0]
    assert outcome.shown_after is not None
    assert outcome.shown_after < outcome.seconds / 2
    assert seen[0] == seen[-1] == page.read_text("utf-8")
    assert outcome.complaints == ()


def test_what_comes_of_a_preview_does_not_stay(tmp_path: Path) -> None:
    """A post is previewed before it is known that it is held back; its social card stayed."""
    live, clean = shop_in(tmp_path / "live"), shop_in(tmp_path / "clean")
    build(live, FILES)
    held_back: dict[str, str | bytes | None] = {"posts/b.md": "---\ntitle: '乙\n---\n\n本文。\n"}
    said = build(live, held_back)
    assert said == build(clean, {**FILES, **held_back}) != []
    assert differences(outputs(live), outputs(clean)) == []


def test_a_page_with_a_new_image_waits_for_it(tmp_path: Path) -> None:
    """The browser asks for the image before it is there, and shows a broken one."""
    shop = shop_in(tmp_path)
    build(shop, FILES)
    there: list[bool] = []

    def look() -> None:
        (found,) = re.findall(r'<img[^>]* src="\.\./(_images/[^"]+)"', page.read_text("utf-8"))
        there.append((shop.out / found).is_file())

    page = shop.out / "posts/c.html"
    text = post("![図](a.png)", title="丙", date="2024-01-03")
    write_files(shop.source, {"posts/c.md": text, "posts/a.png": image(1, 8, 8)})
    shop.build([shop.source / "posts/c.md"], written=look)
    assert there == [True]


def test_a_changed_title_reaches_every_list(tmp_path: Path) -> None:
    """The page that is shown first knows the new title; the build after it must not forget it."""
    live, clean = shop_in(tmp_path / "live"), shop_in(tmp_path / "clean")
    build(live, FILES)
    change: dict[str, str | bytes | None] = {
        "posts/b.md": post("同じ。", title="改めた題", date="2024-01-02", tags="[三]")
    }
    assert build(live, change) == []
    build(clean, {**FILES, **change})
    assert outputs(live) == outputs(clean)


def test_a_page_that_cannot_be_shown_first_is_told_by_the_build(tmp_path: Path) -> None:
    """What goes wrong on the short way ends the server, or is told twice, or not at all."""
    shop = shop_in(tmp_path)
    fails = "\ndef setup(app):\n    app.connect('source-read', check)\n\ndef check(app, name, text):\n    if '墨なし' in text[0]:\n        raise ValueError('墨がない')\n"
    build(shop, {**FILES, "conf.py": CONF + fails})
    (said,) = build(shop, {"posts/c.md": post("墨なし", title="丙", date="2024-01-03")})
    assert "墨がない" in said
    assert "最後。" in (shop.out / "posts/c.html").read_text("utf-8")
    assert build(shop, {"posts/c.md": FILES["posts/c.md"]}) == []


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("/s/a.md:3: WARNING: x [y.z]\n", [Complaint("x [y.z]", "a.md", 3)]),
        ("/s/a.md: WARNING: x\n  more\n", [Complaint("x\n  more", "a.md")]),
        ("WARNING: x", [Complaint("x")]),
        ("\x1b[31m/s/a.md:1: ERROR: x\x1b[39;49;00m", [Complaint("x", "a.md", 1)]),
        ("", []),
    ],
)
def test_complaints_are_read(output: str, expected: list[Complaint], tmp_path: Path) -> None:
    source = type(tmp_path)("/s")
    assert list(read_complaints(output, source)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("posts/a.md", True),
        ("conf.py", True),
        ("templates/x.html", True),
        ("posts/図.png", True),
        ("_build/html/index.html", False),
        ("out/index.html", False),
        (".git/index", False),
        ("posts/.a.md.swp", False),
        ("posts/a.md~", False),
        ("posts/.#a.md", False),
        ("node_modules/x/readme.md", False),
    ],
)
def test_what_is_watched(name: str, expected: bool, tmp_path: Path) -> None:
    """The server builds for ever because it sees what it writes."""
    assert is_source(tmp_path / name, tmp_path, (tmp_path / "out",)) is expected
