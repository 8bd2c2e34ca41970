"""Images on built pages."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from tests.pixels import bomb, drawing, photo

if TYPE_CHECKING:
    from tests.conftest import Build

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300"><script>alert(1)</script>'
    b'<rect width="9" height="9"/></svg>'
)


def images(site: Any, page: str) -> list[Any]:
    return list(site.article(page).select("img"))


def test_every_local_image_has_its_size_and_copies(build: Build) -> None:
    site = build(
        {
            "page.md": "# 題\n\n![一](a.jpg)\n\n![二](<図/図 1.png>)\n\n![](small.png)\n",
            "a.jpg": photo(gps=True),
            "図/図 1.png": drawing((2000, 600)),
            "small.png": drawing((32, 32)),
        }
    )
    assert not [item for item in site.warnings if "image" in item]
    first, second, third = images(site, "page.html")
    assert (first["alt"], first["width"], first["height"]) == ("一", "1200", "800")
    assert "loading" not in first.attrs
    assert "decoding" not in first.attrs
    assert (second["loading"], second["decoding"]) == ("lazy", "async")
    assert third["alt"] == ""
    assert not third.get("srcset")
    assert third.parent.name == "p"
    assert [part.split()[1] for part in first["srcset"].split(", ")] == ["480w", "960w", "1200w"]
    assert first["sizes"] == "(max-width: 768px) 100vw, 768px"
    from urllib.parse import unquote

    for image in (first, second, third):
        for part in (image["src"], *image.get("srcset", "").split(", ")):
            if part:
                assert unquote(part.split()[0]) in site.files()
    zoom = first.parent
    assert (zoom.name, zoom["class"], zoom["href"]) == ("a", ["image-zoom"], first["src"])
    assert b"CAMERA-MAKER" not in (site.out / first["src"]).read_bytes()


def test_a_width_in_percent_survives(build: Build) -> None:
    site = build(
        {
            "page.md": '# 題\n\n<p align="center"><img src="a.jpg" width="50%"></p>\n\n'
            "```{image} a.jpg\n:width: 30%\n:alt: 図\n```\n",
            "a.jpg": photo(),
        }
    )
    first, second = images(site, "page.html")
    assert "width: 50%" in first["style"]
    assert "align-center" in first["class"]
    assert "width: 30%" in second["style"]
    assert (second["width"], second["height"]) == ("1200", "800")


def test_an_image_in_a_link_is_not_enlarged(build: Build) -> None:
    site = build({"page.md": "# 題\n\n[![図](a.jpg)](https://example.com/)\n", "a.jpg": photo()})
    assert images(site, "page.html")[0].parent["href"] == "https://example.com/"


def test_style_and_script_only_where_something_can_be_enlarged(build: Build) -> None:
    site = build(
        {
            "page.md": "# 題\n\n![図](a.jpg)\n",
            "plain.md": "# 題\n\n![図](small.png)\n",
            "a.jpg": photo(),
            "small.png": drawing((32, 32)),
        }
    )
    assert "tsuzuri-images/images.js" in site.text("page.html")
    assert "tsuzuri-images" not in site.text("plain.html")


def test_an_image_replaced_is_another_image(build: Build) -> None:
    """The page names the new one, and the old one and its copies are gone."""
    page = "# 題\n\n![図](a.jpg)\n"
    before = build({"page.md": page, "a.jpg": photo()})
    old = {name for name in before.files() if name.startswith("_images/")}
    after = build({"a.jpg": photo((1000, 500))})
    new = {name for name in after.files() if name.startswith("_images/")}
    assert images(after, "page.html")[0]["width"] == "1000"
    assert not old & new
    again = build()
    assert new == {name for name in again.files() if name.startswith("_images/")}


def test_an_svg_is_cleaned(build: Build) -> None:
    site = build({"page.md": "# 題\n\n![図](a.svg)\n", "a.svg": SVG})
    image = images(site, "page.html")[0]
    assert (image["width"], image["height"]) == ("600", "300")
    assert b"alert" not in (site.out / image["src"]).read_bytes()
    assert all(
        b"alert" not in (site.out / name).read_bytes()
        for name in site.files()
        if name.endswith(".svg")
    )


def test_broken_and_huge_images_are_named(build: Build) -> None:
    site = build(
        {
            "page.md": "# 題\n\n![壊れた図](a.png)\n\n![爆弾](b.png)\n\n![偽物](c.svg)\n",
            "a.png": b"no image",
            "b.png": bomb(),
            "c.svg": b"<svg",
        }
    )
    said = [item for item in site.warnings if "[tsuzuri.image]" in item]
    assert [item.split(": ")[0] for item in said] == ["page.md:3", "page.md:5", "page.md:7"]
    assert "a.png: the image can't be read" in said[0]
    assert "b.png: the image is too large" in said[1]
    assert "c.svg: the SVG can't be read" in said[2]
    texts = [item.get_text() for item in site.article("page.html").select(".image-missing")]
    assert texts == ["爆弾", "偽物"]


def test_light_and_dark_variants(build: Build) -> None:
    text = (
        "# 題\n\n![昼](l.png#gh-light-mode-only)\n![夜](d.png#only-dark)\n\n"
        '<picture>\n<source media="(prefers-color-scheme: dark)" srcset="d.png">\n'
        '<img src="l.png" alt="両方">\n</picture>\n'
    )
    files: dict[str, str | bytes | None] = {
        "page.md": text,
        "l.png": drawing((640, 40)),
        "d.png": drawing((650, 40)),
    }
    site = build(files)
    assert not [item for item in site.warnings if "image" in item]
    kinds = [(item["alt"], item["class"][0], item["width"]) for item in images(site, "page.html")]
    assert kinds == [
        ("昼", "only-light", "640"),
        ("夜", "only-dark", "650"),
        ("両方", "only-light", "640"),
        ("両方", "only-dark", "650"),
    ]
    lazy = [item.get("loading") for item in images(site, "page.html")]
    assert lazy == [None, "lazy", "lazy", "lazy"]
    book = build(builder="epub", version="1")
    assert book.text("page.xhtml").count("<img") == 2


def test_figures_have_captions_and_numbers(build: Build) -> None:
    text = (
        "# 題\n\n```{figure} a.png\n:name: fig-a\n:alt: 線の図\n\n線の交わり\n```\n\n"
        "{numref}`fig-a` を見よ。\n"
    )
    site = build({"page.md": text, "a.png": drawing()}, numfig=True)
    figure = site.article("page.html").select_one("figure")
    assert figure.img["alt"] == "線の図"
    assert figure.select_one(".caption-number").get_text().strip() == "図 1"
    assert figure.select_one(".caption-text").get_text() == "線の交わり"


def test_a_light_and_a_dark_image_share_a_caption(build: Build) -> None:
    """The reader of a dark page sees the dark picture over the same words and number."""
    body = "![線](a.png#only-light)\n![線](b.png#only-dark)\n*線の交わり*"
    files: dict[str, str | bytes | None] = {
        "page.md": f"---\norphan: true\n---\n# 題\n\n{body}\n",
        "a.png": drawing(),
        "b.png": drawing(),
    }
    site = build(files, numfig=True)
    assert site.warnings == ()
    (figure,) = site.article("page.html").select("figure")
    assert [image["class"] for image in figure.select("img")] == [["only-light"], ["only-dark"]]
    assert [found.get_text() for found in figure.select(".caption-text")] == ["線の交わり"]


MANIFEST = "_fetched/manifest.json"
URL = "https://images.example/a.png"


def fetched(data: bytes) -> dict[str, str | bytes | None]:
    entry = {
        "path": "_fetched/images/a-1.png",
        "sha256": hashlib.sha256(data).hexdigest(),
        "type": "image/png",
        "size": len(data),
        "fetched": "2024-09-12",
    }
    return {MANIFEST: json.dumps({URL: entry}), entry["path"]: data}  # type: ignore[dict-item]


def test_a_remote_image_is_served_from_its_copy(build: Build) -> None:
    """Before it is fetched it stays remote; once it is, the page is written again."""
    site = build({"page.md": f"# 題\n\n![図]({URL})\n\n![別](//images.example/b.png)\n"})
    before, other = images(site, "page.html")
    assert (before["src"], before["referrerpolicy"]) == (URL, "no-referrer")
    assert (other["src"], other["loading"]) == ("https://images.example/b.png", "lazy")
    site = build(fetched(drawing()))
    after = images(site, "page.html")[0]
    assert after["src"].startswith("_images/a-1.")
    assert (after["width"], after["height"]) == ("900", "300")
    site = build(fetched(drawing((700, 300))))
    assert images(site, "page.html")[0]["width"] == "700"
    site = build({MANIFEST: None})
    assert images(site, "page.html")[0]["src"] == URL


def test_latex_and_epub_get_the_copy_too(build: Build) -> None:
    files = {"index.md": f"# 題\n\n![図]({URL})\n", **fetched(drawing())}
    latex = build(files, builder="latex")
    tex = "".join(latex.text(name) for name in latex.files() if name.endswith(".tex"))
    assert r"\sphinxincludegraphics{{a-1-" in tex
    book = build(builder="epub", version="1")
    page = book.page("index.xhtml")
    image = page.select_one("img")
    assert image
    assert str(image["src"]).startswith("_images/a-1.")
    assert set(image.attrs) <= {"src", "alt", "width", "height", "class", "style"}
    assert not [name for name in book.files() if name.endswith(".webp")]


def test_a_manifest_reaches_no_file_outside_its_folder(build: Build) -> None:
    entry = {"path": "_fetched/images/../../conf.py", "sha256": "", "type": "image/png"}
    manifest = {URL: {**entry, "size": 1, "fetched": "2024-09-12"}, "x": 3}
    site = build({"page.md": f"# 題\n\n![図]({URL})\n", MANIFEST: json.dumps(manifest)})
    assert images(site, "page.html")[0]["src"] == URL


def test_no_copies_when_no_widths_are_set(build: Build) -> None:
    site = build({"page.md": "# 題\n\n![図](a.jpg)\n", "a.jpg": photo()}, tsuzuri_image_widths=[])
    assert "srcset" not in images(site, "page.html")[0].attrs
    assert not [name for name in site.files() if name.endswith(".webp")]


def test_the_build_opens_no_socket(build: Build, monkeypatch: Any) -> None:
    """Whatever a page shows or links to, building it asks nobody."""
    import socket

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("the build opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    text = (
        f"# 題\n\n![図]({URL})\n\nhttps://example.com/card\n\n<{URL}>\n\n"
        '<img src="https://images.example/c.png">\n\n<iframe src="https://example.com/"></iframe>\n'
        "\n$E = mc^2$\n"
    )
    for builder in ("html", "epub", "latex"):
        site = build({"index.md": text}, builder=builder, version="1")
        assert not [item for item in site.warnings if "socket" in item or "fetch" in item]
