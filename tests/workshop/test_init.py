"""`tsuzuri init`: from nothing to a blog that builds, from what is installed alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result

from tsuzuri import __version__
from tsuzuri.workshop.cli import cli

ROOT = Path(__file__).parents[2]
FILES = {
    ".github/workflows/blog.yml", ".gitignore", ".readthedocs.yaml", ".vscode/tasks.json",
    "Makefile", "about.md", "conf.py", "index.md", "posts/2024-09-13-hello.md",
    "requirements.txt",
}  # fmt: skip
NOW = "1726160400"
"""2024-09-12T17:00:00Z: already the 13th in Tokyo."""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["init", *arguments], env={"SOURCE_DATE_EPOCH": NOW})


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment with the project as a wheel, not in editable form."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    site = next((folder / "lib").glob("python*")) / "site-packages"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps",
         "--no-build-isolation", "--target", str(site), str(ROOT)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin/python"


@pytest.mark.skipif(sys.platform == "win32", reason="Make and venv's bin folder are POSIX")
def test_an_empty_folder_becomes_a_site(installed: Path, tmp_path: Path) -> None:
    """What a newcomer does, with nothing of this repository but the wheel."""

    def do(*arguments: str, cwd: Path) -> str:
        done = subprocess.run(
            [str(installed), "-m", *arguments],
            cwd=cwd, env={**os.environ, "SOURCE_DATE_EPOCH": NOW}, timeout=300,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    where = do("tsuzuri", "--version", cwd=tmp_path)
    assert __version__ in where
    do("tsuzuri", "init", "my-blog", "--title", "私のブログ", cwd=tmp_path)
    blog = tmp_path / "my-blog"
    assert {
        path.relative_to(blog).as_posix() for path in blog.rglob("*") if path.is_file()
    } == FILES
    assert do("tsuzuri", "check", "--strict", cwd=blog) == "3 files: nothing to mend\n"
    do("tsuzuri", "new", "二つ目の記事", "--slug", "second-post", cwd=blog)
    do("sphinx", "-W", "--keep-going", "-q", "-b", "html", ".", "_build/html", cwd=blog)
    index = BeautifulSoup((blog / "_build/html/index.html").read_text(encoding="utf-8"), "lxml")
    headings = [heading.get_text(strip=True).removesuffix("#") for heading in index.select("h1")]
    assert headings == ["私のブログ"]
    links = {str(link["href"]) for link in index.select("a[href]")}
    assert {"posts/2024-09-13-hello.html", "posts/2024-09-13-second-post.html"} <= links


def test_any_title_and_author_are_values(tmp_path: Path) -> None:
    """A quotation mark in a name must not end a string of conf.py."""
    name = 'O\'Neil "x" $title \\ 綴り'
    url = "https://blog.example"
    result = run(str(tmp_path / "b"), "--title", name, "--author", name, "--url", url)
    assert result.exit_code == 0, result.output
    conf: dict[str, object] = {}
    exec((tmp_path / "b/conf.py").read_text(encoding="utf-8"), conf)
    assert (conf["project"], conf["author"]) == (name, name)
    assert conf["blog_baseurl"] == "https://blog.example/"


def test_the_files_for_hosts_and_editors_are_sound(tmp_path: Path) -> None:
    """Each parses, and names what is there."""
    assert run(str(tmp_path / "b")).exit_code == 0
    blog = tmp_path / "b"
    hosted = yaml.safe_load((blog / ".readthedocs.yaml").read_text())
    assert hosted["python"]["install"] == [{"requirements": "requirements.txt"}]
    assert (blog / hosted["sphinx"]["configuration"]).is_file()
    workflow = yaml.safe_load((blog / ".github/workflows/blog.yml").read_text())
    assert workflow["jobs"]["build"]["steps"][-1]["run"].startswith("python -m sphinx -W")
    assert (blog / "requirements.txt").read_text() == f"tsuzuri>={__version__}\n"
    assert "-r requirements.txt 'tsuzuri[serve]'" in (blog / "Makefile").read_text()
    task = json.loads((blog / ".vscode/tasks.json").read_text())["tasks"][0]
    pattern = task["problemMatcher"]["pattern"]
    match = re.match(pattern["regexp"], "posts/a.md:3: error: something [dead-link]")
    assert match is not None
    assert match.groups() == ("posts/a.md", "3", "error", "something [dead-link]")
    assert task == json.loads((ROOT / ".vscode/tasks.json").read_text())["tasks"][0]
    assert "$$" not in (blog / "Makefile").read_text().replace("$$1", "").replace("$$2", "")


def test_a_folder_that_is_in_use_is_refused(tmp_path: Path) -> None:
    """Nothing is written over what somebody has."""
    (tmp_path / "mine").write_text("mine")
    assert run(str(tmp_path)).exit_code == 2
    assert run(str(tmp_path / "mine")).exit_code == 2
    assert run(str(tmp_path / "new"), "--url", "blog.example").exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
