"""Formulas, from what is written to what a reader gets."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest

from tsuzuri.writing.formula_cache import FormulaCache, key_of
from tsuzuri.writing.formula_domain import Formulas
from tsuzuri.writing.formulas import Formula, excerpt, prepare
from tsuzuri.writing.katex_assets import style
from tsuzuri.writing.katex_engine import FOLDER, GAVE_UP, VERSION, Rendered, render
from tsuzuri.writing.math import latex_macros

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build, Site

PAGE = r"""# 数式

文中の $E = mc^2$ と、番号のない式。

$$
\sum_{i=1}^{n} x_i
$$

番号のある式は {eq}`euler` です。

$$
e^{i\pi} + 1 = 0
$$ (euler)

\begin{align}
a &= b \\
c &= d
\end{align}
"""

PREPARED = [
    ("a", False, "a"),
    ("a + b", True, "a + b"),
    (r"a \\ b", True, r"\begin{split}a \\ b\end{split}"),
    ("a &= b", True, r"\begin{split}a &= b\end{split}"),
    ("a\n\nb", True, r"\begin{gathered}a\\ b\end{gathered}"),
    ("a &= b\n\nc &= d", True, r"\begin{aligned}a &= b\\ c &= d\end{aligned}"),
    (r"\label{x}a", True, "a"),
    (r"\begin{pmatrix}1 & 2\\3 & 4\end{pmatrix}", True, None),
    (r"\begin{align}a &= b\end{align}", True, r"\begin{align*}a &= b\end{align*}"),
    (r"\begin{multline}a\\b\end{multline}", True, r"\begin{gather*}a\\b\end{gather*}"),
    (r"x_{\text{A \& B}}", True, None),
    (
        "\\begin{align}a\\end{align}\n\nb",
        True,
        r"\begin{gathered}\begin{aligned}a\end{aligned}\\ b\end{gathered}",
    ),
]


@pytest.mark.parametrize(("text", "display", "tex"), PREPARED)
def test_what_katex_is_given(text: str, display: bool, tex: str | None) -> None:
    """Labels, blank lines and numbered environments would make KaTeX fail or count twice."""
    prepared = prepare(Formula(text, display=display))
    assert (text if tex is None else tex) == prepared.tex
    assert not render([prepared], {})[0].error


@pytest.mark.parametrize(("text", "display", "_tex"), PREPARED)
def test_the_way_back_to_the_text(text: str, display: bool, _tex: str | None) -> None:
    """A mistake is shown where the writer made it, whatever was changed around it."""
    prepared = prepare(Formula(text, display=display))
    for position, character in enumerate(prepared.tex):
        at = prepared.written_at(position)
        inserted = any(edit.new and character in edit.new for edit in prepared.edits)
        assert inserted or text[at] == character


def test_an_environment_without_wrapping_is_left_as_it_is() -> None:
    text = "a\n\nb &= c"
    assert text == prepare(Formula(text, display=True, nowrap=True)).tex


def test_excerpt_is_one_line() -> None:
    assert excerpt("a\n\\frc b", 2) == r"a ⟨here⟩\frc b"


def test_mathml_alone() -> None:
    rendered = render([prepare(Formula("x^2"))], {})[0]
    assert re.fullmatch(r"<math .*x\^2</annotation></semantics></math>", rendered.mathml)
    assert 'class="katex-html" aria-hidden="true"' in rendered.html


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\includegraphics{http://example.com/a.png}",
        r"\htmlData{a=b}{x}",
        r"\text{<script>alert(1)</script>}",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_a_formula_brings_no_markup_of_its_own(tex: str) -> None:
    """KaTeX's commands for links, images and attributes are off."""
    rendered = render([prepare(Formula(tex))], {})[0]
    for word in ("<script", "<img", "href=", "data-a"):
        assert word not in rendered.html


def test_macros_do_not_reach_the_next_formula() -> None:
    first, second, third = render(
        [prepare(Formula(text)) for text in (r"\gdef\R{r}\R", r"\R", r"\N{3}")],
        {r"\R": r"\mathbb{R}", r"\N": r"\mathcal{N}_{#1}"},
    )
    assert not any(item.error for item in (first, second, third))
    assert "mathbb" in second.html or "ℝ" in second.mathml
    assert "𝒩" in third.mathml or "script" in third.mathml


def test_an_error_says_where() -> None:
    """Positions count characters, also after one that JavaScript counts twice."""
    text = r"\text{𠮷} + \frc{1}"
    rendered = render([prepare(Formula(text))], {})[0]
    assert r"Undefined control sequence: \frc" in rendered.error
    assert text.index(r"\frc") == rendered.position


def test_a_formula_that_breaks_the_engine_is_the_only_one_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Deep nesting, endless macros: an error each; and the formulas around them are whole."""
    texts = ["a", "{" * 20000 + "}" * 20000, "b", r"\x", "c"]
    results = render([prepare(Formula(text)) for text in texts], {r"\x": r"\x\x"})
    assert [bool(item.error) for item in results] == [False, True, False, True, False]


def test_a_dead_engine_costs_one_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is killed at one formula; the others are rendered by the next process."""
    import tsuzuri.writing.katex_engine as engine

    real = engine.run

    def run(formulas, macros, batch):  # type: ignore[no-untyped-def]
        """Die at the formula named `deadly`, as V8 does when its memory is full."""
        names = [item.tex for item in formulas]
        end = names.index("deadly") if "deadly" in names else len(names)
        return real(formulas[: end - end % batch], macros, batch)

    monkeypatch.setattr(engine, "run", run)
    texts = ["a", "b", "deadly", "c", "d"]
    results = render([prepare(Formula(text)) for text in texts], {})
    assert [item.error for item in results] == ["", "", GAVE_UP, "", ""]
    assert "d" in results[-1].html


def test_the_version_is_that_of_the_file() -> None:
    """The version is part of every key of the cache; a new KaTeX must not meet old results."""
    assert f'version:"{VERSION}"' in (FOLDER / "katex.min.js").read_text(encoding="utf-8").replace(
        "version: ", "version:"
    )


def test_cache_keeps_and_forgets(tmp_path: Path) -> None:
    cache = FormulaCache(tmp_path / "deep" / "formulas.sqlite")
    results = {"a": Rendered("<math></math>"), "b": Rendered(error="no", position=3)}
    cache.store(results)
    assert results == cache.load(["a", "b", "c"])
    cache.prune(["b"])
    assert {"b": results["b"]} == cache.load(["a", "b"])


def test_formulas_that_no_one_writes_any_more_go_when_they_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    formulas = Formulas(cache=FormulaCache(tmp_path / "formulas.sqlite"))
    assert formulas.ready([Formula("a"), Formula("b")])
    assert not formulas.ready([Formula("a"), Formula("b")])
    formulas.prune([Formula("b")])
    assert formulas.cache is not None
    assert formulas.cache.size() == 2
    monkeypatch.setattr("tsuzuri.writing.formula_domain.SPARE", 0)
    formulas.prune([Formula("b")])
    assert formulas.cache.size() == 1


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "formulas.sqlite"
    path.write_bytes(b"not a database" * 1000)
    assert FormulaCache(path).load(["a"]) == {}


def test_keys_differ_by_what_makes_a_difference() -> None:
    inline, display = prepare(Formula("a")), prepare(Formula("a", display=True))
    keys = {key_of(inline, {}), key_of(display, {}), key_of(inline, {r"\a": "b"})}
    assert len(keys) == 3


def test_style_names_only_fonts_that_are_there() -> None:
    fonts = set(re.findall(r"url\(fonts/([^)]+)\)", style()))
    assert fonts == {path.name for path in (FOLDER / "fonts").iterdir()}


def test_ten_thousand_formulas() -> None:
    """Measured at 3 s of CPU; the limit leaves room for a slow machine."""
    import resource

    formulas = [
        prepare(Formula(rf"\frac{{{i}}}{{b_{{{i}}}}} + \sqrt{{x^2 + {i}}}", display=True))
        for i in range(10_000)
    ]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.process_time()
    results = render(formulas, {})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = time.process_time() - start + sum(after[:2]) - sum(before[:2])
    assert not any(item.error for item in results)
    assert seconds < 15


def test_latex_gets_the_macros() -> None:
    text = latex_macros({r"\R": r"\mathbb{R}", r"\set": r"\{#1 \mid #2\}"})
    assert r"\renewcommand{\set}[2]{\{#1 \mid #2\}}" in text
    assert r"\renewcommand{\R}{\mathbb{R}}" in text


def test_a_page_with_formulas(build: Build) -> None:
    """Rendered, numbered, referred to, with style and fonts and no script of others."""
    site = build({"math.md": PAGE, "plain.md": "# 式なし\n\n本文。\n"})
    page = site.article("math.html")
    assert len(page.select(".katex")) == 4
    assert len(page.select("annotation[encoding='application/x-tex']")) == 4
    assert [item.get_text().removesuffix("#") for item in page.select(".eqno")] == ["(1)", "(2)"]
    assert page.select_one("a[href='#equation-euler']").get_text() == "(1)"
    assert "_static/katex/formulas.css" in site.text("math.html")
    fonts = [str(link["href"]) for link in site.page("math.html").select("link[rel=preload]")]
    assert [font.rpartition("/")[2] for font in fonts] == [
        "KaTeX_Main-Regular.woff2",
        "KaTeX_Math-Italic.woff2",
    ]
    assert all((site.out / font).is_file() for font in fonts)
    for script in site.page("math.html").select("script[src]"):
        assert "mathjax" not in str(script["src"]).lower()
    assert "katex" not in site.text("plain.html")
    assert "_static/katex/fonts/KaTeX_Main-Regular.woff2" in site.files()


def test_a_numbered_environment_is_referred_to_by_its_label(build: Build) -> None:
    """And one without gets the same id at every build, not a random one."""
    text = (
        "# 題\n\n{eq}`loss` を見よ。\n\n\\begin{align}\n\\label{loss} a &= b\n\\end{align}\n\n"
        "\\begin{equation}\nc\n\\end{equation}\n"
    )
    page = build({"math.md": text}).article("math.html")
    assert [item["id"] for item in page.select("div.math")] == ["equation-loss", "equation-math-9"]
    assert page.select_one("a[href='#equation-loss']").get_text() == "(1)"


def test_without_formulas_nothing_is_laid_out(build: Build) -> None:
    """And the last formula's removal takes style and fonts away."""
    assert any("katex" in name for name in build({"math.md": PAGE}).files())
    assert not any("katex" in name for name in build({"math.md": "# 題\n"}).files())


def test_a_formula_that_katex_cannot_read(build: Build) -> None:
    """File, line and position are named, once; the page shows the source."""
    text = "# 題\n\n前。\n\n$$\na + b \\\\\n\\frc{1}{2}\n$$\n\n後の $<b>x_{$ です。\n"
    site = build({"math.md": text})
    first, second = (item for item in site.warnings if "KaTeX" in item)
    assert first.startswith("math.md:7: WARNING: KaTeX can't read this formula at character 10")
    assert r"⟨here⟩\frc{1}{2}" in first
    assert first.endswith("[tsuzuri.formula]")
    assert second.startswith("math.md:10: ")
    sources = [item.get_text() for item in site.article("math.html").select(".formula-source")]
    assert sources == ["a + b \\\\\n\\frc{1}{2}", "<b>x_{"]


def test_the_second_build_renders_nothing_again(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    build({"math.md": PAGE})

    def fail(*_args: object) -> None:
        raise AssertionError("KaTeX was run for a formula that is kept")

    monkeypatch.setattr("tsuzuri.writing.formula_domain.begun", fail)
    site = build({"math.md": PAGE + "\n後。\n"})
    assert len(site.article("math.html").select(".katex")) == 4


def test_parallel_reading_and_writing(build: Build) -> None:
    pages = {f"p{i}.md": PAGE.replace("euler", f"euler{i}") for i in range(12)}
    site = build(pages, parallel=2)
    assert all(len(site.article(f"p{i}.html").select(".katex")) == 4 for i in range(12))


def test_another_renderer_is_left_alone(build: Build) -> None:
    site = build({"math.md": PAGE}, html_math_renderer="mathjax")
    assert not site.article("math.html").select(".katex")
    assert not any("katex" in name for name in site.files())


def site_text(site: Site, suffix: str) -> str:
    return "".join(site.text(name) for name in sorted(site.files()) if name.endswith(suffix))


def test_epub_has_mathml(build: Build) -> None:
    """Readers of books know MathML, and have none of KaTeX's fonts."""
    site = build({"math.md": PAGE}, builder="epub", version="1")
    text = site.text("math.xhtml")
    assert text.count("<math ") == 4
    assert "katex" not in text


def test_latex_counts_an_environment_once(build: Build) -> None:
    """As the page does: `{eq}` would otherwise name a number that no page shows."""
    site = build(
        {"index.md": PAGE + "\n\\begin{align}\\label{two} x &= y \\\\ z &= w\\end{align}\n"},
        builder="latex",
    )
    text = "".join(site_text(site, ".tex").split())
    assert r"\begin{equation}\label{equation:index:two}\begin{split}\begin{aligned}x&=y" in text
    assert r"\begin{align}" not in text


def test_latex_is_left_alone(build: Build) -> None:
    site = build({"index.md": PAGE}, builder="latex", tsuzuri_math_macros={r"\R": r"\mathbb{R}"})
    text = site_text(site, ".tex")
    assert r"\(E = mc^2\)" in text
    assert r"\renewcommand{\R}{\mathbb{R}}" in text
