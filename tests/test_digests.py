"""Names for values."""

from __future__ import annotations

from tsuzuri.digests import digest


def test_a_digest_tells_values_apart() -> None:
    """And says the same of the same."""
    assert digest(1, "a") == digest(1, "a")
    assert len({digest(1, "a"), digest((1, "a")), digest("a", 1), digest()}) == 4
