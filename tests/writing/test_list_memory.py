"""Which pages of lists are written again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import post

if TYPE_CHECKING:
    from tests.conftest import Build

TEXT = "最初の段落は、どの一覧にもこのとおりに出る要約になる、十分に長い段落である。\n\n" * 5


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages of lists that builds write."""
    from sphinx.builders.html import StandaloneHTMLBuilder

    names: list[str] = []
    own = StandaloneHTMLBuilder.handle_page

    def handle_page(
        self: StandaloneHTMLBuilder, pagename: str, *rest: object, **more: object
    ) -> None:
        if pagename not in self.env.all_docs:
            names.append(pagename)
        own(self, pagename, *rest, **more)  # type: ignore[arg-type] # handed on

    monkeypatch.setattr(StandaloneHTMLBuilder, "handle_page", handle_page)
    return names


def edited(word: str) -> dict[str, str | bytes | None]:
    """Return a post whose edit changes what it is about, and nothing that a list shows."""
    return {"posts/a.md": post(f"{TEXT}{word * 9}\n", title="甲", tags="[日記]")}


def test_an_edit_of_the_text_writes_no_list(build: Build, written: list[str]) -> None:
    """A word that a post comes to be about is on no list."""
    build(edited("量子"))
    assert "blog/tag/日記" in written
    written.clear()
    build(edited("古典"))
    assert "blog/tag/日記" not in written


def test_a_template_of_the_site_may_show_what_posts_are_about(
    build: Build, written: list[str]
) -> None:
    """The lists are written again then."""
    own = '{% extends "!tsuzuri/posts.html" %}{% set shown = posts | map(attribute="terms") %}'
    files: dict[str, str | bytes | None] = {"_templates/tsuzuri/posts.html": own}
    build(files | edited("量子"), templates_path=["_templates"])
    written.clear()
    build(edited("古典"), templates_path=["_templates"])
    assert "blog/tag/日記" in written
