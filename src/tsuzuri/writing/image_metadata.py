"""Images without what a camera wrote into them: place, time, owner, comments.

Pixels stay as they are, byte for byte; what shows them (profiles, transparency, animation)
stays too.  :func:`stripped` is the door.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class FormatError(ValueError):
    """The bytes are not what the format asks for."""


MARK, SOI, EOI, SOS = 0xFF, 0xD8, 0xD9, 0xDA
STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
JPEG_PRIVATE = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})
"""APP1 (EXIF, XMP), APP3 to APP13, APP15 and comments; APP2 is the colour profile."""
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_PRIVATE = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
WEBP_PRIVATE = frozenset({b"EXIF", b"XMP "})
WEBP_FLAGS = 0x08 | 0x04
"""What the header says about EXIF and XMP."""


def stripped(data: bytes, kind: str) -> bytes:
    """Return the image *data* of *kind* (a Pillow format) without metadata."""
    try:
        match kind:
            case "JPEG" | "MPO":
                return b"".join(jpeg_parts(data))
            case "PNG":
                return PNG_SIGNATURE + b"".join(png_chunks(data))
            case "WEBP":
                return webp(data)
            case _:
                return data
    except (IndexError, struct.error) as error:
        raise FormatError(f"the {kind} data ends too early") from error


def jpeg_parts(data: bytes) -> Iterator[bytes]:
    """Yield the parts to keep of a JPEG; what follows its end (another image) is left out."""
    if data[:2] != bytes((MARK, SOI)):
        raise FormatError("no JPEG")
    yield data[:2]
    at = 2
    while True:
        while data[at] == MARK and data[at + 1] == MARK:
            at += 1
        marker = data[at + 1]
        if data[at] != MARK:
            raise FormatError("a JPEG segment begins with no marker")
        if marker == EOI:
            yield data[at : at + 2]
            return
        end = at + 2
        if marker not in STANDALONE:
            end += struct.unpack_from(">H", data, at + 2)[0]
        if marker == SOS:
            end = scan_end(data, end)
        if marker not in JPEG_PRIVATE:
            yield data[at:end]
        at = end


def scan_end(data: bytes, at: int) -> int:
    """Return where the compressed data that begins at *at* ends: at the next true marker."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise IndexError
        if data[at + 1] != 0 and data[at + 1] not in STANDALONE:
            return at
        at += 2


def png_chunks(data: bytes) -> Iterator[bytes]:
    """Yield the chunks to keep of a PNG."""
    if data[:8] != PNG_SIGNATURE:
        raise FormatError("no PNG")
    at, name = 8, b""
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", data, at)
        name, end = data[at + 4 : at + 8], at + length + 12
        if end > len(data):
            raise FormatError("a PNG chunk is longer than the file")
        if name not in PNG_PRIVATE:
            yield data[at:end]
        at = end


def webp(data: bytes) -> bytes:
    """Return a WebP without its private chunks."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise FormatError("no WebP")
    parts, at = [], 12
    while at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + (length & 1)
        chunk = data[at:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & ~WEBP_FLAGS,)) + chunk[9:]
        if name not in WEBP_PRIVATE:
            parts.append(chunk)
        at = end
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body
