"""The one place that asks what time it is."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime


def build_time() -> datetime:
    """Return the moment of this build, or the one that ``SOURCE_DATE_EPOCH`` names.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isdecimal() else int(time.time())
    return datetime.fromtimestamp(seconds, UTC)
