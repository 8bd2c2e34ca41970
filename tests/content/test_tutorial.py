"""The tutorial's commands do what it says, one after the other."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from tests.content.markdown import ROOT, blocks

if TYPE_CHECKING:
    from pathlib import Path

TUTORIAL = ROOT / "docs" / "tutorial" / "first-blog.md"
ELSEWHERE = {
    "python3 -m venv .venv", ". .venv/bin/activate", "pip install tsuzuri",  # what is installed
    "make serve",  # goes on until it is stopped; has tests of its own
    "git init", "git add .", 'git commit -m "Start the blog"',
}  # fmt: skip
"""Commands that a test can't, or need not, run."""


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which the project and what it needs are installed."""
    scripts = folder / "bin"
    scripts.mkdir(parents=True)
    for name, arguments in (("python", ""), ("tsuzuri", "-m tsuzuri ")):
        script = f'#!/bin/sh\nexec "{sys.executable}" {arguments}"$@"\n'
        (scripts / name).write_text(script)
        (scripts / name).chmod(0o755)
    (folder / "stamp").touch()
    os.utime(folder / "stamp", (2**31 - 1, 2**31 - 1))
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "MAKEFLAGS": f"VENV={folder}", "PYTHONUTF8": "1"}


@pytest.mark.skipif(not shutil.which("make"), reason="the tutorial uses make")
def test_the_tutorial_leads_to_a_blog(tmp_path: Path) -> None:
    """Who types what the tutorial says has a blog of two posts, without an error on the way."""
    env = environment(tmp_path / "tools")
    here, ran, post = tmp_path, [], None
    for block in blocks(TUTORIAL):
        if block.kind == "markdown" and post is not None:
            text = post.read_text(encoding="utf-8")
            text = re.sub(r"(?m)^description:.*$", "description: はじめての数式の話。", text)
            post.write_text(f"{text}\n{block.code}", encoding="utf-8")
        for command in block.code.splitlines() if block.kind == "sh" else ():
            if command in ELSEWHERE:
                continue
            ran.append(command)
            if command.startswith("cd "):
                here = here / command[3:]
                continue
            done = subprocess.run(
                command, shell=True, cwd=here, env=env, capture_output=True, text=True,
                timeout=300, check=False,
            )  # fmt: skip
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
            if match := re.search(r"posts/\S+-second-post\.md", done.stdout):
                post = here / match[0]
            if command == "tsuzuri check":
                assert "nothing to mend" in done.stdout
    assert len(ran) >= 7
    assert post is not None
    page = here / "_build" / "html" / "posts" / f"{post.stem}.html"
    article = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml").select_one("article")
    assert article is not None
    assert [heading.get_text(strip=True).strip("#¶") for heading in article.select("h2")][:1] == [
        "今日のこと"
    ]
    assert "途中に「すき間」はできない" in article.get_text()
