"""Names for values: two that differ have other names."""

from __future__ import annotations

import hashlib


def digest(*values: object) -> str:
    """Return a digest of *values*, which have a stable ``repr``."""
    return hashlib.blake2b(repr(values).encode(), digest_size=12).hexdigest()
