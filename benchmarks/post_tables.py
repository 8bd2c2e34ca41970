"""The measured figures that the blog's own post shows, as tables in Japanese.

They are written from the same data as the tables of the documentation, whenever it is measured
anew, and the post includes them: text and figures can't disagree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

TIMES = "post-times.txt"
WEIGHTS = "post-weights.txt"
SCENARIOS = {
    "cold": "初めから全部作る",
    "unchanged": "何も変えずに、もう一度作る",
    "edit": "1記事を直して作る",
    "new": "新しい記事を足して作る",
    "live": "書きながら: 保存してから画面に出るまで",
}
SITES = {"tsuzuri": "綴り", "plain stack": "部品のまま"}
PAGES = {"Index": "一覧", "Post": "記事"}


def times(data: dict[str, Any]) -> str:
    """Return how long our builds take: a row a scenario, a column a number of posts."""
    ours = [item for item in data["results"] if item["tool"] == "tsuzuri"]
    ours.sort(key=lambda item: item["posts"])
    machine = data["machine"]
    rows = [
        [text, *(seconds(item["scenarios"].get(name)) for item in ours)]
        for name, text in SCENARIOS.items()
        if any(name in item["scenarios"] for item in ours)
    ]
    rows.append(
        ["使ったメモリ（最大のプロセス）", *(f"{most_memory(item):,.0f}MB" for item in ours)]
    )
    return table(
        f"サイトを作るのにかかる時間（中央値、{machine['processor']} の{machine['cores']}コア）",
        "tab-build-times",
        ["", *(f"{item['posts']:,}記事" for item in ours)],
        rows,
    )


def seconds(scenario: dict[str, Any] | None) -> str:
    """Return a scenario's median."""
    return f"{scenario['median_s']:.1f}秒" if scenario else "—"


def most_memory(item: dict[str, Any]) -> float:
    """Return the most memory that any scenario of *item* took, in MB."""
    return float(max(run["rss_mb"] for run in item["scenarios"].values()))


def weights(known: dict[str, list[dict[str, Any]]]) -> str:
    """Return what a first visit loads of a list and of a post, ours beside the plain stack's."""
    rows = [
        [
            PAGES[result["page"]],
            SITES[site],
            f"{result['weight']['bytes'] / 1000:,.0f}kB",
            str(result["weight"]["requests"]),
            str(result["lighthouse"].get("performance", "—")),
        ]
        for page in PAGES
        for site in SITES
        for result in known.get(site, [])
        if result["page"] == page
    ]
    return table(
        "はじめて開いたときに届く量と、Lighthouse の性能の点数（100点満点）",
        "tab-weights",
        ["ページ", "作り方", "届く量", "通信回数", "性能"],
        rows,
    )


def table(caption: str, name: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a numbered table, all columns of numbers to the right."""
    head = list(head)
    marks = [":--" if cell in {"", "ページ", "作り方"} else "--:" for cell in head]
    lines = [row(head), row(marks)]
    lines += [row(cells) for cells in rows]
    body = "\n".join(lines)
    return f"```{{table}} {caption}\n:name: {name}\n\n{body}\n```\n"


def row(cells: Iterable[str]) -> str:
    """Return one line of a Markdown table."""
    return f"| {' | '.join(cells)} |"
