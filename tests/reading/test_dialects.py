"""What writers of GitHub, Zenn and Qiita write becomes what they mean by it.

Each case of ``tests/cases/dialect-*.md`` is a construct as its tool's guide describes it; the
expected HTML is the article's, without what only serves the page: permalinks, copy buttons and
the colours of code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Comment, Tag

from tests.cases import Case, cases_of, read_cases
from tests.conftest import make_build

if TYPE_CHECKING:
    from tests.conftest import Site

DIALECTS = ("github", "zenn", "qiita", "pasted")
CARDS = """{
  "https://example.com/known": {
    "title": "知られた題", "description": "説明文です。", "site": "見本の新聞",
    "image": "_fetched/a.png", "fetched": "2024-09-12T00:00:00+09:00"
  }
}"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8"
    "cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
SERVES_THE_PAGE = ".tz-copy, .headerlink, .highlight .linenos"
COLOURED = re.compile(r"tz-g[id]|hll|gp")


def page_of(cases: list[Case]) -> str:
    """Return one page with a section for each case."""
    head = "---\ntitle: 事例\norphan: true\n---\n\n"
    return head + "\n".join(f"## c{number}\n\n{case.source}" for number, case in enumerate(cases))


def classes_of(element: Tag) -> list[str]:
    """Return the classes of *element*."""
    return list(element.get("class") or ())


def tidy(section: Tag) -> str:
    """Return the HTML of *section* below its heading, without what only serves the page."""
    for element in section.select(f"{SERVES_THE_PAGE}, h2"):
        element.decompose()
    for comment in section.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for formula in section.select(".katex-display, .katex"):
        if annotation := formula.find("annotation"):
            formula.replace_with(annotation.get_text())
    for image in section.select("img"):
        image.attrs = {name: image[name] for name in ("alt", "title") if name in image.attrs}
        parent = image.parent
        if parent is not None and parent.name == "a" and "internal" in classes_of(parent):
            parent.unwrap()
    for span in section.select(".highlight span"):
        if not any(COLOURED.match(name) for name in classes_of(span)):
            span.unwrap()
    html = "".join(str(child) for child in section.children)
    return re.sub(r"\n{2,}", "\n", html).strip() + "\n"


def build_dialects(folder: object) -> Site:
    """Build a site with a page for each dialect."""
    files: dict[str, str | bytes | None] = {
        f"docs/{name}.md": page_of(read_cases(f"dialect-{name}.md")) for name in DIALECTS
    }
    files |= {"_fetched/cards.json": CARDS, "_fetched/a.png": PIXEL, "docs/a.png": PIXEL}
    build = make_build(folder)  # type: ignore[arg-type] # a Path, as pytest gives it
    return build(files, tsuzuri_ruby=True)


def section_of(site: Site, dialect: str, case: Case) -> str:
    """Return what became of *case*."""
    number = read_cases(f"dialect-{dialect}.md").index(case)
    section = BeautifulSoup(site.text(f"docs/{dialect}.html"), "lxml").select_one(f"#c{number}")
    assert section is not None
    return tidy(section)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return build_dialects(tmp_path_factory.mktemp("dialects"))


@cases_of("dialect-github.md")
def test_github(site: Site, case: Case) -> None:
    assert section_of(site, "github", case) == case.expected


@cases_of("dialect-zenn.md")
def test_zenn(site: Site, case: Case) -> None:
    assert section_of(site, "zenn", case) == case.expected


@cases_of("dialect-qiita.md")
def test_qiita(site: Site, case: Case) -> None:
    assert section_of(site, "qiita", case) == case.expected


@cases_of("dialect-pasted.md")
def test_pasted(site: Site, case: Case) -> None:
    assert section_of(site, "pasted", case) == case.expected


def test_each_unknown_name_is_told_with_the_nearest_known(site: Site) -> None:
    told = [line.split("WARNING: ")[1] for line in site.warnings]
    assert told == WARNINGS


def test_notes_in_a_line_are_footnotes(site: Site) -> None:
    notes = site.article("docs/zenn.html").select("aside.footnote")
    assert [note.p.get_text() for note in notes] == ["注の中身と強調。", "二つ目。"]
    back = notes[0].select_one("a[role=doc-backlink]")
    assert site.article("docs/zenn.html").select_one(back["href"])["href"] == f"#{notes[0]['id']}"


WARNINGS = [
    "no highlighting is known for the language 'pyhton'; did you mean 'python'? [tsuzuri.unknown-language]",
    "a script is left out (javascript:alert(1)); set `tsuzuri_allow_scripts = True` if every writer of the site may run scripts [tsuzuri.script]",
    "a script is left out (written in the post); set `tsuzuri_allow_scripts = True` if every writer of the site may run scripts [tsuzuri.script]",
    "a script is left out (https://evil.example/a.js); set `tsuzuri_allow_scripts = True` if every writer of the site may run scripts [tsuzuri.script]",
    "a script is left out (written in the post); set `tsuzuri_allow_scripts = True` if every writer of the site may run scripts [tsuzuri.script]",
    "a script is left out (written in the post); set `tsuzuri_allow_scripts = True` if every writer of the site may run scripts [tsuzuri.script]",
    "a script is left out (http://[); set `tsuzuri_allow_scripts = True` if every writer of the site may run scripts [tsuzuri.script]",
    "`@[card]` can't show 'http://['; write the page's whole address [tsuzuri.unknown-embed]",
    "a script is left out (https://evil.example/b.js); set `tsuzuri_allow_scripts = True` if every writer of the site may run scripts [tsuzuri.script]",
    "no block is called `:::mesage`; did you mean 'message'? [tsuzuri.unknown-block]",
    "nothing is embedded by `@[yotube]`; did you mean 'youtube'? [tsuzuri.unknown-embed]",
    "`@[youtube]` can't show '短い'; write the page's whole address [tsuzuri.unknown-embed]",
]
