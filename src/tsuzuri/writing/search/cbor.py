"""Concise Binary Object Representation, as much of it as Pagefind's files are made of (RFC 8949).

A file is joined from pieces that were encoded page by page, which is why no library of the
format, all of which encode whole values, is used.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = int | str | list["Value"]

UNSIGNED, NEGATIVE, TEXT, ARRAY = 0, 1, 3, 4
"""Major types, section 3.1."""
DIRECT = 24
"""Counts below it are in the first byte; from it on, it says how many bytes follow."""
WIDTHS = {DIRECT: 1, DIRECT + 1: 2, DIRECT + 2: 4, DIRECT + 3: 8}


@cache
def head(major: int, count: int) -> bytes:
    """Return the first bytes of an item: its *major* type and its value or length."""
    if count < DIRECT:
        return bytes((major << 5 | count,))
    for code, width in WIDTHS.items():
        if count < 1 << 8 * width:
            return bytes((major << 5 | code,)) + count.to_bytes(width)
    raise ValueError(f"{count} does not fit into eight bytes")


@cache
def number(value: int) -> bytes:
    """Return a whole number."""
    return head(UNSIGNED, value) if value >= 0 else head(NEGATIVE, -1 - value)


@cache
def numbers(bits: int) -> tuple[bytes, ...]:
    """Return all numbers of so many *bits*, each at its place.

    A page has thousands, and to look them up takes a tenth of a call.
    """
    # past the cache, which would keep each a second time
    return tuple([head.__wrapped__(UNSIGNED, value) for value in range(1 << bits)])


def text(value: str) -> bytes:
    """Return a string."""
    content = value.encode()
    return head(TEXT, len(content)) + content


def array(items: Sequence[bytes]) -> bytes:
    """Return a list of encoded *items*."""
    return head(ARRAY, len(items)) + b"".join(items)


def decoded(data: bytes, start: int = 0) -> Value:
    """Return the one value that *data* holds from *start* to its end.

    Raises:
        ValueError: it holds something else, or what Pagefind has no use for.
    """
    try:
        value, end = item(data, start)
    except IndexError:
        raise ValueError("the data end before their last value does") from None
    if end != len(data):
        raise ValueError(f"{len(data) - end} bytes too many")
    return value


def item(data: bytes, at: int) -> tuple[Value, int]:
    """Return the value at a place of *data*, and where the next begins."""
    major, count = data[at] >> 5, data[at] & 31
    at += 1
    if count >= DIRECT:
        width = WIDTHS.get(count, 0)
        count = int.from_bytes(data[at : at + width])
        at += width
    if major == UNSIGNED:
        return count, at
    if major == NEGATIVE:
        return -1 - count, at
    if major == TEXT:
        return data[at : at + count].decode(), at + count
    if major != ARRAY:
        raise ValueError(f"major type {major} at byte {at} is not expected")
    values = []
    for _number in range(count):
        value, at = item(data, at)
        values.append(value)
    return values, at
