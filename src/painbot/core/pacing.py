"""When the next item of a course is due: wall-clock arithmetic and the rhythm of a week.

A course day is 1 on the first day. Lessons and practice days go out in order, one each *item day*; a
check day comes every seven calendar days (course days 7, 14, ...) on any pace, and "week N" is the
Nth check day.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

DAYS_A_WEEK: Final = 7


class Pace(StrEnum):
    """How often items go out."""

    STEADY = "steady"
    GENTLE = "gentle"


# Days of each seven-day block, counted from 1, on which an item may go out. Day 7 is the check day.
_ITEM_DAYS: Final[dict[Pace, frozenset[int]]] = {
    Pace.STEADY: frozenset({1, 2, 3, 4, 5, 6}),
    Pace.GENTLE: frozenset({1, 3, 5}),
}


def instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which a clock in `zone` shows this date and wall time.

    An hour that a clock change skips moves forward by the size of the gap (a date that never happened
    is a gap of 24 hours); of an hour that happens twice the first is taken. Both are what fold=0 means
    in `zoneinfo`: the offset in force before the change.
    """
    return datetime.combine(on, at.replace(tzinfo=None, fold=0), tzinfo=zone).astimezone(UTC)


def next_instant(on: date, at: time, zone: ZoneInfo, after: datetime) -> datetime | None:
    """Return the first instant later than `after` that shows this date and wall time, if there is one.

    Differs from `instant` only where an hour happens twice and its first pass is already over.
    """
    first = instant(on, at, zone)
    if first > after:
        return first
    second = datetime.combine(on, at.replace(tzinfo=None, fold=1), tzinfo=zone).astimezone(UTC)
    return second if second > after else None


def local_date(now: datetime, zone: ZoneInfo) -> date:
    """Return the calendar date in `zone` at the aware instant `now`."""
    return now.astimezone(zone).date()


def course_day(started_on: date, today: date) -> int:
    """Return the course day: 1 on the first day, 0 or less before it."""
    return (today - started_on).days + 1


def is_item_date(pace: Pace, started_on: date, on: date) -> bool:
    """Say whether a lesson or practice day may go out on this date."""
    day = course_day(started_on, on)
    return day >= 1 and (day - 1) % DAYS_A_WEEK + 1 in _ITEM_DAYS[pace]


def next_item_date(pace: Pace, started_on: date, last_item_on: date | None, today: date) -> date:
    """Return the first date, from `today` on and later than `last_item_on`, for the next item."""
    on = _first_open_date(started_on, last_item_on, today)
    while not is_item_date(pace, started_on, on):
        on += timedelta(days=1)
    return on


def next_check_date(started_on: date, last_check_on: date | None, today: date) -> date:
    """Return the first check day from `today` on and later than `last_check_on`."""
    on = _first_open_date(started_on, last_check_on, today)
    return on + timedelta(days=-course_day(started_on, on) % DAYS_A_WEEK)


def _first_open_date(started_on: date, last_on: date | None, today: date) -> date:
    on = max(started_on, today)
    return on if last_on is None else max(on, last_on + timedelta(days=1))
