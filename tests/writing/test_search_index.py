"""The index of a build: whole, of articles only, the same for the same site, made only when needed."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.builders.html import StandaloneHTMLBuilder

from tests.conftest import Build, Site, make_build, post
from tsuzuri.writing.search import pagefind
from tsuzuri.writing.search.bundle import make_index, subject_of
from tsuzuri.writing.search.lexicon import MAGIC
from tsuzuri.writing.search.record import Record, Section

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build

FILES = {
    "posts/a.md": post(
        "最初の段落。\n\n## 見出し\n\n情報理論 $x^2$ と `code`[^1]。\n\n[^1]: 脚注です。",
        tags="[数学]",
    ),
    "posts/b.md": post("二つ目の記事。", title="次"),
    "docs/index.md": "---\norphan: true\n---\n# Docs\n\nSome words.\n",
    "docs/hidden.md": "---\norphan: true\nnosearch: true\n---\n# Hidden\n\nSome words.\n",
}


def fragments(out: Path) -> dict[str, dict[str, Any]]:
    """Return what results are shown from, by URL."""
    found = (gzip.decompress(path.read_bytes()) for path in out.glob("pagefind/fragment/*"))
    pages = [json.loads(content.removeprefix(MAGIC)) for content in found]
    assert len({page["url"] for page in pages}) == len(pages)
    return {page["url"]: page for page in pages}


def index_files(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in (out / "pagefind").rglob("*")
        if path.is_file()
    }


def stamps(out: Path) -> dict[str, int]:
    return {name: (out / name).stat().st_mtime_ns for name in index_files(out)}


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """A site with its search index."""
    return make_build(tmp_path, search=True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_build(tmp_path_factory.mktemp("site"), search=True)(FILES)


def test_articles_are_indexed_and_nothing_else(site: Site) -> None:
    """Lists, tags and the front page come up for every word."""
    assert site.warnings == ()
    assert fragments(site.out).keys() == {"posts/a.html", "posts/b.html", "docs/index.html"}


def test_a_result_is_shown_from_the_text_as_written(site: Site) -> None:
    """Excerpts show formulas' source, footnote marks inside words, or the text split in pairs."""
    page = fragments(site.out)["posts/a.html"]
    assert page["meta"] == {"title": "題"}
    assert (page["date"], page["shownDate"], page["tags"]) == (
        "2024-09-12",
        "2024年9月12日",
        ["数学"],
    )
    (_, _, start), (anchor, heading, text), (*_, note) = page["sections"]
    assert note == "脚注です。"
    assert start == "最初の段落。"
    assert heading == "見出し"
    assert site.article("posts/a.html").select(f"[id='{anchor}']")
    assert text.splitlines()[0] == "情報理論  と code。"


def test_sphinx_builds_no_index_of_its_own(site: Site) -> None:
    """Half of a build's time goes into an index that nobody loads."""
    assert not any("searchindex" in name for name in site.files())


def test_the_output_has_no_ready_made_interfaces(site: Site) -> None:
    names = {name for name in index_files(site.out) if "/" not in name.removeprefix("pagefind/")}
    kinds = {name.rpartition(".")[0].partition("/")[2].split("_")[0] for name in names}
    assert kinds == {
        "pagefind",
        "pagefind-entry",
        "pagefind.en",
        "tsuzuri-facets",
        "wasm.en",
    }


def test_the_same_site_gives_the_same_bytes(site: Site, tmp_path: Path) -> None:
    """A deploy uploads the whole index although nothing has changed."""
    again = make_build(tmp_path, search=True)(FILES)
    assert index_files(again.out) == index_files(site.out)


def test_nothing_is_done_when_nothing_has_changed(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = build(FILES).out
    before = stamps(out)
    monkeypatch.setattr(pagefind, "get_executable", lambda: "/nonexistent")
    assert build().warnings == ()
    assert stamps(out) == before


@pytest.mark.parametrize(
    "change",
    [
        {"posts/b.md": None},
        {"posts/b.md": post("書き直した。", title="次")},
        {"posts/b.md": post("二つ目の記事。", title="次", tags="[新]")},
        {"posts/b.md": post("二つ目の記事！", title="次")},
        {"posts/c.md": post("三つ目。", title="三")},
        {"posts/b.md": None, "posts/sub/b.md": post("二つ目の記事。", title="次")},
    ],
    ids=["deleted", "edited", "tagged", "punctuation", "added", "moved"],
)
def test_an_incremental_index_is_that_of_a_clean_build(
    build: Build, tmp_path: Path, change: dict[str, str | bytes | None]
) -> None:
    """A reader finds the post as it was, or one that is gone."""
    build(FILES)
    after = build(change).out
    files = {name: text for name, text in {**FILES, **change}.items() if text is not None}
    clean = make_build(tmp_path / "clean", search=True)(files).out
    assert index_files(after) == index_files(clean)


def test_a_missing_text_is_taken_from_the_doctree(build: Build, tmp_path: Path) -> None:
    """A cache that lost a file loses the post from the search."""
    site = build(FILES)
    before = index_files(site.out)
    (site.out / "pagefind/pagefind-entry.json").unlink()
    (tmp_path / "doctrees/tsuzuri-search/posts/b.pickle").unlink()
    assert index_files(build().out) == before


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("#!/bin/sh\necho 'out of words' >&2\nexit 3\n", "ended with status 3: out of words"),
        ("#!/nonexistent/sh\n", "can't be run"),
    ],
)
def test_a_failure_is_named_and_the_old_index_stays(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    """The search of a published site breaks, and nobody is told why."""
    out = build(FILES).out
    before = index_files(out)
    broken = tmp_path / "broken"
    broken.write_text(script)
    broken.chmod(0o755)
    monkeypatch.setattr(pagefind, "get_executable", lambda: broken)
    site = build({"posts/b.md": post("新しい serendipity。", title="次")})
    (warning,) = site.warnings
    assert "the search index was not made: Pagefind" in warning
    assert said in warning
    assert "[tsuzuri.search]" in warning
    assert index_files(out) == before
    monkeypatch.undo()
    assert build().warnings == ()
    assert index_files(out) != before


def test_a_failed_build_leaves_the_index(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in one post takes the search of all others down."""
    out = build(FILES).out
    before = index_files(out)

    def fail(*_: object) -> None:
        raise RuntimeError("no disk")

    monkeypatch.setattr(StandaloneHTMLBuilder, "write_doc", fail)
    with pytest.raises(RuntimeError, match="no disk"):
        build({"posts/b.md": post("壊れる。")})
    assert index_files(out) == before


def test_a_killed_publication_is_taken_up_again(build: Build, tmp_path: Path) -> None:
    """A build killed between two files leaves an index that says it is whole."""
    out = build(FILES).out
    whole = index_files(out)
    (note,) = (tmp_path / "doctrees").glob("tsuzuri-indexed-*.json")
    note.unlink()
    (stage,) = (path for path in (tmp_path / "doctrees").glob("tsuzuri-stage-*") if path.is_dir())
    (stage / "pagefind/index/stale.pf_index").write_text("")
    next(stage.glob("pagefind/fragment/*")).unlink()
    assert build().warnings == ()
    assert index_files(out) == whole


def test_hostile_titles_and_tags_are_no_markup(tmp_path: Path) -> None:
    """A tag such as `"><script>` breaks the page that Pagefind reads, and with it the index."""
    hostile = '"></body><b>&amp;太字</b>'
    records = [
        Record(
            "a", "a.html", hostile, (Section("", hostile, hostile),), "2024-01-01", "", (hostile,)
        )
    ]
    make_index(subject_of(records, "ja"), tmp_path / "pagefind", tmp_path / "memory")
    (page,) = fragments(tmp_path).values()
    (facet,) = json.loads((tmp_path / "pagefind/tsuzuri-facets.json").read_text("utf-8"))["tag"]
    assert facet[:2] == [hostile, 1]
    assert page["meta"]["title"] == hostile


def test_the_search_page_and_its_description(site: Site) -> None:
    page = site.page("search.html")
    assert page.select_one("[data-tz-search-page] noscript")
    link = site.page("posts/a.html").select_one(
        "link[type='application/opensearchdescription+xml']"
    )
    assert link
    assert link["href"] == "../opensearch.xml"
    assert 'template="https://blog.example/search.html?q={searchTerms}"' in site.text(
        "opensearch.xml"
    )
