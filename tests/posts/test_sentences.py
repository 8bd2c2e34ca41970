"""What a post says in sentences: its summary in lists, feeds and descriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import post

if TYPE_CHECKING:
    from tests.conftest import Build


def test_a_message_is_no_sentence(build: Build) -> None:
    """A slip in the first paragraph publishes the path of the writer's folder as its summary."""
    site = build({"posts/a.md": post("文の {nosuchrole}`x` です。次の文。")})
    (warning,) = site.warnings
    assert "nosuchrole" in warning
    meta = site.page("posts/a.html").select_one("meta[name=description]")
    assert meta
    assert meta["content"] == "文のです。次の文。"
