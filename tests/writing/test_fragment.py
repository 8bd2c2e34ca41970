"""An article in a feed reads well without the site's styles and scripts, and harms nobody."""

from __future__ import annotations

import pytest
from lxml import html

from tsuzuri.writing.fragment import clean_fragment

PAGE = "https://blog.example/ja/posts/a.html"

CASES = {
    "title and permalinks are the page's": (
        (
            '<section id="a"><h1>題<a class="headerlink" href="#a">#</a></h1>'
            '<section id="b"><h2>節<a class="headerlink" href="#b">#</a></h2><p>文</p></section></section>'
        ),
        "<h2>節</h2><p>文</p>",
    ),
    "links are absolute": (
        (
            '<p><a class="reference internal" href="../b.html#c"><span class="std">b</span></a> '
            '<a href="#fn">1</a></p>'
        ),
        (
            '<p><a href="https://blog.example/ja/b.html#c">b</a> '
            '<a href="https://blog.example/ja/posts/a.html#fn">1</a></p>'
        ),
    ),
    "images are absolute, sized, and have an alternative text": (
        '<img src="../_images/x.png" style="width: 50%" width="600" loading="lazy" class="c">',
        '<img src="https://blog.example/ja/_images/x.png" width="600" alt="">',
    ),
    "one image of a picture": (
        '<picture><source srcset="a.avif" type="image/avif"><img src="a.png" alt="図"></picture>',
        '<img src="https://blog.example/ja/posts/a.png" alt="図">',
    ),
    "code is plain, with its language": (
        (
            '<div class="highlight-python notranslate"><div class="highlight"><pre><span></span>'
            '<span class="linenos">1</span><span class="n">x</span> <span class="o">&lt;</span> 1\n'
            "</pre></div>\n</div>"
        ),
        '<pre><code class="language-python">x &lt; 1</code></pre>',
    ),
    "code in a table of line numbers": (
        (
            '<div class="highlight-default"><table class="highlighttable"><tr><td class="linenos">'
            '<div class="linenodiv"><pre>1\n2</pre></div></td><td class="code"><div class="highlight">'
            "<pre>a\nb\n</pre></div></td></tr></table></div>"
        ),
        "<pre><code>a\nb</code></pre>",
    ),
    "a caption stands before its code": (
        (
            '<div class="literal-block-wrapper"><div class="code-block-caption"><span>a.py</span>'
            '<a class="headerlink" href="#x">#</a></div><div class="highlight-python"><pre>x</pre>'
            "</div></div>"
        ),
        '<div><p><strong>a.py</strong></p><pre><code class="language-python">x</code></pre></div>',
    ),
    "a formula is its source": (
        (
            r'<p>数<span class="math notranslate">\(a&lt;b\)</span>式</p>'
            '<div class="math">\\[\n\\int x\n\\]</div>'
        ),
        r"<p>数<code>a&lt;b</code>式</p><p><code>\int x</code></p>",
    ),
    "a formula set by KaTeX too": (
        (
            '<p><span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi>'
            '<annotation encoding="application/x-tex">x^2</annotation></semantics></math></span>'
            '<span class="katex-html" aria-hidden="true">x2</span></span></p>'
        ),
        "<p><code>x^2</code></p>",
    ),
    "an admonition is a quotation": (
        '<div class="admonition note"><p class="admonition-title">注</p><p>文</p></div>',
        "<blockquote><p><strong>注</strong></p><p>文</p></blockquote>",
    ),
    "what is embedded becomes a link": (
        '<iframe src="https://video.example/1" title="動画"></iframe>',
        '<p><a href="https://video.example/1">動画</a></p>',
    ),
    "readings and directions of text stay": (
        '<p><ruby>綴<rt>つづ</rt></ruby>り<span lang="ar" dir="rtl">عربية</span></p>',
        '<p><ruby>綴<rt>つづ</rt></ruby>り<span lang="ar" dir="rtl">عربية</span></p>',
    ),
    "buttons and inputs only serve the page": (
        (
            '<div class="sd-tab-set"><input type="radio"><label class="sd-tab-label">Linux</label>'
            "<div><p>apt</p></div></div><button>コピー</button>"
        ),
        "<div><p><strong>Linux</strong></p><div><p>apt</p></div></div>",
    ),
    "a character that XML has no way to write goes": ("<p>a\x00\x0bb</p>", "<p>ab</p>"),
    "nothing gives nothing": (" \n", ""),
}


@pytest.mark.parametrize(("given", "expected"), CASES.values(), ids=CASES)
def test_cleaning(given: str, expected: str) -> None:
    assert clean_fragment(given, PAGE) == expected


ATTACKS = [
    '<p onclick="alert(1)">x</p>',
    "<script>alert(1)</script><p>x</p>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<img src="javascript:alert(1)">x',
    '<img src=x onerror="alert(1)">x',
    '<svg onload="alert(1)"><script>alert(1)</script></svg>x',
    '<iframe src="javascript:alert(1)"></iframe>x',
    '<object data="data:text/html,<script>alert(1)</script>"></object>x',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">x',
    '<form action="https://evil.example"><input></form>x',
    "<style>@import 'https://evil.example'</style>x",
    '<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>x',
    '<a href="http://[">x</a>',
    '<a title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" href="b">x</a>',
]


@pytest.mark.parametrize("given", ATTACKS)
def test_nothing_that_runs_reaches_a_reader(given: str) -> None:
    """A feed is shown in the origin of the reader: what runs there acts for its user."""
    root = html.fragment_fromstring(clean_fragment(given, PAGE), create_parent="div")
    assert "x" in root.text_content()
    for element in root.iter():
        assert element.tag not in {"script", "style", "svg", "iframe", "object", "form", "math"}
        for name, value in element.items():
            assert not name.startswith("on")
            assert name not in {"href", "src"} or value.startswith("https://blog.example/"), value
