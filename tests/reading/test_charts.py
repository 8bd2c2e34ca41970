"""A chart is drawn once, from code in the post, and kept; what fails says where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import post
from tsuzuri.reading.charts import cache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Build
    from tsuzuri.reading.charts.draw import Request

ON: dict[str, Any] = {"tsuzuri_chart_folder": "_charts", "numfig": True}
PLOT = "import matplotlib.pyplot as plt\nplt.plot(values)\nplt.title('二乗の図')\n"


def chart(code: str = PLOT, **options: str) -> str:
    """Return a post with a block of values and a chart that uses it."""
    lines = {"name": "fig-square", "caption": "二乗", "alt": "右上がりの曲線。", **options}
    head = "".join(f":{name.replace('_', '-')}: {value}\n" for name, value in lines.items())
    values = (
        "```{code-block} python\n:name: code-values\n\nvalues = [x * x for x in range(9)]\n```\n"
    )
    return post(f"{values}\n```{{chart}}\n{head}\n{code}```\n\n{{numref}}`fig-square`のとおり。")


REQUEST: Request = {"prelude": "values = [x * x for x in range(9)]", "code": PLOT.rstrip()}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the drawings of the chart of all tests, which is drawn once."""
    folder = tmp_path_factory.mktemp("drawn")
    cache.chart_files(folder, "fig-square", REQUEST)
    return {f"_charts/{path.name}": path.read_bytes() for path in folder.iterdir()}


def test_chart_has_both_schemes_a_caption_and_a_number(
    build: Build, drawn: dict[str, bytes]
) -> None:
    """A reader sees a numbered figure that fits light and dark pages."""
    site = build({"posts/a.md": chart(after="code-values"), **drawn}, **ON)
    assert site.warnings == ()
    figure = site.article("posts/a.html").find("figure")
    images = figure.find_all("img")
    assert [("only-light" in i["class"], "only-dark" in i["class"]) for i in images] == [
        (True, False),
        (False, True),
    ]
    assert {image["alt"] for image in images} == {"右上がりの曲線。"}
    assert figure.find("figcaption").get_text().strip().startswith("図 1 二乗")
    link = site.article("posts/a.html").find("a", href="#fig-square", class_="reference")
    assert link.get_text() == "図\u00a01"
    for image in images:
        svg = (site.out / "posts" / image["src"]).resolve().read_text(encoding="utf-8")
        assert "<svg" in svg
        assert not re.search(r"<dc:date>|Matplotlib v", svg)


def test_code_is_shown_unless_hidden(build: Build, drawn: dict[str, bytes]) -> None:
    """A writer decides whether readers see how a chart is made."""
    site = build({"posts/a.md": chart(after="code-values"), **drawn}, **ON)
    assert "plt.plot" in site.article("posts/a.html").get_text()
    site = build({"posts/a.md": chart(after="code-values", hide_code="")}, **ON)
    assert "plt.plot" not in site.article("posts/a.html").get_text()


def test_drawn_chart_needs_no_drawing(
    build: Build, drawn: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fresh clone builds without matplotlib, since the drawings came with it."""

    def refuse(_request: object) -> None:
        pytest.fail("drawn again")

    monkeypatch.setattr(cache, "run", refuse)
    assert build({"posts/a.md": chart(after="code-values"), **drawn}, **ON).warnings == ()


def test_changed_code_replaces_the_drawing(build: Build, drawn: dict[str, bytes]) -> None:
    """No drawing of former code is left to be committed."""
    changed = chart(PLOT + "plt.xlabel('x')\n", after="code-values")
    site = build({"posts/a.md": changed, **drawn}, **ON)
    new = {f"_charts/{path.name}" for path in (site.src / "_charts").iterdir()}
    assert len(new) == 2
    assert not set(drawn) & new


def test_same_code_draws_the_same_bytes(drawn: dict[str, bytes]) -> None:
    """A chart that is drawn again on another day does not show up as a change."""
    again = cache.run(REQUEST)
    assert {again["light"].encode(), again["dark"].encode()} == set(drawn.values())


BROKEN: dict[str, tuple[Callable[[], str], str]] = {
    "error": (lambda: chart("x = 1\nplt_typo.plot([1])\n"), r"a\.md:18: .*NameError.*plt_typo"),
    "syntax": (lambda: chart("x = = 1\n"), r"a\.md:17: .*SyntaxError"),
    "no figure": (lambda: chart("x = 1\n"), r"a\.md:\d+: .*leaves no figure"),
    "exit": (lambda: chart("raise SystemExit(3)\n"), r"a\.md:17: .*SystemExit"),
    "unknown block": (lambda: chart(after="code-valeus"), r"no code block named 'code-valeus'"),
    "no name": (lambda: chart(name="図"), r"needs a name"),
    "a path as name": (lambda: chart(name="../../x"), r"needs a name"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_fails_says_where_and_the_page_stays(build: Build, case: str) -> None:
    """A writer is told the line; a reader still has the text and the code."""
    text, expected = BROKEN[case]
    site = build({"posts/a.md": text().replace("{numref}`fig-square`", "図")}, **ON)
    assert len(site.warnings) == 1
    assert re.search(expected, site.warnings[0])
    assert "[tsuzuri.chart]" in site.warnings[0]
    assert "図のとおり。" in site.article("posts/a.html").get_text()


def test_failure_is_reported_until_it_is_mended(build: Build) -> None:
    """The second build does not forget that a chart is missing."""
    text = chart("x = 1\n").replace("{numref}`fig-square`", "図")
    build({"posts/a.md": text}, **ON)
    assert len(build({}, **ON).warnings) == 1


def test_code_is_never_run_unless_asked_for(build: Build, tmp_path: Path) -> None:
    """Building someone's posts does not run what they contain."""
    trace = tmp_path / "ran"
    text = chart(f"open({str(trace)!r}, 'w').write('x')\n")
    site = build({"posts/a.md": text.replace("{numref}`fig-square`", "図")})
    assert "charts are not drawn here" in site.warnings[0]
    assert not trace.exists()


def test_a_book_has_the_light_drawing_alone(build: Build, drawn: dict[str, bytes]) -> None:
    """An e-book does not show the same chart twice."""
    site = build({"posts/a.md": chart(after="code-values"), **drawn}, builder="epub", **ON)
    sources = [str(image["src"]) for image in site.page("posts/a.xhtml").select("figure img")]
    assert len(sources) == 1
    assert ".light." in sources[0]
