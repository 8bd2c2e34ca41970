"""The generated posts: the same everywhere, readable, with what was asked for."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

from benchmarks.grammar import GRAMMAR, SLOT
from benchmarks.posts import Mix, Posts, image, yaml_front_matter

ROOT = Path(__file__).parents[2]


def test_the_same_bytes_in_another_process() -> None:
    """Figures of two machines are comparable only when both built the same posts."""
    code = (
        "from benchmarks.posts import *; import hashlib; p = Posts();"
        "print(hashlib.sha256(''.join(repr(p.post(i)) for i in (0, 7, 40)).encode()).hexdigest())"
    )
    env = {**os.environ, "PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "America/New_York"}
    there = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )
    here = "".join(repr(Posts().post(index)) for index in (0, 7, 40))
    assert there.stdout.strip() == hashlib.sha256(here.encode()).hexdigest()


def test_a_small_site_is_the_beginning_of_a_large_one() -> None:
    """A post does not depend on how many others there are, nor on the order of asking."""
    forwards, backwards = Posts(), Posts()
    first = [forwards.post(index) for index in range(12)]
    again = [backwards.post(index) for index in reversed(range(12))]
    assert first == again[::-1]


def test_links_go_to_posts_that_exist() -> None:
    """A link to a post that was never written would measure the reporting of dead links."""
    posts = Posts(Mix(links=4))
    for index in range(20):
        targets = re.findall(r"\]\((\d{5}-[a-z]+)\.md\)", posts.post(index).body)
        assert set(targets) <= {posts.slug(earlier) for earlier in range(index)}


def test_the_mix_says_what_is_in_a_post() -> None:
    """Each ingredient can be left out and be multiplied."""
    body = "".join(Posts(Mix(code=0, formulas=6)).post(index).body for index in range(6))
    assert "```" not in body
    assert body.count("$$") > 2 * 6 * 2


def test_every_slot_of_the_grammar_has_a_rule() -> None:
    """A rule without a definition would leave `<name>` in the text."""
    used = {name for rules in GRAMMAR.values() for rule in rules for name in SLOT.findall(rule)}
    assert used <= set(GRAMMAR)
    assert not SLOT.search("".join(Posts().post(index).body for index in range(30)))


def test_front_matter_is_yaml() -> None:
    """Every tool reads the same values."""
    post = Posts().post(3)
    data = yaml.safe_load(yaml_front_matter(post).strip().strip("-"))
    assert data["title"] == post.title
    assert tuple(data["tags"]) == post.tags
    assert data["date"] == post.date


def test_an_image_is_a_png_of_its_size() -> None:
    """Image pipelines decode them."""
    data = image(3, 64, 32)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert data[16:24] == (64).to_bytes(4, "big") + (32).to_bytes(4, "big")
    assert image(3) != image(4)
