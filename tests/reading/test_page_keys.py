"""What the front matter says about the page itself: abbreviations, contents, formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import post
from tsuzuri.reading.abbreviations import explained

if TYPE_CHECKING:
    from tests.conftest import Build


def test_keys_that_change_a_page(build: Build) -> None:
    """`abbreviations`, `toc` and `math` do what the reference says, in this post and no other."""
    body = "## LLM とは\n\nLLMは LLMs ではない。`LLM` と **LLM**、RL。値段は $a$ と $b$。\n"
    site = build(
        {
            "posts/a.md": post(
                body, abbreviations="{LLM: large language model, RL: x}", toc="false", math="false"
            ),
            "posts/b.md": post(body, title="二"),
        }
    )
    assert site.warnings == ()
    first, second = site.article("posts/a.html"), site.article("posts/b.html")
    marked = [(item.get_text(), item["title"]) for item in first.select("abbr")]
    known = ("LLM", "large language model")
    assert marked == [known, known, ("RL", "x")]
    assert "$a$ と $b$" in first.get_text()
    assert not first.select(".math")
    assert not second.select("abbr")
    assert len(second.select(".math")) == 2
    assert not site.page("posts/a.html").select("#pst-page-toc-nav")
    assert site.page("posts/b.html").select("#pst-page-toc-nav")


@given(
    st.text("abLM はx_", max_size=40),
    st.dictionaries(st.text("aLMは", min_size=1, max_size=4), st.just("x"), min_size=1, max_size=4),
)
def test_no_text_is_lost(text: str, abbreviations: dict[str, str]) -> None:
    """Whatever is explained, the text reads the same."""
    pieces = list(explained(text, abbreviations))
    assert "".join(piece.astext() for piece in pieces) == text


def test_a_line_in_a_list_or_a_box(build: Build) -> None:
    """What Hugo and Zenn allow inside a notice is no reason for a warning."""
    body = "- a\n\n  ---\n\n> b\n>\n> ---\n\n:::{note}\nc\n\n---\n\nd\n:::\n\n---\n\ne\n"
    site = build({"posts/a.md": post(body)})
    assert site.warnings == ()
    article = site.article("posts/a.html")
    for place in ("li", "blockquote", ".admonition"):
        assert len(article.select(f"{place} hr")) == 1, place
