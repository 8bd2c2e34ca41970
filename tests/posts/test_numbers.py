"""Figures, tables and equations of posts are numbered and can be referred to, across posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import post
from tsuzuri.posts.numbers import number_outside_toctrees, numbers

if TYPE_CHECKING:
    from tests.conftest import Build

FIGURES = """
$$ x = 1 $$ (eq-one)

$$ y = 2 $$ (eq-two)

```{table} 表題
:name: tab-one

| a | b |
|---|---|
| 1 | 2 |
```
"""
REFERENCES = "{eq}`eq-two` と {numref}`tab-one` を見る。"


def test_numbers_count_each_type() -> None:
    """Figures and tables are counted apart, in the order of the text."""
    counted = numbers({"figure": ["a", "b"], "table": ["c"]})
    assert counted == {"figure": {"a": (1,), "b": (2,)}, "table": {"c": (1,)}}


def test_what_a_toctree_numbers_stays() -> None:
    """The docs keep the numbers that their place in the tree gives them."""
    numbered: dict[str, dict[str, dict[str, tuple[int, ...]]]] = {"docs/a": {"figure": {"x": (7,)}}}
    both = {"docs/a": {"tsuzuri_figures": {"figure": ["x"]}}, "posts/b": {}}
    number_outside_toctrees(both, numbered)
    assert numbered == {"docs/a": {"figure": {"x": (7,)}}}


@pytest.mark.parametrize("parallel", [1, 2])
def test_another_post_refers_by_number(build: Build, parallel: int) -> None:
    """A reader of the second post finds "式 (2)" of the first."""
    others = {f"posts/n{i}.md": post(f"その{i}") for i in range(8)}
    site = build(
        {"posts/a.md": post(FIGURES), "posts/b.md": post(REFERENCES), **others},
        parallel=parallel,
        numfig=True,
    )
    assert site.warnings == ()
    links = site.article("posts/b.html").select("a.reference.internal[href*='a.html#']")
    assert [link.get_text() for link in links][:2] == ["(2)", "表\u00a01"]
    assert site.article("posts/a.html").select_one("#equation-eq-two .eqno").get_text()[:3] == "(2)"


def test_numbers_survive_an_edit_elsewhere(build: Build) -> None:
    """Nothing is renumbered or lost when another post is edited."""
    build({"posts/a.md": post(FIGURES), "posts/b.md": post(REFERENCES)}, numfig=True)
    site = build({"posts/b.md": post(REFERENCES + "追記。")}, numfig=True)
    assert site.warnings == ()
    text = site.article("posts/b.html").get_text()
    assert "(2)" in text
    assert "表\u00a01" in text
