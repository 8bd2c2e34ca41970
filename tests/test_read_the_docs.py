"""What Read the Docs runs, in a fresh virtual environment, with its environment variables."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of what is committed or about to be, without anything built."""
    folder = tmp_path_factory.mktemp("checkout")
    listed = (
        subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        .stdout.decode()
        .split("\0")
    )
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name in filter(None, listed):
            if (ROOT / name).is_file():
                archive.add(ROOT / name, arcname=name)
    packed.seek(0)
    with tarfile.open(fileobj=packed) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    """A new environment with the project as a wheel; its dependencies are this one's."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    site = next((folder / "lib").glob("python*")) / "site-packages"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-build-isolation",
         "--target", str(site), str(checkout)],
        check=True, capture_output=True,
    )  # fmt: skip
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def read_the_docs(
    python: Path, checkout: Path, out: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(out),
        "LANG": "C.UTF-8",
        "READTHEDOCS": "True",
        "READTHEDOCS_OUTPUT": str(out),
        "READTHEDOCS_LANGUAGE": "ja",
        "READTHEDOCS_PROJECT": "tsuzuri",
        "READTHEDOCS_VERSION": "latest",
        "READTHEDOCS_VERSION_TYPE": "branch",
        "READTHEDOCS_CANONICAL_URL": "https://tsuzuri.example/ja/latest/",
        **variables,
    }
    command = [
        "-T",
        "-W",
        "--keep-going",
        "-b",
        "html",
        "-d",
        "_build/doctrees",
        "-D",
        "language=ja",
        ".",
    ]
    return subprocess.run(
        [str(python), "-P", "-m", "sphinx", *command, str(out / "html")],
        cwd=checkout, env=environment, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


def test_read_the_docs_builds_the_site(python: Path, checkout: Path, tmp_path: Path) -> None:
    done = read_the_docs(python, checkout, tmp_path)
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup((tmp_path / "html" / "index.html").read_text("utf-8"), "lxml")
    canonical = page.select_one("link[rel=canonical]")
    assert canonical is not None
    assert canonical["href"] == "https://tsuzuri.example/ja/latest/"
    installed = subprocess.run(
        [str(python), "-P", "-c", "import tsuzuri; print(tsuzuri.__file__)"],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert str(python.parents[1]) in installed.stdout, "the wheel was built with, not this checkout"


def test_read_the_docs_builds_a_preview(python: Path, checkout: Path, tmp_path: Path) -> None:
    """A pull request's pages stay out of search engines and point at production."""
    done = read_the_docs(
        python,
        checkout,
        tmp_path,
        READTHEDOCS_VERSION="12",
        READTHEDOCS_VERSION_TYPE="external",
        READTHEDOCS_CANONICAL_URL="https://tsuzuri--12.org.readthedocs.build/ja/12/",
    )
    assert done.returncode == 0, done.stderr
    for name in ("index.html", "blog.html", "posts/2024-09-12-openai-o1.html"):
        page = BeautifulSoup((tmp_path / "html" / name).read_text("utf-8"), "lxml")
        robots, canonical = page.select_one("meta[name=robots]"), page.select_one("[rel=canonical]")
        assert robots is not None
        assert robots["content"] == "noindex"
        assert canonical is not None
        place = "" if name == "index.html" else name
        assert canonical["href"] == f"https://tsuzuri.readthedocs.io/ja/latest/{place}"
    missing = BeautifulSoup((tmp_path / "html" / "404.html").read_text("utf-8"), "lxml")
    sheet = missing.select_one("link[rel=stylesheet]")
    assert sheet is not None
    assert str(sheet["href"]).startswith("/ja/12/_static/"), "served at the preview's own address"


def test_the_configuration_file_names_what_is_there() -> None:
    config = yaml.safe_load((ROOT / ".readthedocs.yaml").read_text("utf-8"))
    assert config["version"] == 2
    assert (ROOT / config["sphinx"]["configuration"]).is_file()
    for step in config["python"]["install"]:
        assert (ROOT / step.get("requirements", step.get("path", "missing"))).exists()
    assert "commands" not in config["build"], "the standard Sphinx build, no commands of our own"
