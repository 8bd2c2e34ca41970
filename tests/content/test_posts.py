"""What the site's own posts say is true: their code runs, their numbers come out of it."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest

from tests.content.markdown import ROOT, Block, blocks, run_blocks
from tsuzuri.reading.charts.cache import SCHEMES, key

AIME = "2024-09-16-aime-2024-i-5"
COMPUTE = "2024-09-19-test-time-compute"
PAGES = sorted(path for name in ("posts", "docs") for path in (ROOT / name).rglob("*.md"))
CHARTS = ROOT / "_charts"


@pytest.fixture(scope="module")
def ran() -> dict[str, Any]:
    """Return both computing posts, run: their names, and what their blocks printed."""
    return {name: run_blocks(ROOT / "posts" / f"{name}.md") for name in (AIME, COMPUTE)}


@pytest.mark.parametrize(("name", "least"), [(AIME, 2), (COMPUTE, 5)])
def test_code_prints_what_the_post_shows(ran: dict[str, Any], name: str, least: int) -> None:
    """A reader who runs the code of a post sees what the post says."""
    _, checked = ran[name]
    assert len(checked) >= least
    for block, shown, printed in checked:
        assert printed == shown, f"{name}.md:{block.line}"


def percent(value: float, digits: int = 1) -> str:
    return f"{100 * value:.{digits}f}%"


NUMBERS = [
    (AIME, "$CE = 107 - e$ である", lambda n: n["found"] == [3]),
    (AIME, "(e + 92)^2 = 9025 = 95^2", lambda n: 92**2 + 25**2 - 8**2 == 9025 == 95**2),
    (AIME, "CE = 107 - 3 = 104", lambda n: 107 - n["found"][0] == 104),
    (AIME, "e(e + 184) = 17 \\times 33 = 561", lambda n: 3 * (3 + 184) == 17 * 33 == 561),
    (AIME, "もう1つの解 $e = -187$", lambda n: (-187 + 92) ** 2 + 8**2 == 92**2 + 25**2),
    (AIME, "$(e + 92)^2 = 8481$", lambda n: n["squared"] == 8481),
    (AIME, "CE = 199 - \\sqrt{8481}", lambda n: 107 + 92 == 199),
    (COMPUTE, "64回の多数決で94.6%", lambda n: percent(n["majority"](64, 0.6)) == "94.6%"),
    (COMPUTE, "40%なら5.4%まで", lambda n: percent(n["majority"](64, 0.4)) == "5.4%"),
    (COMPUTE, "16回の多数決で95%に", lambda n: percent(n["plurality"](16, 0.3, 100), 0) == "95%"),
    (COMPUTE, "16回で81.5%", lambda n: percent(n["best"](16, 0.1)) == "81.5%"),
    (COMPUTE, "64回で99.9%", lambda n: percent(n["best"](64, 0.1)) == "99.9%"),
    (COMPUTE, "何回答えさせても50%で", lambda n: ceiling(0.1) == pytest.approx(0.5)),
    (COMPUTE, "$b = 0.01$ でも $0.91$", lambda n: f"{ceiling(0.01):.2f}" == "0.91"),
    (COMPUTE, "15問の83%はおよそ12.5問", lambda n: abs(15 * 0.83 - 12.5) < 0.1),
    (COMPUTE, "13.9問で、多数決より1.4問", lambda n: round(13.9 - 12.5, 1) == 1.4),
]


def ceiling(b: float, p: float = 0.1, a: float = 0.9) -> float:
    return p * a / (p * a + (1 - p) * b)


@pytest.mark.parametrize(("name", "said", "holds"), NUMBERS, ids=[said for _, said, _ in NUMBERS])
def test_numbers_in_the_text_are_computed(
    ran: dict[str, Any], name: str, said: str, holds: Any
) -> None:
    """A number in a sentence follows from the post's own code, and is still in the sentence."""
    assert said in (ROOT / "posts" / f"{name}.md").read_text(encoding="utf-8")
    assert holds(ran[name][0])


def test_charts_of_the_announcement_show_the_numbers_of_its_table() -> None:
    """A bar never says another number than the table and the text beside it."""
    path = ROOT / "posts" / "2024-09-12-openai-o1.md"
    text = path.read_text(encoding="utf-8")
    code = {block.options["name"]: block.code for block in blocks(path) if block.kind == "{chart}"}
    rows = re.findall(r"^\| ([^|]*) \| pass@1 \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    pairs = re.search(r"^pairs = (.*)$", code["fig-o1-preview"], re.MULTILINE)
    assert pairs is not None
    assert ast.literal_eval(pairs[1]) == {
        "GPT-4o": [float(row[1]) for row in rows],
        "o1-preview": [float(row[2]) for row in rows],
    }
    assert len(rows) == 4
    for block in (block for block in blocks(path) if block.kind == "{chart}"):
        numbers = re.findall(r"(?<![\d.,])\d[\d,]*(?:\.\d)?(?=%|、|。)", block.options["alt"])
        shown = {number.replace(",", "").removesuffix(".0") for number in numbers}
        drawn = {item.removesuffix(".0") for item in re.findall(r"\d+(?:\.\d)?", block.code)}
        assert shown <= drawn, block.options["name"]


@pytest.mark.parametrize("p", [0.3, 0.45, 0.6, 0.9])
@pytest.mark.parametrize("n", [1, 2, 7, 64])
def test_closed_form_agrees_with_the_simulation(ran: dict[str, Any], n: int, p: float) -> None:
    """The formula of the post and its simulation, written apart, give the same curve."""
    names, _ = ran[COMPUTE]
    simulated = names["plurality"](n, p, 1, trials=40_000, seed=7)
    assert simulated == pytest.approx(names["majority"](n, p), abs=0.01)


def charts() -> list[tuple[str, Block, str]]:
    """Return every chart of the posts and docs, with the code that runs before it."""
    found = []
    for path in PAGES:
        code: dict[str, str] = {}
        for block in blocks(path):
            if block.kind == "python" and "name" in block.options:
                code[block.options["name"]] = block.code.rstrip("\n")
            if block.kind == "{chart}":
                after = block.options.get("after", "").split()
                prelude = "\n\n".join(text for name, text in code.items() if name in after)
                found.append((path.name, block, prelude))
    return found


def test_drawings_of_charts_are_committed_and_current() -> None:
    """A fresh clone has every drawing, so that it builds without matplotlib; none is left over."""
    wanted = set()
    for _, block, prelude in charts():
        digest = key({"prelude": prelude, "code": block.code.rstrip("\n")})
        wanted |= {f"{block.options['name']}-{digest}.{scheme}.svg" for scheme in SCHEMES}
    assert len(wanted) >= 8
    assert wanted == {path.name for path in CHARTS.iterdir()}


def test_every_chart_says_what_it_shows() -> None:
    """Who can't see a chart reads its alternative text."""
    assert [name for name, block, _ in charts() if len(block.options.get("alt", "")) < 20] == []
