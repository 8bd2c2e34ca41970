"""Shortcuts of what is around a page's text: its title and contents, the theme's components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docutils import nodes
from pydata_sphinx_theme import utils
from sphinx.builders.html import StandaloneHTMLBuilder

from tests.conftest import post
from tsuzuri.quick.components import asked_where_it_depends
from tsuzuri.quick.partials import stays, without_transforms

if TYPE_CHECKING:
    from tests.conftest import Build, Site

ODD = '# 題 `a < b` **強** $x$\n\n## "引用" -- と\n\n### 深い\n\n## 次 & 次\n'


def own_of(function: Any) -> Any:
    return getattr(function, "__wrapped__", function)


@pytest.fixture
def site(build: Build) -> Site:
    files: dict[str, str | bytes | None] = {
        "index.md": f"{post(title='初')}\n",
        "odd.md": ODD,
        "_templates/often.html": "{# say #}",
        "_templates/words.html": "<p>いつも</p>",
        "_templates/blank.html": " \n{# nothing #}\n",
        "_templates/some.html": "{% if pagename == 'odd' %}<p>時々</p>{% endif %}",
    }
    return build(files, templates_path=["_templates"])


def test_titles_are_those_of_sphinx(site: Site) -> None:
    """With code, formulas and quotation marks in them."""
    builder = site.app.builder
    assert isinstance(builder, StandaloneHTMLBuilder)
    own = own_of(StandaloneHTMLBuilder.render_partial)
    quick = without_transforms(own)
    env = site.app.env
    assert len(env.titles) > 1
    for node in env.titles.values():
        assert quick(builder, node.deepcopy()) == own(builder, node.deepcopy())
    assert quick(builder, None) == own(builder, None)


def test_what_the_transforms_change_is_left_to_them(site: Site) -> None:
    """An admonition becomes another node; a setting strips classes."""
    builder: Any = site.app.builder
    settings = builder._settings.copy()
    plain = nodes.title("", "題")
    assert stays(plain, settings)
    assert not stays(nodes.bullet_list("", nodes.list_item("", nodes.note())), settings)
    settings.strip_classes = ["x"]
    assert not stays(plain, settings)


@pytest.mark.parametrize("pagename", ["index", "odd"])
@pytest.mark.parametrize(
    "names", ["often, words.html", ["blank", "some", "words"], ["x/words.html"], []]
)
def test_components_are_left_out_as_the_theme_does(
    site: Site, names: list[str] | str, pagename: str
) -> None:
    """Those that never say anything, those that always do, and those that do on some pages."""
    own = own_of(utils._update_and_remove_templates)
    quick = asked_where_it_depends(own)
    given = (site.app, {"pagename": pagename}, names, "sidebars", ["x/words.html"])
    for _again in range(2):
        assert quick(*given) == own(*given)
