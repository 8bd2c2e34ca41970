"""A post reads no file but the site's, whatever it calls it."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from benchmarks.posts import image
from tests.conftest import make_build, post, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build, Site

SECRET = "geheimnis"
WAYS = {
    "include": "```{include} ../../secret/pw.md\n```",
    "code": "```{literalinclude} ../../secret/pw.txt\n```",
    "code by a link": "```{literalinclude} link.txt\n```",
    "code in a linked folder": "```{literalinclude} linked/pw.txt\n```",
    "image": "![絵](../../secret/p.png)",
    "image by a link": "![絵](link.png)",
    "html": '<img src="../../secret/p.png" alt="絵">',
    "figure": "```{figure} ../../secret/p.png\n:alt: 絵\n```",
    "download": "{download}`../../secret/pw.txt`",
    "table": "```{csv-table}\n:file: ../../secret/pw.txt\n```",
    "raw": "```{raw} html\n:file: ../../secret/pw.txt\n```",
    "drawing": "```{graphviz} ../../secret/pw.txt\n```",
    "restructured": "```{eval-rst}\n.. include:: ../../secret/pw.md\n```",
    "raw by its whole path": "```{raw} html\n:file: ABSOLUTE/secret/pw.txt\n```",
    "table by its whole path": "```{csv-table}\n:file: ABSOLUTE/secret/pw.txt\n```",
    "code by its whole path": "```{literalinclude} ABSOLUTE/secret/pw.txt\n```",
    "include by its whole path": "```{include} ABSOLUTE/secret/pw.md\n```",
    "standard text": f"```{{include}} <{'../' * 30}ABSOLUTE/secret/pw.md>\n```",
    "restructured standard text": f"```{{eval-rst}}\n.. include:: <{'../' * 30}ABSOLUTE/secret/pw.md>\n```",
    "restructured raw": "```{eval-rst}\n.. raw:: html\n   :file: ABSOLUTE/secret/pw.txt\n```",
    "raw in an included text": "```{include} /up.txt\n```",
    "raw in a restructured included text": "```{eval-rst}\n.. include:: /up.rst.txt\n```",
    "table of the network": "```{csv-table}\n:url: http://127.0.0.1:9/x\n```",
}
BELOW = {
    *(f"{what} by its whole path" for what in ("code", "include", "raw", "table")),
    "restructured raw",
    "raw in an included text",
}
"""Paths that are taken as beginning at the source folder or the post, where there is no such file."""
NAMES = {name: f"posts/way{number:02}" for number, name in enumerate(WAYS)}


def prepare(folder: Path) -> None:
    write_files(
        folder / "secret",
        {"pw.txt": SECRET, "pw.md": f"# {SECRET}\n", "p.png": image(3, 32, 32)},
    )
    source = folder / "src"
    for name, way in zip(NAMES.values(), WAYS.values(), strict=True):
        write_files(source, {f"{name}.md": post(way.replace("ABSOLUTE", str(folder)))})
    # inside as seen from the post that includes them, outside as docutils sees it
    raw = "../secret/pw.txt"
    write_files(source, {"up.txt": f"```{{raw}} html\n:file: {raw}\n```\n", "up.rst.txt": f".. raw:: html\n   :file: {raw}\n"})  # fmt: skip
    write_files(source, {"index.md": "# 試し\n", "posts/own.txt": "own", "_static/own.css": "a {}"})
    for link, target in (
        ("posts/link.txt", "pw.txt"), ("posts/link.png", "p.png"), ("posts/linked", ""),
        ("posts/link.md", "pw.md"), ("_static/link.txt", "pw.txt"), ("_static/linked", ""),
    ):  # fmt: skip
        (source / link).symlink_to(folder / "secret" / target)
    (source / "posts/inner.txt").symlink_to(source / "posts/own.txt")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("outside")
    prepare(folder)
    return make_build(folder)(html_static_path=["_static"])


@pytest.mark.parametrize("way", [way for way in WAYS if way not in BELOW])
def test_no_way_leads_out(site: Site, way: str) -> None:
    """Whoever proposes a post does not read the machine that builds it."""
    told = [line for line in site.warnings if line.startswith(f"{NAMES[way]}.md:")]
    assert [line for line in told if "tsuzuri.outside" in line], site.warnings


def test_nothing_of_it_is_in_the_output_or_in_what_is_kept(site: Site) -> None:
    """Neither text nor image, in no page, index or environment; nor are linked documents."""
    png = image(3, 32, 32)
    for path in site.out.parent.parent.rglob("*"):
        if path.is_file() and "secret" not in path.parts and "src" not in path.parts:
            content = path.read_bytes()
            assert SECRET.encode() not in content, path
            assert content != png, path
    assert "posts/link" not in site.app.env.found_docs
    assert {name for name in site.files() if "link" in name} == set()
    assert "_static/own.css" in site.files()
    told = [line for line in site.warnings if "_static/link" in line]
    assert len(told) == 2


def test_own_files_and_links_among_them_are_read(build: Build, tmp_path: Path) -> None:
    """By name and by a link within the source, again after the environment was written."""
    prepare(tmp_path)
    for name in NAMES.values():
        (tmp_path / "src" / f"{name}.md").unlink()
    text = "```{literalinclude} inner.txt\n```\n\n```{literalinclude} /posts/own.txt\n```"
    site = build({"posts/own.md": post(text)})
    assert site.article("posts/own.html").text.count("own") == 2
    assert pickle.loads(pickle.dumps(site.app.env)).found_docs == site.app.env.found_docs
    site = build({"posts/own.md": post(text + "\n\n増えた。")}, parallel=2)
    assert site.article("posts/own.html").text.count("own") == 2


def test_a_folder_that_the_site_names(build: Build, tmp_path: Path) -> None:
    """Documentation that includes its project's changelog goes on doing so."""
    write_files(tmp_path, {"CHANGES.md": "変更の一覧。\n", "data.csv": "一,二\n"})
    text = "```{include} ../../CHANGES.md\n```\n\n```{eval-rst}\n.. include:: <isonum.txt>\n```\n\n```{csv-table}\n:file: ../../data.csv\n```"
    site = build({"posts/a.md": post(text)}, tsuzuri_outside_folders=[".."])
    assert site.warnings == ()
    assert "変更の一覧" in site.article("posts/a.html").text
    assert "二" in site.article("posts/a.html").text
