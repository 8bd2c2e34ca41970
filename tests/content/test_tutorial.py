"""The tutorial's commands do what it says, one after the other, from a wheel alone."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup

from tests.content.markdown import ROOT, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

TUTORIAL = ROOT / "docs" / "tutorial" / "first-blog.md"
PATIENCE_SECONDS = 240


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What a newcomer's machine has: Python, make, git, and an index with the project's wheel.

    What the project needs is that of the tests' own environment; there is no network.
    """
    wheels, packages, tools = (tmp_path / name for name in ("wheels", "packages", "tools"))
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-index", "--no-deps",
         "--no-build-isolation", "-w", str(wheels), str(ROOT)],
        check=True, capture_output=True, timeout=PATIENCE_SECONDS,
    )  # fmt: skip
    packages.mkdir()
    for item in Path(sysconfig.get_path("purelib")).iterdir():
        if not re.match(r"(pip|tsuzuri|_editable_impl_tsuzuri)\b|.*\.pth$", item.name):
            (packages / item.name).symlink_to(item)
    tools.mkdir()
    (tools / "python3").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (tools / "python3").chmod(0o755)
    mine = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **mine,
        "PATH": f"{tools}{os.pathsep}/usr/bin{os.pathsep}/bin",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(packages),
        "PYTHONUTF8": "1",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "GIT_AUTHOR_NAME": "山田花子", "GIT_AUTHOR_EMAIL": "hanako@example.com",
        "GIT_COMMITTER_NAME": "山田花子", "GIT_COMMITTER_EMAIL": "hanako@example.com",
    }  # fmt: skip


class Terminal:
    """A shell that is typed into; a second one begins in the same folder."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.before: list[str] = []

    def type(self, command: str) -> str:
        """Run *command* after what changed the shell before it; return what it prints."""
        done = subprocess.run(
            ["/bin/sh", "-ec", "\n".join([*self.before, command])], cwd=self.folder,
            env=self.environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        if command.startswith("cd "):
            self.folder /= command[3:]
        elif command.startswith(". "):
            self.before.append(command.replace(". ", f". {self.folder}/", 1))
        return done.stdout


class Running:
    """`make serve`, in a terminal of its own."""

    def __init__(self, command: str, folder: Path, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            command.split(), cwd=folder, env={**environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        self.said: list[str] = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)

    def address(self) -> str:
        """Return the address that it prints."""
        for _ in turns():
            if match := re.search(r"Serving (http://\S+)", "".join(self.said)):
                return match[1]
            assert self.process.poll() is None, "".join(self.said)
        raise AssertionError("".join(self.said))

    def shows(self, path: str, text: str) -> None:
        """Wait until the page at *path* has *text*."""
        for _ in turns():
            try:
                with urlopen(f"{self.address()}{path}", timeout=30) as answer:
                    if text in answer.read().decode():
                        return
            except URLError:
                pass
        raise AssertionError(f"{path} never has {text}: {''.join(self.said)}")

    def stop(self) -> None:
        """Press Ctrl+C."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            self.process.wait(timeout=60)


def turns() -> Iterator[float]:
    """Yield again and again, until patience ends."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        yield end
        time.sleep(0.2)


def write(post: Path, text: str) -> None:
    """Do to the new post what the tutorial says: a description, and the text below."""
    head = post.read_text(encoding="utf-8")
    head = re.sub(r"(?m)^description:.*$", "description: はじめての数式の話。", head)
    post.write_text(f"{head}\n{text}", encoding="utf-8")


@pytest.mark.skipif(
    not (shutil.which("make") and shutil.which("git")), reason="the tutorial uses make and git"
)
def test_the_tutorial_leads_to_a_blog(tmp_path: Path, environment: dict[str, str]) -> None:
    """Who types what the tutorial says has a blog of two posts, without an error on the way."""
    home = tmp_path / "home"
    home.mkdir()
    terminal = Terminal(home, environment)
    server, post, typed = None, None, []
    try:
        for block in blocks(TUTORIAL):
            if block.kind == "markdown" and post is not None and server is not None:
                write(post, block.code)
                server.shows(f"posts/{post.stem}.html", "今日のこと")
            for command in block.code.splitlines() if block.kind == "sh" else ():
                typed.append(command)
                if command == "make serve":
                    server = Running(command, terminal.folder, environment)
                    server.shows("", "私のブログ")
                    terminal = Terminal(terminal.folder, environment)
                    continue
                said = terminal.type(command)
                if match := re.search(r"posts/\S+-second-post\.md", said):
                    post = terminal.folder / match[0]
                if command == "tsuzuri check":
                    assert "nothing to mend" in said
    finally:
        if server is not None:
            server.stop()
    assert typed[-1] == 'git commit -m "Start the blog"'
    assert post is not None
    assert "_build" not in terminal.type("git ls-files")
    page = terminal.folder / "_build" / "html" / "posts" / f"{post.stem}.html"
    article = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml").select_one("article")
    assert article is not None
    heading = article.select_one("h2")
    assert heading is not None
    assert heading.get_text(strip=True).strip("#¶") == "今日のこと"
    assert "途中に「すき間」はできない" in article.get_text()
