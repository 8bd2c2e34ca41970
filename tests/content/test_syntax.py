"""The syntax reference says what the parser does."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag

from tests.conftest import make_build, post
from tests.content.markdown import ROOT, blocks
from tsuzuri.reading.embeds import names

if TYPE_CHECKING:
    from tests.conftest import Site

PAGE = ROOT / "docs" / "reference" / "syntax.md"
FOUND = blocks(PAGE)
PAIRS = [
    (source, shown)
    for source, shown in pairwise(FOUND)
    if (source.kind, shown.kind) == ("markdown", "html")
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A post for each example, beside the posts that they point at."""
    files: dict[str, str | bytes | None] = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in ("posts", "_charts", "inventories")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "how-this-blog" not in path.name
    }
    picture = ROOT / "docs" / "kitchen-sink" / "images" / "mountains.jpg"
    files |= {f"posts/{picture.name}": picture.read_bytes()}
    files |= {f"posts/example-{number}.md": post(pair[0].code) for number, pair in enumerate(PAIRS)}
    return make_build(tmp_path_factory.mktemp("syntax"))(
        files,
        extensions=["tsuzuri", "sphinx.ext.intersphinx"],
        intersphinx_mapping={
            name: (f"https://{name}.example/", f"inventories/{name}.inv")
            for name in ("python", "numpy")
        },
        numfig=True,
        tsuzuri_chart_folder="_charts",
        tsuzuri_ruby=True,
    )


def plain(element: Tag) -> str:
    """Return the text of *element*, without what a pointer brings up."""
    for extra in element.select("a.headerlink"):
        extra.extract()
    return re.sub(r"\s+", " ", element.get_text()).strip()


def is_like(built: Tag, shown: Tag) -> bool:
    """Tell whether *built* has the attributes, classes and text of *shown*."""
    attributes = dict(shown.attrs)
    classes = set(attributes.pop("class", ()))
    return (
        classes <= set(built.get("class") or ())
        and all(built.get(name) == value for name, value in attributes.items())
        and (not plain(shown) or plain(built) == plain(shown))
    )


@pytest.mark.parametrize(
    "number", range(len(PAIRS)), ids=[f"line {pair[0].line}" for pair in PAIRS]
)
def test_an_example_becomes_what_the_page_says(site: Site, number: int) -> None:
    """A writer gets what the reference promises, without a warning."""
    name = f"posts/example-{number}"
    assert [said for said in site.warnings if said.startswith(f"{name}.md")] == []
    article = site.article(f"{name}.html")
    shown = BeautifulSoup(PAIRS[number][1].code, "html.parser")
    missing = [
        str(wanted)
        for wanted in shown.find_all(recursive=False)
        if not any(is_like(built, wanted) for built in article.find_all(wanted.name))
    ]
    assert missing == [], article.select_one(".tz-text, section") or article


def test_every_example_says_what_it_becomes() -> None:
    assert len(PAIRS) == sum(block.kind == "markdown" for block in FOUND) >= 18


def test_services_are_those_known() -> None:
    """Who wants to embed something finds whether it can be."""
    (line,) = re.findall(r"^Services: (.*)\.$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"`([a-z]+)`", line)) == set(names())
