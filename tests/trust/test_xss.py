"""No text of a post runs in a reader's browser, wherever it lands."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.browser import served
from tests.conftest import make_build

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from playwright.sync_api import Browser, Dialog

    from tests.conftest import Site

VECTORS = {
    "script": "<script>alert(1)</script>",
    "attribute": "\" onmouseover='alert(2)' x=\"",
    "apostrophe": "' onfocus=alert(3) autofocus='",
    "image": "<img src=x onerror=alert(4)>",
    "svg": "<svg/onload=alert(5)>",
    "closing": "</title></script><script>alert(6)</script>",
    "comment": "--><script>alert(7)</script><!--",
    "cdata": "]]><script>alert(8)</script>",
    "template": "{{ 7*7 }}{% raw %}<b onclick=alert(9)>",
    "entity": "&lt;script&gt;alert(10)&lt;/script&gt;&#x3c;img src=x onerror=alert(10)&#x3e;",
    "unicode": "\u2028alert(11)\u2029＜script＞",
}

LINKS = """\
[一](javascript:alert(1)) [二](JaVaScRiPt:alert(1)) [三](java&#10;script:alert(1))
[四](data:text/html,<script>alert(1)</script>) [五](vbscript:x) <javascript:alert(1)>

![絵](javascript:alert(1)) ![絵](data:text/html;base64,PHNjcmlwdD4=)

[参照]: javascript:alert(1)
[参照] と [[javascript:alert(1)]]

<a href="javascript:alert(1)">六</a> <a href="&#106;avascript:alert(1)" onclick="alert(1)">七</a>
<img src="x.png" onerror="alert(1)"> <iframe srcdoc="<script>alert(1)</script>"></iframe>

<details ontoggle=alert(1) open><summary>八</summary>中</details>
"""

TWO_WAYS = """\
<!--><img src=x onerror=alert(20)>-->

<!-- --!><img src=x onerror=alert(21)> -->

<div><style><b y='</style><img src=x onerror=alert(22)>'></style></div>

文 <style><b y='</style><img src=x onerror=alert(23)>'></style>

<div></a x="><b y='"><img src=x onerror=alert(24)>'></div>

<div><svg><![CDATA[><b y=']]><img src=x onerror=alert(25)>'></svg></div>

<div><a x=\u3000" onmouseover=alert(26) autofocus tabindex=1 onfocus=alert(26) ">字</a></div>

<div><iframe onload=1 src/="javascript:alert(27)"x></iframe></div>

<div><textarea><b y="</textarea><img src=x onerror=alert(28)>"></textarea></div>

<div><svg><style><img src=x onerror=alert(29)></style></svg></div>

<div><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=javascript:alert(30)"></div>

```{raw} html
<img src=x onerror=alert(31)
```

```{raw} html
<style><!--</style><img src=x onerror=alert(32)>--></style>
```
"""
"""What one reader of HTML takes for a comment, a value or a style, and another for tags."""


def attack(vector: str) -> str:
    """Return a post with *vector* in every field and every kind of text."""
    quoted = json.dumps(vector, ensure_ascii=False)
    inline = vector.replace("\n", " ")
    return (
        f"---\ntitle: {quoted}\ndescription: {quoted}\ndate: 2024-01-02\ntags: [{quoted}, 日記]\n"
        f"authors: [{quoted}]\ncategories: [{quoted}]\nseries: {quoted}\nimage_alt: {quoted}\n"
        f"image: pic.png\n---\n\n本文 `{inline}` と ${inline}$。\n\n"
        f"```python\n{vector}\n```\n\n```js title={quoted}\n{vector}\n```\n\n"
        f"| {inline.replace('|', '')} | b |\n|---|---|\n| 一 | 二 |\n\n"
        f"[{inline}](index.md) ![{inline}](pic.png {quoted})\n\n## {inline}\n\n節。\n"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    from benchmarks.posts import image

    files: dict[str, str | bytes] = {
        f"posts/{name}.md": attack(vector) for name, vector in VECTORS.items()
    }
    files["posts/links.md"] = f"---\ntitle: 危ない行き先\ndate: 2024-01-03\n---\n\n{LINKS}"
    files["posts/two-ways.md"] = f"---\ntitle: 二通り\ndate: 2024-01-03\n---\n\n{TWO_WAYS}"
    files["posts/pic.png"] = image(1, 32, 16)
    build = make_build(tmp_path_factory.mktemp("xss"))
    return build({"index.md": "# 試し\n\n```{postlist}\n```\n", **files})


def pages(site: Site) -> dict[str, BeautifulSoup]:
    """Return all pages, parsed."""
    return {name: site.page(name) for name in sorted(site.files()) if name.endswith(".html")}


def test_no_script_of_a_post_is_in_any_page(site: Site) -> None:
    """Neither as an element nor as a handler nor as an address."""
    found = []
    for name, page in pages(site).items():
        for tag in page.find_all(True):
            if tag.name == "script" and re.search(r"\balert\(", tag.get_text()):
                kind = tag.get("type") or ""
                if kind != "application/ld+json":
                    found.append(f"{name}: {tag}")
            for key, value in tag.attrs.items():
                text = value if isinstance(value, str) else " ".join(value)
                plain = re.sub(r"[\s\x00-\x1f]", "", text).lower()
                if key.startswith("on") and "alert" in text:
                    found.append(f"{name}: {key}={text}")
                if key in {"href", "src", "action", "formaction", "xlink:href", "srcdoc"} and (
                    plain.startswith(("javascript:", "vbscript:", "data:text/html"))
                    or "<script" in plain
                ):
                    found.append(f"{name}: {key}={text}")
    assert found == [], "\n".join(found)


def test_structured_data_is_one_value_that_no_text_can_close(site: Site) -> None:
    """A title with ``</script>`` must not end the JSON of search engines."""
    for name, page in pages(site).items():
        for script in page.find_all("script", type="application/ld+json"):
            json.loads(script.get_text())
            assert "</" not in script.get_text(), name
    for name in site.files():
        if name.endswith(("feed.json", ".webmanifest")):
            json.loads(site.text(name))
        elif name.endswith((".xml", "opensearch.xml")):
            ET.fromstring(site.text(name))


def test_dangerous_addresses_are_told(site: Site) -> None:
    """A writer who pastes one learns that the link is no link."""
    told = [line for line in site.warnings if "posts/links.md" in line]
    assert [line for line in told if "javascript:" in line]


@pytest.mark.browser
def test_a_browser_runs_nothing(site: Site, browser: Browser) -> None:
    """Every page is opened, with a trap for dialogs; the search shows the posts too."""
    dialogs: list[str] = []
    with served(site.out) as address:
        page = browser.new_page()

        def trap(dialog: Dialog) -> None:
            dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", trap)
        names = [name for name in pages(site) if name.startswith("posts/")]
        lists = sorted(set(pages(site)) - set(names))
        for name in [*names, *lists[:: max(1, len(lists) // 8)]]:
            page.goto(f"{address}{name}", wait_until="load")
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = !d.open)")
        page.goto(f"{address}search.html?q=alert", wait_until="load")
        page.wait_for_timeout(700)
    assert dialogs == []
