"""Moments as writers write them.

>>> from zoneinfo import ZoneInfo
>>> parse_date("２０２４年９月１２日", ZoneInfo("Asia/Tokyo")).isoformat()
'2024-09-12T00:00:00+09:00'

A day without a time is its midnight in the zone that is passed; a time without a zone is
meant in it; the result is always told in it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo

MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
FIRST_YEAR = 1900

_WEEKDAY = r"(?:\s*[(]?[日月火水木金土](?:曜日?)?[)]?)?"
_TIME = (
    r"(?:(?:\s*T\s*|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?)?"
)
_ZONE = r"(?:\s*(?P<zone>Z|UTC|GMT|JST|[-+]\d{2}(?::?\d{2})?))?"
_MONTH = r"(?P<name>[A-Za-z]{3,9})\.?"
_EN_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"

_ISO = r"(?P<year>\d{4})(?P<s>[-/.])(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})"
_JAPANESE = (
    r"(?:(?P<era>令和|平成|昭和)(?P<count>元|\d{1,2})|(?P<year>\d{4}))\s*年\s*"
    rf"(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*日{_WEEKDAY}"
    r"(?:\s*(?P<half>午前|午後)?\s*(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d{2})(?::(?P<second>\d{2}))?|時(?:(?P<min2>\d{1,2})分)?))?"
)
_MONTH_FIRST = rf"(?:[A-Za-z]{{3,9}},?\s+)??{_MONTH}\s+{_EN_DAY},?\s+(?P<year>\d{{4}})"
_DAY_FIRST = rf"(?:[A-Za-z]{{3,9}},?\s+)?{_EN_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})"

SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        _ISO + _TIME + _ZONE,
        _JAPANESE + _ZONE,
        _MONTH_FIRST + _TIME + _ZONE,
        _DAY_FIRST + _TIME + _ZONE,
    )
)
FILE_NAME = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:[-_](?P<slug>.+))?")


def parse_date(text: str, zone: tzinfo) -> datetime:
    """Return the moment that *text* names, told in *zone*; raise ValueError when it names none."""
    text = unicodedata.normalize("NFKC", text).strip()
    for shape in SHAPES:
        match = shape.fullmatch(text)
        if match is not None:
            return moment(match.groupdict(), zone)
    raise ValueError("not a date")


def moment(parts: dict[str, str | None], zone: tzinfo) -> datetime:
    """Return the moment whose parts a shape found."""
    year = year_of(parts)
    if year < FIRST_YEAR:
        raise ValueError(f"the year {year} is before {FIRST_YEAR}")
    written = datetime(
        year,
        month_of(parts),
        int(parts["day"] or 0),
        hour_of(parts),
        int(parts.get("minute") or parts.get("min2") or 0),
        int(parts.get("second") or 0),
        int((parts.get("fraction") or "0")[:6].ljust(6, "0")),
        zone_of(parts.get("zone"), zone),
    )
    try:
        return written.astimezone(zone)
    except OverflowError:
        raise ValueError("the date is out of range") from None


def year_of(parts: dict[str, str | None]) -> int:
    """Return the year, also one counted by a Japanese era."""
    if parts.get("year"):
        return int(parts["year"] or 0)
    count = parts["count"] or ""
    return ERAS[parts["era"] or ""] + (1 if count == "元" else int(count))


def month_of(parts: dict[str, str | None]) -> int:
    """Return the month, also one named in English."""
    if parts.get("month"):
        return int(parts["month"] or 0)
    name = (parts["name"] or "").lower()
    if name[:3] not in MONTHS:
        raise ValueError(f"{name} is no month")
    return MONTHS[name[:3]]


def hour_of(parts: dict[str, str | None]) -> int:
    """Return the hour of the day, 午後 counted from noon."""
    hour = int(parts.get("hour") or 0)
    if parts.get("half") and hour > 12:  # noqa: PLR2004 - half a day has twelve hours
        raise ValueError(f"{parts['half']} has no hour {hour}")
    return hour % 12 + 12 if parts.get("half") == "午後" else hour


def zone_of(name: str | None, default: tzinfo) -> tzinfo:
    """Return the zone written behind a time, or else *default*."""
    if name is None:
        return default
    if name.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    if name.upper() == "JST":
        return timezone(timedelta(hours=9))
    digits = name[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if name[0] == "-" else offset)


def from_file_name(path: str, zone: tzinfo) -> tuple[datetime | None, str | None]:
    """Return the date and the slug that a path such as ``posts/2024-09-12-slug.md`` carries.

    The folder's name counts for a post that is a folder with ``index.md``.
    """
    *folders, name = path.replace("\\", "/").split("/")
    stem = name.rpartition(".")[0] or name
    if stem in {"index", "_index", "README"} and folders:
        stem = folders[-1]
    match = FILE_NAME.fullmatch(stem)
    if match is None:
        return None, None
    try:
        return parse_date(match["day"], zone), match["slug"]
    except ValueError:
        return None, None
