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
    "<!-- onclick -->",
    "<style>a > b { color: red }</style>",
    '<object data="a.svg" type="image/svg+xml"></object>',
    '<iframe src="own.html"></iframe>',
    '<meta itemprop="name" content="x"><br/>',
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
    '<svg><a><animate attributeName=href values="#;javascript:x" to="/y">': (
        '<svg><a><animate attributename="href" to="/y">', ["values"]),
    "<base href=//evil.example target=x>": ("<base>", ["href", "target"]),
    "<meta http-equiv=refresh content='0;url=//evil.example'>": (
        '<meta content="0;url=//evil.example">', ["http-equiv"]),
    "<object data='//evil.example/'><embed src=https://evil.example>": (
        "<object><embed>", ["data", "src"]),
    "<iframe src='\\\\evil.example'></iframe>": ("<iframe></iframe>", ["src"]),
    "<math><mi xlink:href=javascript:x>": ("<math><mi>", ["xlink:href"]),
    '<a title="<b onclick=x': ('&lt;a title="&lt;b onclick=x', []),
    '<b>x</b><a title="': ('<b>x</b>&lt;a title="', []),
}  # fmt: skip

WRITTEN_IN_ONE_WAY = {
    # what one reader takes for the inside of a value, a comment or a tag, another reads as a tag
    "<!--><img src=x onerror=alert(1)>-->": '<!--><img src="x">-->',
    "<!---><img src=x onerror=alert(1)>-->": '<!---><img src="x">-->',
    "<!-- --!><img src=x onerror=alert(1)> -->": '<!-- --!><img src="x"> -->',
    "<style><!--</style><img src=x onerror=alert(1)>--></style>": (
        "<style><!--&lt;/style>&lt;img src=x onerror=alert(1)>--></style>"),
    "<style><b y='</style><img src=x onerror=alert(1)>'></style>": (
        '<style><b y="&lt;/style&gt;&lt;img src=x onerror=alert(1)&gt;"></style>'),
    "</a x=\"><b y='\"><img src=x onerror=alert(1)>'>": "</a><img src=\"x\">'>",
    "<svg><![CDATA[><b y=']]><img src=x onerror=alert(1)>'>": (
        '<svg>&lt;![CDATA[><b y="]]&gt;&lt;img src=x onerror=alert(1)&gt;">'),
    '<a x=\u3000" onclick=alert(1) ">': '<a x="\u3000&quot;">',
    '<a onclick=1 href/="javascript:alert(1)"x>': "<a href>",
    "<a<b onclick=alert(1)>": "&lt;a<b>",
    "<? <img src=x onerror=alert(1)>": "<? &lt;img src=x onerror=alert(1)>",
    "<!-- <a onclick=x>": "&lt;!-- &lt;a onclick=x>",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WRITTEN_IN_ONE_WAY.items())
def test_what_is_read_in_two_ways_is_written_in_one(text: str, expected: str) -> None:
    """A browser must find no handler where we saw a value, a comment or the inside of a tag."""
    assert harmless(text)[0] == expected
    assert harmless(expected)[0] == expected


@pytest.mark.parametrize("text", KEPT)
def test_harmless_html_is_left_as_it_is(text: str) -> None:
    assert harmless(text) == (text, [])


@pytest.mark.parametrize(("text", "expected"), LEFT_OUT.items())
def test_what_runs_is_left_out(text: str, expected: tuple[str, list[str]]) -> None:
    assert harmless(text) == expected


@pytest.mark.parametrize(
    "unit", ["<a ", "<a b=", "onclick=", "<svg/", '"', "<", "&#", "<!--", "<a b='", "<a<", "</a "]
)
def test_time_is_linear(unit: str) -> None:
    """A post of 200 kB of one thing must not keep the build for long."""
    began = time.process_time()
    harmless(unit * (200_000 // len(unit)))
    assert time.process_time() - began < 5
