"""The installed versions of other packages, each looked up once."""

from __future__ import annotations

import importlib.metadata
from functools import cache

version = cache(importlib.metadata.version)
"""Return the version of a distribution; a build asks for that of Sphinx a dozen times."""
