"""What a reader gets for an image file: its size, a clean copy, smaller ones for small screens.

Everything is kept in a cache by content, so that it is made once.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from tsuzuri.writing.image_metadata import FormatError, stripped
from tsuzuri.writing.svg import SvgError, clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RECIPE = "1"
"""Goes up when the same file would give something else."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "ICO")
RESIZED = frozenset({"PNG", "JPEG", "MPO", "WEBP", "AVIF"})
MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
MAX_PIXELS = 90_000_000
FEW_COLOURS = 4096
"""A drawing or a screenshot, which compresses better without loss."""
WORTH_BYTES = 8_000
"""A smaller file is sent as it is."""
NAME_DIGITS = 10


class PictureError(ValueError):
    """An image file that can't be used as it should."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file as the site shows it."""

    digest: str
    """Of the file's content and of how it is treated."""
    suffix: str
    width_px: int = 0
    height_px: int = 0
    widths: tuple[int, ...] = ()
    """Of the smaller copies."""
    sharpest: bool = False
    """Whether the clean copy is the one to take where all of them are too small."""
    error: str = ""
    usable: bool = True
    """False for what must not be published."""

    @property
    def file(self) -> str:
        """The name of the clean copy in the cache's folder for this picture."""
        return f"original{self.suffix}"

    def published(self, stem: str) -> str:
        """Return the name of the clean copy on the site, which changes with the content."""
        return f"{stem}.{self.digest[:NAME_DIGITS]}{self.suffix}"

    def variant(self, stem: str, width: int) -> str:
        """Return the name of the copy *width* pixels wide."""
        return f"{stem}.{self.digest[:NAME_DIGITS]}.{width}.webp"

    def files(self, stem: str) -> Iterator[tuple[str, str]]:
        """Yield each file's name in the cache's folder and on the site."""
        if self.usable:
            yield self.file, self.published(stem)
        for width in self.widths:
            yield f"{width}.webp", self.variant(stem, width)


def digest_of(data: bytes, suffix: str, widths: Sequence[int]) -> str:
    """Return the name under which what comes of *data* is kept."""
    how = json.dumps([RECIPE, suffix, *widths])
    return hashlib.sha256(how.encode() + b"\0" + data).hexdigest()


def picture_of(path: Path, cache: Path, widths: Sequence[int]) -> Picture:
    """Return the picture that the file *path* makes, from the *cache* if it is there."""
    data = path.read_bytes()
    suffix = ".svg" if path.suffix.lower() == ".svgz" else path.suffix.lower()
    digest = digest_of(data, suffix, widths)
    folder = cache / digest
    try:
        kept = json.loads((folder / "picture.json").read_text(encoding="utf-8"))
        return Picture(**{**kept, "widths": tuple(kept["widths"])})
    except (OSError, ValueError, TypeError):
        return make(data, digest, suffix, folder, widths)


def make(data: bytes, digest: str, suffix: str, folder: Path, widths: Sequence[int]) -> Picture:
    """Make the files of a picture; *folder* appears whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".making-"))
    try:
        draw = make_svg if suffix == ".svg" else make_raster
        picture = draw(data, digest, suffix, temporary, widths)
        (temporary / "picture.json").write_text(json.dumps(asdict(picture)), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        temporary.rename(folder)
    except OSError:
        if not (folder / "picture.json").exists():  # else another build was quicker
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return picture


def make_svg(
    data: bytes, digest: str, suffix: str, folder: Path, _widths: Sequence[int]
) -> Picture:
    """Clean an SVG; one that can't be read is not published."""
    try:
        cleaned, size = clean(data)
    except (SvgError, OSError, EOFError) as error:
        return Picture(digest, suffix, error=f"the SVG can't be read: {error}", usable=False)
    (folder / f"original{suffix}").write_bytes(cleaned)
    width, height = size or (0, 0)
    return Picture(digest, suffix, width, height)


def make_raster(
    data: bytes, digest: str, suffix: str, folder: Path, widths: Sequence[int]
) -> Picture:
    """Clean an image of pixels and make its smaller copies."""
    copy = folder / f"original{suffix}"
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            refuse_bomb(image)
            image.load()
            upright = ImageOps.exif_transpose(image)
            copy.write_bytes(clean_copy(data, image, upright))
            made = tuple(resized(image, upright, folder, widths, len(data)))
    except (PictureError, Image.DecompressionBombError) as error:
        return Picture(digest, suffix, error=f"the image is too large: {error}", usable=False)
    except UnidentifiedImageError:
        copy.write_bytes(data)
        return Picture(digest, suffix, error="the image can't be read: its format is not known")
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        copy.write_bytes(data)
        return Picture(digest, suffix, error=f"the image can't be read: {error}")
    sharpest = bool(made) and made[-1] < upright.width <= max(widths)
    return Picture(digest, suffix, upright.width, upright.height, made, sharpest)


def refuse_bomb(image: Image.Image) -> None:
    """Raise before an *image* is unpacked that would fill the memory."""
    if image.width * image.height > MAX_PIXELS:
        raise PictureError(f"{image.width} × {image.height} pixels are too many")


def clean_copy(data: bytes, image: Image.Image, upright: Image.Image) -> bytes:
    """Return *data*, its image turned upright, without metadata; untouched where that will do."""
    kind = image.format or ""
    turned = image.getexif().get(0x0112, 1) not in {0, 1}
    if not turned and kind != "AVIF":
        try:
            return stripped(data, kind)
        except FormatError:
            if kind not in RESIZED:
                return data
    if kind not in RESIZED or (kind == "AVIF" and not len(image.getexif())):
        return data
    out = io.BytesIO()
    upright.save(
        out,
        "JPEG" if kind == "MPO" else kind,
        quality=92,
        exif=b"",
        icc_profile=image.info.get("icc_profile"),
    )
    return out.getvalue()


def resized(
    image: Image.Image, upright: Image.Image, folder: Path, widths: Sequence[int], limit: int
) -> Iterator[int]:
    """Write WebP copies of *upright*; yield the widths of those that weigh less than *limit*."""
    animated = getattr(image, "is_animated", False) and image.format != "MPO"
    fit = image.format in RESIZED and image.mode in MODES and not animated
    if not fit or not widths or limit < WORTH_BYTES:
        return
    drawing = image.format == "PNG" and image.getcolors(FEW_COLOURS) is not None
    profile = image.info.get("icc_profile") or b"" if image.mode in {"RGB", "RGBA"} else b""
    pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    last = 0
    for width in sorted({*(item for item in widths if item < upright.width), upright.width}):
        if width > max(widths):
            break
        height = max(1, round(upright.height * width / upright.width))
        small = pixels
        if width != upright.width:
            small = pixels.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
        out = io.BytesIO()
        small.save(
            out,
            "WEBP",
            quality=82,
            lossless=drawing,
            method=4,
            icc_profile=profile,
        )
        size = out.tell()
        if last < size < limit:
            (folder / f"{width}.webp").write_bytes(out.getvalue())
            last = size
            yield width
