"""Parts of the sidebar are put in place in pages that were written before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.builders.html import StandaloneHTMLBuilder

from tests.conftest import make_build, post
from tsuzuri.writing.changing_parts import marks, replaced

if TYPE_CHECKING:
    from pathlib import Path

    from docutils import nodes

    from tests.conftest import Site

RECENT = "tsuzuri/side/recent.html"


def page(part: str, text: str = "") -> str:
    """Return a page whose sidebar has *part*."""
    return f'<div>{part}</div><main id="main-content">{text}</main>'


def text_of(site: Site, path: str) -> str:
    """Return the text of an output file."""
    return (site.out / path).read_text(encoding="utf-8")


def part(text: str) -> str:
    """Return the part of the latest posts that shows *text*."""
    return text.join(marks(RECENT))


def test_a_part_takes_the_place_of_the_old_one() -> None:
    assert replaced(page(part("old")), {RECENT: part("new & more")}) == page(part("new & more"))


def test_what_a_post_writes_is_no_place_for_a_part() -> None:
    """A writer may quote the marks in HTML of their own."""
    text = page("", part("old"))
    assert replaced(text, {RECENT: part("new")}) == text


@pytest.mark.parametrize("written", ["", marks(RECENT)[0], marks(RECENT)[1]])
def test_a_page_without_the_place_stays_as_it_is(written: str) -> None:
    assert replaced(page(written), {RECENT: part("new")}) == page(written)


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_new_post_is_shown_on_pages_that_are_not_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    texts = {
        f"posts/{number}.md": post(title=f"記事{number}", date=f"2024-01-{number:02}")
        for number in range(1, 10)
    }
    build = make_build(tmp_path / "a")
    build(texts, builder=builder)
    written: list[str] = []
    own = StandaloneHTMLBuilder.write_doc

    def write_doc(self: StandaloneHTMLBuilder, docname: str, doctree: nodes.document) -> None:
        written.append(docname)
        own(self, docname, doctree)

    monkeypatch.setattr(StandaloneHTMLBuilder, "write_doc", write_doc)
    new = {"posts/10.md": post(title="いちばん新しい", date="2024-01-10")}
    second = build(new, builder=builder)
    assert {"posts/10", "posts/9"} <= set(written)
    assert not {"posts/1", "posts/2"} & set(written)
    clean = make_build(tmp_path / "b")(texts | new, builder=builder)
    names = sorted(name for name in clean.files() if name.endswith(".html"))
    assert {name: text_of(second, name) for name in names} == {n: text_of(clean, n) for n in names}
    old = "posts/1.html" if builder == "html" else "posts/1/index.html"
    assert "いちばん新しい" in text_of(second, old)


def test_a_template_of_the_site_s_own_that_shows_the_sidebar_has_pages_written_again(
    tmp_path: Path,
) -> None:
    template = '{% extends "!layout.html" %}{% block footer %}{{ super() }}{{ blog_sidebar.recent[0].title }}{% endblock %}'
    files = {"_templates/layout.html": template, "posts/1.md": post(title="一つ目")}
    build = make_build(tmp_path)
    first = build(files, templates_path=[str(tmp_path / "src" / "_templates")])
    assert text_of(first, "posts/1.html").rstrip().count("一つ目")
    new = {"posts/2.md": post(title="二つ目", date="2024-12-01")}
    second = build(new, templates_path=[str(tmp_path / "src" / "_templates")])
    assert text_of(second, "posts/1.html").partition("</main>")[2].count("二つ目") == 1


def test_the_first_series_gets_its_place_on_every_page(tmp_path: Path) -> None:
    """A page without series has no place for them: it is written again."""
    build = make_build(tmp_path)
    build({"posts/1.md": post(title="一つ目")})
    second = build({"posts/2.md": post(title="二つ目", date="2024-12-01", series="連載の名")})
    side = second.page("posts/1.html").select_one(".tz-side")
    assert side is not None
    assert "連載の名" in side.get_text()
