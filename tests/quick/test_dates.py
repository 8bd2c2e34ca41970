"""Dates in numbers are what Babel writes, in any language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from babel.dates import format_date, format_datetime, format_time
from hypothesis import given
from hypothesis import strategies as st
from sphinx.util import i18n

from tsuzuri.quick.dates import NUMBERS, is_known, numbers

OWN = getattr(i18n.babel_format_date, "__wrapped__", i18n.babel_format_date)
QUICK = numbers(OWN)


@given(
    st.datetimes(timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=9))])),
    st.sampled_from([*NUMBERS, "MMMM", "EEE", "YY"]),
    st.sampled_from(["ja", "en", "pt_BR", "ar", "fa", "th", "zh_Hant", ""]),
)
def test_a_date_is_that_of_babel(day: datetime, style: str, language: str) -> None:
    assert QUICK(day, style, language, formatter=format_datetime) == OWN(
        day, style, language, formatter=format_datetime
    )


@pytest.mark.parametrize("formatter", [format_date, format_datetime, format_time])
def test_other_ways_are_left_to_babel(formatter: i18n.Formatter) -> None:
    """A date or a time alone, and no way named."""
    day = datetime(2024, 9, 2, 12)
    assert QUICK(day, "medium", "ja", formatter=formatter) == OWN(
        day, "medium", "ja", formatter=formatter
    )
    assert QUICK(day, "dd", "ja") == OWN(day, "dd", "ja") == "02"


def test_a_language_that_nobody_knows_is_told_of() -> None:
    """Sphinx warns of it, once a date."""
    assert not is_known("xx-nowhere")
    assert not is_known("")
