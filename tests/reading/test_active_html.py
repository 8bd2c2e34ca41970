"""HTML of a post runs nothing, and is otherwise left as it was written."""

import time

import pytest

from tsuzuri.reading.active_html import harmless

KEPT = (
    '<a href="/x" class=y>x</a>',
    "<details open>\n<summary>題</summary>\n\n",
    "<IMG SRC=a.png width=50%>",
    "<a href='data:image/png;base64,AAAA'>x</a>",
    "1 < 2 && a > b",
    "<p>onclick=1 は文章である</p>",
    "<!-- <a onclick=x> -->",
)
LEFT_OUT = {
    "<a onclick=alert(1)>": ("<a>", ["onclick"]),
    "一\n二 <A HREF='java\nscript:x' id=a>三</A>": ('一\n二 <A id="a">三</A>', ["href"]),
    '<a href="&#106;avascript:x">': ("<a>", ["href"]),
    "<svg/onload=alert(5)>": ("<svg>", ["onload"]),
    '<iframe srcdoc="<script>x</script>" width=1></iframe>': (
        '<iframe width="1"></iframe>', ["srcdoc"]),
    "<form action=' javascript:x'><button formaction=javascript:y>": (
        "<form><button>", ["action", "formaction"]),
    '<a href="x"onclick="y">': ('<a href="x">', ["onclick"]),
    "<a onclick = x b>": ("<a b>", ["onclick"]),
    '<a title="<b onclick=x': ('&lt;a title="&lt;b onclick=x', []),
    '<b>x</b><a title="': ('<b>x</b>&lt;a title="', []),
}  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_harmless_html_is_left_as_it_is(text: str) -> None:
    assert harmless(text) == (text, [])


@pytest.mark.parametrize(("text", "expected"), LEFT_OUT.items())
def test_what_runs_is_left_out(text: str, expected: tuple[str, list[str]]) -> None:
    assert harmless(text) == expected


@pytest.mark.parametrize("unit", ["<a ", "<a b=", "onclick=", "<svg/", '"', "<", "&#"])
def test_time_is_linear(unit: str) -> None:
    """A post of 200 kB of one thing must not keep the build for long."""
    began = time.process_time()
    harmless(unit * (200_000 // len(unit)))
    assert time.process_time() - began < 5
