"""The tools that are measured: how each is installed, fed and run.

A tool's smallest project is the folder of its name under ``projects/``; its posts are written
beside that by :func:`Tool.write`.  Python and Node tools are installed on demand under
``.cache/bench``; Hugo and Jekyll are taken from the machine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.posts import IMAGES, Dialect, Generated, Mix, Posts, image, yaml_front_matter

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
ROOT = HERE.parent
CACHE = ROOT / ".cache" / "bench"

AT_ROOT = Dialect(
    link=lambda text, slug: f"[{text}](/posts/{slug}/)",
    image=lambda alt, name: f"![{alt}](/images/{name})",
)
"""Links by address, for tools that do not follow links between files."""


class UnavailableError(Exception):
    """A tool can't be had here; the message says why."""


@dataclass(frozen=True)
class Tool:
    """One site generator."""

    name: str
    command: tuple[str, ...]
    """What builds the site, run in the project's folder; ``{bin}`` is where it is installed."""
    version: tuple[str, ...]
    outputs: tuple[str, ...]
    """What a cold build starts without; the first is the site itself."""
    posts: str = "posts"
    images: str = "posts/images"
    dialect: Dialect = field(default_factory=Dialect)
    keys: Mapping[str, str] = field(default_factory=dict)
    """Our front-matter keys as the tool calls them."""
    dated_names: bool = False
    """True when a file's name begins with the date."""
    note: str = ""
    serve: tuple[str, ...] = ()
    """What serves the site and rebuilds it on a change, on port ``{port}``."""
    page: str = "posts/{slug}.html"
    """The address of a post's page."""

    @property
    def home(self) -> Path:
        """Where the tool is installed and its projects are written."""
        return CACHE / self.name

    @property
    def source(self) -> Path:
        """The tool's smallest project."""
        return HERE / "projects" / self.name

    def filled(self, words: tuple[str, ...], **values: object) -> list[str]:
        """Return *words* with the places of the installation filled in."""
        return [word.format(bin=self.bin, python=sys.executable, **values) for word in words]

    @property
    def bin(self) -> Path:
        """The folder of the installed commands."""
        if (self.source / "package.json").exists():
            return self.home / "node_modules"
        return self.home / "env" / "bin"

    def install(self) -> str:
        """Install what is missing; return the version, or raise :class:`UnavailableError`."""
        self.home.mkdir(parents=True, exist_ok=True)
        try:
            if (self.source / "package.json").exists():
                self.install_node()
            elif (self.source / "requirements.txt").exists():
                self.install_python()
            found = run(self.filled(self.version), self.home)
        except FileNotFoundError as error:
            raise UnavailableError(f"{error.filename} is not installed") from error
        except subprocess.CalledProcessError as error:
            last = (error.stderr or error.stdout or str(error)).strip().splitlines()
            raise UnavailableError(last[-1] if last else str(error)) from error
        number = re.search(r"\d+(?:\.\d+)+", found)
        return number[0] if number else "?"

    def install_node(self) -> None:
        """Install from npm what the project's package.json names."""
        wanted, present = self.source / "package.json", self.home / "package.json"
        if not present.exists() or present.read_bytes() != wanted.read_bytes():
            shutil.copy(wanted, present)
            try:
                run(["npm", "install", "--no-audit", "--no-fund"], self.home)
            except BaseException:
                present.unlink()
                raise

    def install_python(self) -> None:
        """Install from PyPI what the project's requirements.txt names, in a fresh environment."""
        wanted, present = self.source / "requirements.txt", self.home / "requirements.txt"
        if not present.exists() or present.read_bytes() != wanted.read_bytes():
            run([sys.executable, "-m", "venv", str(self.home / "env")], self.home)
            pip = [str(self.bin / "python"), "-m", "pip", "install", "-q", "-r", str(wanted)]
            run(pip, self.home)
            shutil.copy(wanted, present)

    def write(self, number: int, mix: Mix | None = None) -> Path:
        """Write a project of *number* posts, replacing an older one; return its folder."""
        project = self.home / f"site-{number}"
        shutil.rmtree(project, ignore_errors=True)
        shutil.copytree(self.source, project)
        source = Posts(mix)
        for index in range(number):
            self.write_post(project, source.post(index, self.dialect))
        (project / self.images).mkdir(parents=True, exist_ok=True)
        for index in range(IMAGES):
            (project / self.images / f"figure-{index:02d}.png").write_bytes(image(index))
        return project

    def path(self, post: Generated) -> str:
        """Return where *post*'s file is in the project."""
        prefix = f"{post.date}-" if self.dated_names else ""
        return f"{self.posts}/{prefix}{post.slug}.md"

    def write_post(self, project: Path, post: Generated, more: str = "") -> None:
        """Write *post* into *project*, with the text *more* at its end."""
        path = project / self.path(post)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml_front_matter(post, **self.keys) + post.body + more
        path.write_text(text, encoding="utf-8")


def run(command: list[str], folder: Path) -> str:
    """Run *command* in *folder* and return what it printed; raise when it fails."""
    result = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return result.stdout


SPHINX = ("-m", "sphinx", "-q", "-b", "html", "-d", "_build/doctrees", ".", "_build/html")
CORES = os.cpu_count() or 1

OURS = Tool(
    "tsuzuri",
    ("{python}", *SPHINX[:3], "-j", "auto", *SPHINX[3:]),
    ("{python}", "-c", "import tsuzuri; print(tsuzuri.__version__)"),
    ("_build/html", "_build"),
    serve=("{python}", "-m", "tsuzuri", "serve", "--port", "{port}"),
    note="theme, search, feeds, metadata",
)

PEERS = (
    Tool(
        "plain",
        ("{bin}/python", *SPHINX),
        ("{bin}/python", "-c", "import ablog; print('ABlog', ablog.__version__)"),
        ("_build/html", "_build"),
        note="MyST, ABlog and the book theme as their manuals say, `-j 1`",
    ),
    Tool(
        "hugo",
        ("hugo", "--quiet"),
        ("hugo", "version"),
        ("public", "resources"),
        posts="content/posts",
        images="static/images",
        dialect=AT_ROOT,
        note="bare layouts, no search",
        serve=("hugo", "server", "--quiet", "--port", "{port}"),
        page="posts/{slug}/",
    ),
    Tool(
        "eleventy",
        ("node", "{bin}/@11ty/eleventy/cmd.cjs", "--quiet"),
        ("node", "{bin}/@11ty/eleventy/cmd.cjs", "--version"),
        ("_site",),
        dialect=AT_ROOT,
        note="bare layouts, no search",
    ),
    Tool(
        "jekyll",
        ("jekyll", "build", "--quiet"),
        ("jekyll", "--version"),
        ("_site", ".jekyll-cache"),
        posts="_posts",
        images="images",
        dialect=AT_ROOT,
        dated_names=True,
        note="bare layouts, no search",
    ),
    Tool(
        "pelican",
        ("{bin}/pelican", "-q"),
        ("{bin}/pelican", "--version"),
        ("output",),
        posts="content",
        images="content/images",
        dialect=AT_ROOT,
        keys={"description": "summary", "series": ""},
        note="default theme, no search",
    ),
    Tool(
        "astro",
        ("{bin}/.bin/node", "{bin}/astro/bin/astro.mjs", "build", "--silent"),
        ("{bin}/.bin/node", "{bin}/astro/bin/astro.mjs", "--version"),
        ("dist", ".astro", "node_modules"),
        posts="src/posts",
        images="public/images",
        dialect=AT_ROOT,
        note="bare layouts, no search",
    ),
    Tool(
        "zensical",
        ("{bin}/zensical", "build"),
        ("{bin}/zensical", "--version"),
        ("site", ".cache"),
        posts="docs/posts",
        images="docs/posts/images",
        keys={"series": ""},
    ),
    Tool(
        "mkdocs-material",
        ("{bin}/mkdocs", "build", "-q"),
        ("{bin}/python", "-m", "pip", "show", "mkdocs-material"),
        ("site", ".cache"),
        posts="docs/blog/posts",
        images="docs/blog/posts/images",
        keys={"series": ""},
        note="with its blog plugin",
    ),
    Tool(
        "nikola",
        ("{bin}/nikola", "build", "-v", "0"),
        ("{bin}/nikola", "version"),
        ("output", "cache", ".doit.db", "__pycache__"),
        images="images",
        dialect=AT_ROOT,
        keys={"series": ""},
        note="its default theme, no search",
    ),
)  # fmt: skip
