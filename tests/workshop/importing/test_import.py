"""Posts of every tool come along whole, and nothing that was there is lost."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from tests.conftest import write_files
from tests.reading.test_front_matter import plain
from tsuzuri.reading.frontmatter import read_front_matter
from tsuzuri.workshop.cli import cli

if TYPE_CHECKING:
    from tests.conftest import Build

HERE = Path(__file__).parents[2]
TREES = HERE / "roots/import"
CASES: dict[str, dict[str, Any]] = tomllib.loads(
    (HERE / "cases/import.toml").read_text(encoding="utf-8")
)
TEXT = {"contains", "lacks", "same"}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty site to import into."""
    folder = tmp_path / "site"
    write_files(folder, {"conf.py": ""})
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["import", *arguments])


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder* with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("tool", CASES)
@pytest.mark.parametrize("named", ["auto", "named"])
def test_a_project_comes_along_whole(site: Path, tool: str, named: str) -> None:
    """Dates, tags, drafts, aliases, images, series and links are what they were."""
    case = CASES[tool]
    result = run(str(TREES / tool), *(["--from", tool] if named == "named" else []))
    assert result.exit_code == (1 if case["notes"] else 0), result.output
    posts = site / "posts"
    assert set(tree(posts)) == set(case["files"]) | set(case["posts"])
    for name, expected in case["posts"].items():
        text = (posts / name).read_bytes().decode()
        reading = read_front_matter(text, path=f"posts/{name}", zone=ZoneInfo("Asia/Tokyo"))
        assert [str(finding) for finding in reading.findings] == []
        fields = {key: value for key, value in expected.items() if key not in TEXT}
        assert {key: plain(getattr(reading.front_matter, key)) for key in fields} == fields
        for part in expected.get("contains", ()):
            assert part in text
        for part in expected.get("lacks", ()):
            assert part not in text
        if "same" in expected:
            assert text == (TREES / tool / expected["same"]).read_bytes().decode()
    told = [line for line in result.output.splitlines() if line.partition(":")[0].count("/")
            and " -> " not in line]  # fmt: skip
    assert len(told) == len(case["notes"])
    for line, note in zip(told, case["notes"], strict=True):
        assert line.startswith(note)


def test_importing_twice_is_the_same(site: Path) -> None:
    """A second run finds everything there; what its author changed since stays changed."""
    run(str(TREES / "hugo"))
    before = tree(site)
    again = run(str(TREES / "hugo"))
    assert tree(site) == before
    assert " 0 written, 5 there already, 0 refused" in again.output
    (site / "posts/plain.md").write_text("mine now", encoding="utf-8")
    (site / "posts/secret.md").unlink()
    third = run(str(TREES / "hugo"))
    assert third.exit_code == 1
    assert "posts/plain.md is there with other content; it is not overwritten" in third.output
    assert tree(site) == {**before, "posts/plain.md": b"mine now"}


def test_a_dry_run_writes_nothing_and_tells_all(site: Path) -> None:
    """One can look before one leaps."""
    result = run(str(TREES / "astro"), "--dry-run")
    assert set(tree(site)) == {"conf.py"}
    assert "src/content/blog/Second Post.mdx -> posts/Second-Post.md" in result.output
    assert "public/figures/図.png -> posts/images/figures/図.png" in result.output
    assert "5 would be written" in result.output


def test_a_folder_of_posts_in_a_project(site: Path, tmp_path: Path) -> None:
    """Pointing at the posts finds the project around them, and so their images."""
    run(str(TREES / "hugo/content/posts"))
    assert "images/img/a.png" in tree(site / "posts")
    plain_folder = tmp_path / "notes"
    write_files(
        plain_folder,
        {"a.md": "---\ntitle: a\ndate: 2024-09-12\n---\n![x](i/x.png)\n", "i/x.png": b"x",
         "bom.md": "\ufeff---\ntitle: b\ndate: 2024-09-12\n---\n",
         "sub/b.md": "---\r\ntitle: b\r\ndate: 2024-09-12\r\n---\r\n[a](../a.md)\r\n"},
    )  # fmt: skip
    result = run(str(plain_folder))
    assert result.exit_code == 0, result.output
    copied = tree(site / "posts")
    for name, data in tree(plain_folder).items():
        assert copied[name] == data


def test_nothing_from_outside_the_project_is_taken(site: Path, tmp_path: Path) -> None:
    """A post that names a file of the machine, or links to one, does not get it published."""
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "secret.md").write_text("---\ntitle: secret\n---\n")
    project = tmp_path / "project"
    write_files(
        project,
        {"hugo.toml": "", "content/posts/a.md": "---\ntitle: a\ndate: 2024-09-12\n"
         "image: ../../../secret.png\n---\n![x](../../../secret.png) ![y](/../../secret.png)\n"},
    )  # fmt: skip
    (project / "content/posts/b.md").symlink_to(tmp_path / "secret.md")
    (project / "static").mkdir()
    (project / "static/link.png").symlink_to(tmp_path / "secret.png")
    result = run(str(project))
    assert result.exit_code == 1
    assert set(tree(site)) == {"conf.py", "posts/a.md"}
    assert b"secret" not in b"".join(
        data for name, data in tree(site).items() if name != "posts/a.md"
    )
    assert "content/posts/a.md:4: the image ../../../secret.png is not in the project" in (
        result.output
    )
    assert "content/posts/b.md:1: the file is outside the project" in result.output


def test_what_can_not_be_imported(site: Path, tmp_path: Path) -> None:
    """Exit status 2, and nothing written."""
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(str(empty)).exit_code == 2
    assert run(str(tmp_path / "none")).exit_code == 2
    assert run(str(site)).exit_code == 2
    assert run(str(empty), "--from", "hugo").exit_code == 2
    assert set(tree(site)) == {"conf.py"}


def test_broken_posts_are_told_and_do_not_stop_the_rest(site: Path, tmp_path: Path) -> None:
    """One bad file among a hundred is no reason to import none."""
    project = tmp_path / "project"
    write_files(
        project,
        {
            "hugo.toml": "not toml [",
            "content/posts/latin.md": b"---\ntitle: caf\xe9\n---\n",
            "content/posts/unclosed.md": "---\ntitle: a\n\ntext\n",
            "content/posts/key.md": "---\ntitle: a\ndate: 2024-09-12\nmyOwnKey: 1\n---\n",
            "content/posts/none.md": "Only text.\n",
            "content/posts/good.md": "---\ntitle: a\ndate: 2024-09-12\n---\ntext\n",
        },
    )
    result = run(str(project))
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert "content/posts/latin.md:2: the file is not UTF-8; save it so and import again" in lines
    assert any(line.startswith("content/posts/unclosed.md:1: the front matter is opened")
               for line in lines)  # fmt: skip
    assert any(line.startswith("content/posts/key.md:4: 'myOwnKey' is a key") for line in lines)
    assert any(line.startswith("content/posts/none.md:1: it has no date") for line in lines)
    assert (site / "posts/good.md").read_text() == (
        "---\ntitle: a\ndate: 2024-09-12\naliases: [/posts/good/]\n---\ntext\n"
    )


@pytest.mark.parametrize(
    ("config", "name", "head", "alias"),
    [
        (
            '[permalinks]\nposts = "/:year/:month/:slug/"',
            "content/posts/A b.md",
            "",
            "/2024/09/a-b/",
        ),
        ('[permalinks.page]\nposts = "/p/:slug"', "content/posts/x.md", "slug: y", "/p/y/"),
        ("uglyURLs = true", "content/notes/x.md", "", "/notes/x.html"),
        ("", "content/posts/2024/x.md", "", "/posts/2024/x/"),
        ("", "content/notes/x.md", "aliases: [/a/]", "/notes/x/"),
        ("", "content/posts/x/index.ja.md", "", "/ja/posts/x/"),
        ('defaultContentLanguage = "ja"', "content/posts/x.ja.md", "", "/posts/x/"),
    ],
)
def test_hugos_addresses(  # noqa: PLR0917 - two fixtures and a row of four
    site: Path, tmp_path: Path, config: str, name: str, head: str, alias: str
) -> None:
    """Links to a post lead on, whatever the configuration made of its address."""
    text = f"---\ntitle: a\ndate: 2024-09-12\n{head}\n---\n"
    write_files(tmp_path / "p", {"hugo.toml": config, name: text})
    assert run(str(tmp_path / "p")).exit_code == 0
    (post,) = (site / "posts").rglob("*.md")
    reading = read_front_matter(post.read_text(), path="a.md", zone=ZoneInfo("UTC"))
    assert alias in reading.front_matter.aliases


@pytest.mark.parametrize(
    ("permalink", "alias"),
    [
        ("", "/go/2024/09/12/x.html"),
        ("permalink: pretty", "/go/2024/09/12/x/"),
        ("permalink: /:title/", "/x/"),
        ("permalink: /blog/:year/:i_month/:title.html", "/blog/2024/9/x.html"),
        ("permalink: none\nbaseurl: /sub", "/sub/go/x.html"),
    ],
)
def test_jekylls_addresses(site: Path, tmp_path: Path, permalink: str, alias: str) -> None:
    """Jekyll's styles and patterns of permanent links."""
    text = "---\ntitle: a\ncategories: Go\n---\n"
    write_files(tmp_path / "p", {"_config.yml": permalink, "_posts/2024-09-12-x.md": text})
    assert run(str(tmp_path / "p")).exit_code == 0
    text = (site / "posts/2024-09-12-x.md").read_text()
    reading = read_front_matter(text, path="a.md", zone=ZoneInfo("UTC"))
    assert reading.front_matter.aliases == (alias,)


def test_all_tools_posts_are_built(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the import the site builds without a warning, but for what the import told of."""
    site = build()
    write_files(site.src, {"conf.py": ""})
    monkeypatch.chdir(site.src)
    for tool in CASES:
        write_files(site.src, {"conf.py": f"tsuzuri_new_post_folder = 'posts/{tool}'"})
        assert run(str(TREES / tool)).exit_code in {0, 1}
    drafts = {"hugo/secret", "jekyll/idea", "astro/Second-Post", "pelican/two", "zenn/next-one",
              "qiita/limited"}  # fmt: skip
    built = build()
    assert [warning for warning in built.warnings if "[tsuzuri.draft-link]" not in warning] == []
    pages = {name for name in built.files() if name.startswith("posts/") and name.endswith(".html")}
    for tool, case in CASES.items():
        for name in case["posts"]:
            stem = f"{tool}/{name.removesuffix('.md')}"
            assert (f"posts/{stem}.html" in pages) == (stem not in drafts), stem
    article = built.article("posts/hugo/bundle/index.html")
    sources = [image["src"] for image in article.select("img")]
    assert sum("cover" in source for source in sources) >= 1
    assert {"old-bundle/index.html", "2010/my-super-post.html"} <= built.files()
    shutil.rmtree(site.src)


def test_an_address_that_none_can_read_stays(site: Path) -> None:
    """A NUL in a link, as it is or in percent, or half an IPv6 address, ended the import."""
    text = "---\ntitle: a\n---\n\n[甲](x\0y) ![乙](a%00.png) [丙](http://[) @[card](*\0\n"
    write_files(site.parent / "old", {"content/posts/a.md": text, "hugo.toml": ""})
    result = run(str(site.parent / "old"), "--from", "hugo")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert "![乙](a%00.png) [丙](http://[)" in (site / "posts/a.md").read_text(encoding="utf-8")
