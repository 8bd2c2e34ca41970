"""What the fields of the front matter admit, whatever tool their values came from.

Each check returns the value as the field holds it, or raises
:class:`~tsuzuri.reading.unfit.UnfitError`.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tsuzuri.reading.unfit import UnfitError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_SLUG_BYTES = 200
"""A file name holds 255 bytes at most on common file systems; a suffix has to fit too."""

UNSAFE = re.compile(r'[\x00-\x20\x7f/\\?#%:*"<>|\u3000]')
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def check_slug(slug: str) -> str:
    """Return *slug* in NFC when it is one safe segment of an address and a file name."""
    slug = unicodedata.normalize("NFC", slug)
    bad = UNSAFE.search(slug)
    if bad is not None:
        raise UnfitError(
            f"is {slug[:60]!r}, and {bad[0]!r} can't stand in one segment of an address",
            "use letters, digits and hyphens, as in slug: my-first-post",
        )
    if slug.startswith(".") or slug.endswith("."):
        raise UnfitError(f"is {slug[:60]!r}, which begins or ends with a dot", "leave the dot out")
    if len(slug.encode()) > MAX_SLUG_BYTES:
        raise UnfitError(f"is longer than {MAX_SLUG_BYTES} bytes", "shorten it")
    return slug


def check_alias(alias: str) -> str:
    """Return *alias* when it is a path below the site's root."""
    if ".." in alias.split("/") or CONTROL.search(alias) or "\\" in alias:
        raise UnfitError(f"has {alias[:60]!r}, which leaves the site", "write it as /old/path/")
    if "?" in alias or "#" in alias:
        raise UnfitError(
            f"has {alias[:60]!r}, and a redirect can't depend on what follows ? or #",
            "write the path alone, as in /old/path/",
        )
    return unicodedata.normalize("NFC", alias)


def check_image(image: str) -> str:
    """Return *image* when it is a path or a web address."""
    scheme = image.partition(":")[0].lower() if ":" in image else ""
    if scheme not in {"", "http", "https"} or CONTROL.search(image):
        raise UnfitError(
            f"is {image[:60]!r}, neither a path nor a web address", "write a path or URL"
        )
    return image


def check_url(url: str) -> str:
    """Return *url* when it is a whole web address."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        whole = False
    if not whole or re.search(r"[\s\x00-\x1f]", url):
        raise UnfitError(f"is {url[:60]!r}, which is no web address", "write it with https://")
    return url


def check_tag(tag: str) -> str:
    """Return *tag* when it can be a language tag."""
    if not TAG.fullmatch(tag):
        raise UnfitError(f"is {tag[:60]!r}, which is no language tag", "write ja or en-GB")
    return tag


def check_order(order: int) -> int:
    """Return *order* when it can be a position."""
    if not 0 <= order < 1_000_000:  # noqa: PLR2004 - more than any series has
        raise UnfitError(f"is {order}, which is no position", "count from 1")
    return order


CHECKS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "slug": check_slug,
        "aliases": check_alias,
        "series_order": check_order,
        "image": check_image,
        "language": check_tag,
        "translations": check_tag,
        "canonical": check_url,
        "external": check_url,
    }
)
"""The check of a field's value, of each of its items, or of each of its keys."""


def checked(name: str, value: Any) -> tuple[Any, list[UnfitError]]:
    """Return *value* as the field *name* holds it, and what in it the field can't hold."""
    check = CHECKS.get(name)
    if check is None or value is None:
        return value, []
    held: list[Any] = []
    errors: list[UnfitError] = []
    for part in value if isinstance(value, (tuple, dict)) else (value,):
        try:
            held.append(check(part))
        except UnfitError as error:
            errors.append(error)
    if errors:
        return None, errors
    if isinstance(value, dict):
        return dict(zip(held, value.values(), strict=True)), []
    return tuple(held) if isinstance(value, tuple) else held[0], []
