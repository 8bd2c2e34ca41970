"""Small image files, made for tests."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

GPS = {0x8825: {1: "N", 2: (35.0, 40.0, 51.0), 3: "E", 4: (139.0, 46.0, 2.0)}}


def photo(
    size: tuple[int, int] = (1200, 800),
    kind: str = "JPEG",
    *,
    orientation: int = 1,
    gps: bool = False,
    **options: Any,
) -> bytes:
    """Return a picture with many colours, its top-left quarter red."""
    few = (size[0] // 3 or 1, size[1] // 3 or 1)
    grain = random.Random(1).randbytes(few[0] * few[1] * 3)
    image = Image.frombytes("RGB", few, grain).resize(size, Image.Resampling.BICUBIC)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="#d02020")
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CAMERA-MAKER"
    if gps:
        exif.get_ifd(0x8825).update(GPS[0x8825])
    out = io.BytesIO()
    image.save(out, kind, exif=exif, **options)
    return out.getvalue()


def drawing(size: tuple[int, int] = (900, 300), kind: str = "PNG", **options: Any) -> bytes:
    """Return a diagram: few colours, transparent ground."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for i in range(0, size[0], 30):
        draw.line((i, 0, size[0] - i, size[1]), fill=(30, 80, 140, 255), width=2)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a PNG of some hundred bytes that claims 900 million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
