"""The pure parts of images: metadata, SVG, sizes, copies."""

from __future__ import annotations

import contextlib
import gzip
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from tests.pixels import bomb, drawing, photo
from tsuzuri.writing.image_metadata import FormatError, stripped
from tsuzuri.writing.image_sizes import sizing
from tsuzuri.writing.pictures import Picture, picture_of
from tsuzuri.writing.svg import SvgError, clean

if TYPE_CHECKING:
    from pathlib import Path

WIDTHS = [480, 960]


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_metadata_goes_and_pixels_stay(kind: str) -> None:
    data = photo((64, 48), kind, gps=True)
    assert b"CAMERA-MAKER" in data
    bare = stripped(data, kind)
    assert b"CAMERA-MAKER" not in bare
    assert not opened(bare).getexif()
    assert opened(data).convert("RGB").tobytes() == opened(bare).convert("RGB").tobytes()


def test_a_progressive_jpeg_keeps_all_its_scans() -> None:
    data = photo((64, 48), progressive=True, gps=True)
    assert opened(data).tobytes() == opened(stripped(data, "JPEG")).tobytes()


def test_what_follows_a_jpeg_is_left_out() -> None:
    """Phones append a film or a second photo, with a second set of metadata."""
    data = photo((64, 48))
    bare = stripped(data + photo((8, 8), gps=True) + b"film", "JPEG")
    assert bare.endswith(b"\xff\xd9")
    assert bare.count(b"\xff\xd9") == 1


def test_the_colour_profile_stays() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("JPEG", "PNG", "WEBP"):
        data = photo((16, 16), kind, icc_profile=profile)
        assert profile == opened(stripped(data, kind)).info["icc_profile"]


@given(data=st.binary(max_size=200), kind=st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_any_bytes_give_bytes_or_a_format_error(data: bytes, kind: str) -> None:
    start = {"JPEG": b"\xff\xd8", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF1234WEBP"}[kind]
    with contextlib.suppress(FormatError):
        stripped(start + data, kind)


ACTING = [
    "<script>alert(1)</script>",
    '<rect onload="alert(1)"/>',
    '<a href="javascript:alert(1)"><text>x</text></a>',
    '<a xlink:href=" java&#10;script:alert(1)"><text>x</text></a>',
    '<image href="https://evil.example/a.png"/>',
    '<use href="https://evil.example/a.svg#x"/>',
    '<use href="data:image/svg+xml,&lt;svg/&gt;"/>',
    '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/></foreignObject>',
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"/></foreignObject>',
    '<animate attributeName="href" to="javascript:alert(1)"/>',
    '<set attributeName="xlink:href" to="javascript:alert(1)"/>',
    '<set attributeName="onclick" to="alert(1)"/>',
    "<style>@import url(https://evil.example/a.css); rect {fill: red}</style>",
    '<rect style="fill: url(https://evil.example/#a)"/>',
    r'<rect style="fill: \75 rl(https://evil.example/#a)"/>',
    '<rect fill="url(https://evil.example/#a)"/>',
    '<style>@font-face { src: url("https://evil.example/f.woff") }</style>',
    "<style>a{}<b/>@import url(https://evil.example/a.css)</style>",
    '<style>a { background: image-set("https://evil.example/a.png" 1x) }</style>',
    '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" srcset="https://evil.example/a.png"/></foreignObject>',
    # libxml forgets that a prefix was not explained when a later namespace is relative
    '<a xlnk:href="javascript:alert(1)"><text>x</text></a><x:iframe>alert(1)</x:iframe><g xmlns="a"/>',
]  # fmt: skip
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 20 10">'
)


@pytest.mark.parametrize("part", ACTING)
def test_an_svg_does_nothing(part: str) -> None:
    """Opened by its own address an SVG is a page of the site."""
    cleaned, size = clean(f"{HEAD}{part}<circle r='3'/></svg>".encode())
    assert size == (20, 10)
    assert b"circle" in cleaned
    for word in (b"alert", b"evil", b"iframe", b"javascript"):
        assert word not in cleaned.lower()


def test_an_svg_keeps_what_it_shows() -> None:
    inside = (
        '<style>.a { fill: url(#g); stroke: url("#h") }</style><use xlink:href="#x"/>'
        '<image href="data:image/png;base64,AAAA"/><text>一<tspan>二</tspan>三</text>'
        '<a href="https://example.com/"><path d="M0 0"/></a>'
        '<animate attributeName="opacity" to="0"/>'
    )
    cleaned, _size = clean(f"{HEAD}{inside}</svg>".encode())
    for part in ("url(#g)", 'url("#h")', 'href="#x"', "base64,AAAA", "二</tspan>三", "example.com"):
        assert part in cleaned.decode()
    assert b"opacity" in cleaned


def test_the_text_behind_what_is_dropped_stays() -> None:
    cleaned, _ = clean(f"{HEAD}<text>前<script>x</script>後</text></svg>".encode())
    assert "".join(etree.fromstring(cleaned).itertext()) == "前後"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no xml",
        b"<html><body/></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        gzip.compress(b" " * 30_000_000),
        b"<svg xmlns:x='a}b'><a x:href='javascript:x'/></svg>",
    ],
)
def test_what_is_no_svg_is_refused(data: bytes) -> None:
    with pytest.raises(SvgError):
        clean(data)


def test_entities_do_not_grow() -> None:
    lol = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    cleaned, _ = clean(f"{lol}{HEAD}<text>前&b;後</text></svg>".encode())
    assert b"ENTITY" not in cleaned
    assert b"aaaa" not in cleaned


def test_no_file_is_read_by_an_svg(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    text = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret.as_uri()}">]>{HEAD}<text>&x;</text></svg>'
    assert b"SECRET" not in clean(text.encode())[0]


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="30"', (40, 30)),
        ('width="1in" height="2in"', (96, 192)),
        ('width="100%" height="100%"', None),
        ('viewBox="0 0 300 150"', (300, 150)),
        ('width="600" viewBox="0,0,300,150"', (600, 300)),
        ('width="100%" viewBox="0 0 300 150"', (300, 150)),
        ('viewBox="0 0 0 0"', None),
        ('viewBox="a b c d" width="3" height="4"', (3, 4)),
        ('viewBox="0 0 inf nan"', None),
        ('viewBox="0 0 1e999 1"', None),
        (f'width="{"9" * 400}" height="1"', None),
    ],
)
def test_svg_size(attributes: str, size: tuple[int, int] | None) -> None:
    assert size == clean(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())[1]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, (1200, 800, "", "(max-width: 768px) 100vw, 768px", True)),
        ({"width": "250px"}, (250, 167, "", "250px", True)),
        ({"width": "250"}, (250, 167, "", "250px", True)),
        ({"height": "400"}, (600, 400, "", "(max-width: 768px) 100vw, 768px", True)),
        ({"width": "50%"}, (1200, 800, "width: 50%; height: auto", "(max-width: 768px) 50vw, 384px", True)),
        ({"width": "10em", "height": "5em"}, (1200, 800, "width: 10em; height: 5em", "(max-width: 768px) 100vw, 768px", True)),
        ({"width": "300", "height": "300"}, (300, 300, "height: 300px", "300px", True)),
        ({"width": "url(x)"}, (1200, 800, "", "(max-width: 768px) 100vw, 768px", True)),
    ],
)  # fmt: skip
def test_sizes(asked: dict[str, str], expected: tuple[object, ...]) -> None:
    how = sizing((1200, 800), asked)
    assert expected == (how.width, how.height, how.style, how.sizes, how.zoom)


def test_sizes_of_small_and_unknown_images() -> None:
    assert not sizing((100, 50), {}).zoom
    assert (sizing((0, 0), {}).width, sizing((0, 0), {}).height) == (None, None)
    assert (sizing((0, 0), {"width": "80"}).width, sizing((0, 0), {}).height) == (80, None)
    assert (
        sizing((100, 50), {}, scale=50).width,
        sizing((100, 50), {}, scale=50).height,
    ) == (50, 25)


def picture(tmp_path: Path, name: str, data: bytes) -> tuple[Picture, Path]:
    (tmp_path / name).write_bytes(data)
    made = picture_of(tmp_path / name, tmp_path / "cache", WIDTHS)
    return made, tmp_path / "cache" / made.digest


def test_a_photo_gets_smaller_copies(tmp_path: Path) -> None:
    made, folder = picture(tmp_path, "a.jpg", photo(gps=True))
    assert (made.width_px, made.height_px, made.widths) == (1200, 800, (480, 960))
    assert opened((folder / "480.webp").read_bytes()).size == (480, 320)
    sizes = [(folder / f"{w}.webp").stat().st_size for w in made.widths]
    assert sizes == sorted(sizes)
    assert sizes[-1] < (tmp_path / "a.jpg").stat().st_size
    for file in folder.iterdir():
        assert b"CAMERA-MAKER" not in file.read_bytes()


def test_a_photo_taken_sideways_stands_upright(tmp_path: Path) -> None:
    """Orientation 6: the camera was turned; the red quarter belongs at the top right."""
    made, folder = picture(tmp_path, "a.jpg", photo((1200, 800), orientation=6, gps=True))
    assert (made.width_px, made.height_px) == (800, 1200)
    for name in ("original.jpg", "480.webp"):
        image = opened((folder / name).read_bytes()).convert("RGB")
        assert not image.getexif()
        red, _green, _blue = image.getpixel((image.width - 10, 10))  # type: ignore[misc]
        assert red > 180


def test_a_drawing_stays_sharp_and_transparent(tmp_path: Path) -> None:
    made, folder = picture(tmp_path, "a.png", drawing((2000, 600)))
    for width in made.widths:
        assert opened((folder / f"{width}.webp").read_bytes()).mode == "RGBA"


def test_an_animation_is_left_whole(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (600, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    made, folder = picture(tmp_path, "a.gif", out.getvalue())
    assert ((made.width_px, made.height_px), made.widths) == ((600, 20), ())
    assert out.getvalue() == (folder / "original.gif").read_bytes()


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    for size in ((30_000, 30_000), (10_000, 10_000)):
        made, folder = picture(tmp_path, "a.png", bomb(*size))
        assert "too large" in made.error
        assert not made.usable
        assert not list(folder.glob("original*"))


@pytest.mark.parametrize("data", [b"", b"no image", photo()[:3000], drawing()[:200]])
def test_a_broken_image_is_said_to_be(tmp_path: Path, data: bytes) -> None:
    made, folder = picture(tmp_path, "a.png", data)
    assert "can't be read" in made.error
    assert data == (folder / "original.png").read_bytes()


def test_a_picture_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = picture(tmp_path, "a.jpg", photo())

    def fail(*_args: object) -> None:
        raise AssertionError("made twice")

    monkeypatch.setattr("tsuzuri.writing.pictures.make", fail)
    assert first == picture_of(tmp_path / "a.jpg", tmp_path / "cache", WIDTHS)


def test_nothing_half_made_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that is killed, or a full disk, leaves no folder that looks complete."""

    def full(*_args: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("tsuzuri.writing.pictures.json.dumps", full)
    monkeypatch.setattr("tsuzuri.writing.pictures.digest_of", lambda *_args: "d")
    with pytest.raises(OSError, match="no space"):
        picture(tmp_path, "a.jpg", photo((100, 100)))
    assert not list((tmp_path / "cache").iterdir())
