"""An address that is code lands nowhere, and the writer is told where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import make_build, post
from tsuzuri.reading.active_html import is_code

if TYPE_CHECKING:
    from tests.conftest import Build, Site

WAYS = {
    "link": "[文](javascript:alert(1))",
    "capitals": "[文](JaVaScript:alert(1))",
    "entity": "[文](&#106;avascript:alert(1))",
    "vbscript": "[文](vbscript:alert)",
    "data": "[文](data:text/html;base64,PHNjcmlwdD4=)",
    "drawing": "[文](data:image/svg+xml,%3Csvg%20onload=alert(1)%3E)",
    "reference": "[文][参照]\n\n[参照]: javascript:alert(1)",
    "automatic": "<javascript:alert>",
    "image": "![文](javascript:alert(1))",
    "linked image": "[![文](a.png)](javascript:alert(1))",
    "external": "[文](javascript:alert(1)){.external}",
    "figure": "```{figure} a.png\n:target: javascript:alert(1)\n:alt: 絵\n\n文\n```",
    "image directive": "```{image} javascript:alert(1)\n:alt: 文\n```",
    "restructured": "```{eval-rst}\n`文 <javascript:alert(1)>`_\n```",
    "html": '<a href="javascript:alert(1)">文</a>',
    "html in a line": 'この <a href="java&#9;script:alert(1)">文</a> を読む。',
    "html image": '<a href="javascript:alert(1)"><img src="a.png" alt="文"></a>',
    "html picture": '<img src="javascript:alert(1)" alt="文">',
    "table of contents": "文\n\n```{toctree}\n文 <javascript://%0aalert(1)>\n```",
    "raw": "文\n\n```{raw} html\n<a href='javascript:alert(1)'>x</a>\n```",
    "raw by a role": "文\n\n```{eval-rst}\n.. role:: h(raw)\n   :format: html\n\n:h:`<a href=javascript:alert(1)>`\n```",
    "form": '<form action="javascript:alert(1)"><button formaction="vbscript:x">文</button></form>',
}
FIELDS = {
    "canonical": "javascript:alert(1)",
    "external": "'data:text/html,x'",
    "image": "javascript:alert(1)",
}
CODE = re.compile(r"""(?:href|src|action|content)=["']?\s*(?:javascript|vbscript|data:text)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    from benchmarks.posts import image

    files: dict[str, str | bytes | None] = {"posts/a.png": image(1, 8, 8)}
    for number, text in enumerate(WAYS.values()):
        files[f"posts/way{number:02}.md"] = post(f"前の段落。\n\n{text}")
    for name, value in FIELDS.items():
        files[f"posts/{name}.md"] = post(title=name, **{name: value})
    return make_build(tmp_path_factory.mktemp("unsafe"))(files)


@pytest.mark.parametrize("number", range(len(WAYS)), ids=list(WAYS))
def test_no_way_leads_to_code(site: Site, number: int) -> None:
    """What the link shows stays; the warning names the line."""
    name = f"posts/way{number:02}"
    told = [line for line in site.warnings if re.match(rf"{name}\.md:(?:[89]|1\d): ", line)]
    assert len(told) in {1, 2}, site.warnings
    assert not CODE.search(site.text(f"{name}.html"))
    shown = site.article(f"{name}.html")
    assert "文" in shown.text or "alert" in shown.text or shown.find("img", alt=re.compile("文|絵"))


def test_raw_html_that_runs_nothing_stays(build: Build) -> None:
    """And all of it where the site's writers may run scripts."""
    plain, script = "<b class='own'>x</b>", "<script>own()</script>"
    text = f"```{{raw}} html\n{plain}\n```\n\n```{{raw}} html\n{script}\n```"
    site = build({"posts/a.md": post(text)})
    (warning,) = site.warnings
    assert warning.startswith("posts/a.md:10: ")
    assert plain in site.text("posts/a.html")
    assert "own()" not in site.text("posts/a.html")
    site = build(tsuzuri_allow_scripts=True)
    assert site.warnings == ()
    assert script in site.text("posts/a.html")


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_leads_to_code(site: Site, field: str) -> None:
    told = [line for line in site.warnings if line.startswith(f"posts/{field}.md:4: ")]
    assert len(told) == 1, site.warnings
    for name in site.files():
        if name.endswith((".html", ".xml", ".json")):
            assert not CODE.search(site.text(name)), name


@pytest.mark.parametrize(
    "address",
    ["https://a.example/javascript:x", "#javascript:", "data:image/png;base64,x", "mailto:a@b.c"],
)
def test_other_addresses_are_left_alone(address: str) -> None:
    assert not is_code(address)
