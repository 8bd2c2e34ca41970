"""One site generator: how it is installed, fed with posts, run and served.

A tool's smallest project is a folder under ``projects/``; its posts are written beside that by
:meth:`Tool.write`.  Python and Node tools are installed on demand under ``.cache/bench``; what a
project does not say how to install is taken from the machine.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.posts import IMAGES, Dialect, Generated, Mix, Posts, image, yaml_front_matter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HERE = Path(__file__).parent
ROOT = HERE.parent
CACHE = ROOT / ".cache" / "bench"


class UnavailableError(Exception):
    """A tool can't be had or measured here; the message says why."""


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
    project: str = ""
    """The folder of its smallest project, when it is not called as the tool is."""
    serve: tuple[str, ...] = ()
    """What serves the site and rebuilds it on a change, on port ``{port}``."""
    page: str = "posts/{slug}/"
    """The address of a post's page."""
    news: str = ""
    """The address where the server tells browsers to reload, as server-sent events."""

    @property
    def home(self) -> Path:
        """Where the tool is installed and its projects are written."""
        return CACHE / self.name

    @property
    def source(self) -> Path:
        """The tool's smallest project."""
        return HERE / "projects" / (self.project or self.name)

    @property
    def bin(self) -> Path:
        """The folder of the installed commands."""
        if (self.source / "package.json").exists():
            return self.home / "node_modules"
        return self.home / "env" / "bin"

    def filled(self, words: tuple[str, ...], **values: object) -> list[str]:
        """Return *words* with the places of the installation filled in."""
        return [word.format(bin=self.bin, python=sys.executable, **values) for word in words]

    def install(self) -> str:
        """Install what is missing; return the version, or raise :class:`UnavailableError`."""
        self.home.mkdir(parents=True, exist_ok=True)
        try:
            self.install_from("package.json", self.install_node)
            self.install_from("requirements.txt", self.install_python)
            found = run(self.filled(self.version), self.home)
        except FileNotFoundError as error:
            raise UnavailableError(f"{error.filename} is not installed") from error
        except subprocess.CalledProcessError as error:
            last = (error.stderr or error.stdout or str(error)).strip().splitlines()
            raise UnavailableError(last[-1] if last else str(error)) from error
        number = re.search(r"\d+(?:\.\d+)+", found)
        return number[0] if number else "?"

    def install_from(self, name: str, install: Callable[[Path], None]) -> None:
        """Run *install* when the project's list of packages *name* is not what was installed."""
        wanted, present = self.source / name, self.home / name
        if not wanted.exists():
            return
        if not present.exists() or present.read_bytes() != wanted.read_bytes():
            install(wanted)
            shutil.copy(wanted, present)

    def install_node(self, wanted: Path) -> None:
        """Install from npm what *wanted* names."""
        work = self.home / "installing"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        shutil.copy(wanted, work)
        run(["npm", "install", "--no-audit", "--no-fund"], work)
        shutil.rmtree(self.bin, ignore_errors=True)
        (work / "node_modules").rename(self.bin)
        shutil.rmtree(work)

    def install_python(self, wanted: Path) -> None:
        """Install from PyPI what *wanted* names, in a fresh environment."""
        run([sys.executable, "-m", "venv", "--clear", str(self.home / "env")], self.home)
        pip = [str(self.bin / "python"), "-m", "pip", "install", "-q", "-r", str(wanted)]
        run(pip, self.home)

    def write(self, number: int, mix: Mix | None = None) -> Path:
        """Write a project of *number* posts, replacing an older one; return its folder."""
        project = self.home / f"site-{number}"
        set_aside(project)
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


def set_aside(path: Path) -> None:
    """Move *path*, which may not be there, to where it is removed when this process ends.

    For minutes after files are removed, ext4 passes over each of their places whenever a new one
    is made near by: up to half a millisecond a file, which is no tool's doing and grows by the
    round.
    """
    aside = CACHE / "aside" / str(os.getpid())
    if path.exists():
        aside.mkdir(parents=True, exist_ok=True)
        path.rename(aside / str(time.monotonic_ns()))
        atexit.register(shutil.rmtree, aside, ignore_errors=True)


def run(command: list[str], folder: Path) -> str:
    """Run *command* in *folder* and return what it printed; raise when it fails."""
    result = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return result.stdout
