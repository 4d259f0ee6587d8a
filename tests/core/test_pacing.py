"""Wall-clock arithmetic and the rhythm of a week."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.core.pacing import (
    Pace,
    course_day,
    instant,
    is_item_date,
    local_date,
    next_check_date,
    next_instant,
    next_item_date,
)
from painbot.understanding.zones import zone_names

STARTED = date(2026, 3, 24)
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(sorted(zone_names())).map(ZoneInfo)
DATES = st.dates(min_value=date(1960, 1, 2), max_value=date(2100, 1, 1))
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def first_showing(wall: datetime, zone: ZoneInfo) -> datetime | None:
    """Find the first instant at which the zone's clock shows `wall`, from instants alone."""
    guess = wall.replace(tzinfo=UTC)
    offsets = {
        (guess + timedelta(hours=hours)).astimezone(zone).utcoffset() or timedelta(0)
        for hours in range(-40, 41)
    }
    hits = [
        guess - offset for offset in offsets if (guess - offset).astimezone(zone).replace(tzinfo=None) == wall
    ]
    return min(hits, default=None)


@given(DATES, TIMES, ZONES)
def test_a_wall_time_that_happens_is_shown_by_the_clock_at_its_first_instant(
    on: date, at: time, zone: ZoneInfo
) -> None:
    first = first_showing(datetime.combine(on, at), zone)
    if first is not None:
        assert instant(on, at, zone) == first
    else:
        # It never happens: the clock then shows a later time, and the distance is the gap.
        shown = instant(on, at, zone).astimezone(zone)
        gap = shown.replace(tzinfo=None) - datetime.combine(on, at)
        before = (instant(on, at, zone) - gap).astimezone(zone).utcoffset()
        after = shown.utcoffset()
        assert before is not None
        assert after is not None
        assert timedelta(0) < gap == after - before


@pytest.mark.parametrize(
    ("zone", "on"),
    [
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Fakaofo", date(2011, 12, 30)),
        ("Pacific/Kwajalein", date(1993, 8, 21)),
        ("Pacific/Kiritimati", date(1994, 12, 31)),
        ("Pacific/Kanton", date(1994, 12, 31)),
    ],
)
@pytest.mark.parametrize("hour", [0, 9, 23])
def test_a_date_that_never_happened_is_a_gap_of_a_day(zone: str, on: date, hour: int) -> None:
    there = ZoneInfo(zone)
    shown = instant(on, time(hour, 30), there).astimezone(there)
    assert shown.replace(tzinfo=None) == datetime.combine(on + timedelta(days=1), time(hour, 30))


def test_a_time_marked_as_second_pass_is_still_the_first() -> None:
    at = time(2, 30, fold=1)
    assert instant(date(2026, 10, 25), at, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_next_instant_takes_the_second_pass_once_the_first_is_over() -> None:
    on, at = date(2026, 10, 25), time(2, 30)
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert next_instant(on, at, BERLIN, after=first - timedelta(hours=1)) == first
    assert next_instant(on, at, BERLIN, after=first) == second
    assert next_instant(on, at, BERLIN, after=second) is None


@pytest.mark.parametrize(
    ("zone", "on"),
    [("Pacific/Kiritimati", date(2026, 1, 2)), ("UTC", date(2026, 1, 1)), ("Pacific/Niue", date(2026, 1, 1))],
)
def test_local_date_is_the_date_where_the_learner_lives(zone: str, on: date) -> None:
    assert local_date(datetime(2026, 1, 1, 12, tzinfo=UTC), ZoneInfo(zone)) == on


def test_course_days_count_from_one() -> None:
    assert [course_day(STARTED, STARTED + timedelta(days=n)) for n in (-1, 0, 6, 7)] == [0, 1, 7, 8]


@pytest.mark.parametrize(("pace", "days"), [(Pace.STEADY, 6), (Pace.GENTLE, 3)])
def test_a_week_has_its_number_of_item_days_and_never_the_check_day(pace: Pace, days: int) -> None:
    for week in range(10):
        dates = [STARTED + timedelta(days=7 * week + day) for day in range(7)]
        items = [on for on in dates if is_item_date(pace, STARTED, on)]
        assert len(items) == days
        check_day = next_check_date(STARTED, None, dates[0])
        assert check_day == dates[6]
        assert check_day not in items


def test_gentle_items_go_out_on_days_one_three_and_five() -> None:
    days = [n for n in range(1, 15) if is_item_date(Pace.GENTLE, STARTED, STARTED + timedelta(days=n - 1))]
    assert days == [1, 3, 5, 8, 10, 12]


def test_nothing_goes_out_before_the_first_day() -> None:
    before = STARTED - timedelta(days=1)
    assert not is_item_date(Pace.STEADY, STARTED, before)
    assert next_item_date(Pace.STEADY, STARTED, None, STARTED - timedelta(days=3)) == STARTED
    assert next_check_date(STARTED, None, STARTED - timedelta(days=3)) == STARTED + timedelta(days=6)


@pytest.mark.parametrize(
    ("pace", "last", "today", "expected"),
    [
        (Pace.STEADY, None, 1, 1),
        (Pace.STEADY, 1, 1, 2),
        (Pace.STEADY, 6, 6, 8),
        (Pace.STEADY, 6, 7, 8),
        (Pace.STEADY, 2, 20, 20),
        (Pace.STEADY, 2, 21, 22),
        (Pace.GENTLE, None, 2, 3),
        (Pace.GENTLE, 1, 1, 3),
        (Pace.GENTLE, 5, 5, 8),
        (Pace.GENTLE, 5, 6, 8),
        (Pace.GENTLE, 6, 6, 8),
        (Pace.STEADY, 9, 8, 10),
    ],
)
def test_the_next_item_day(pace: Pace, last: int | None, today: int, expected: int) -> None:
    def on(day: int) -> date:
        return STARTED + timedelta(days=day - 1)

    assert next_item_date(pace, STARTED, None if last is None else on(last), on(today)) == on(expected)


@pytest.mark.parametrize(
    ("last", "today", "expected"),
    [(None, 1, 7), (None, 7, 7), (7, 7, 14), (7, 10, 14), (None, 8, 14), (7, 30, 35), (14, 8, 21)],
)
def test_the_next_check_day(last: int | None, today: int, expected: int) -> None:
    def on(day: int) -> date:
        return STARTED + timedelta(days=day - 1)

    assert next_check_date(STARTED, None if last is None else on(last), on(today)) == on(expected)


def test_the_week_that_a_check_day_closes_is_the_same_on_any_pace() -> None:
    last_on, days = None, []
    for _ in range(16):
        last_on = next_check_date(STARTED, last_on, STARTED)
        days.append(course_day(STARTED, last_on))
    assert days == [7 * number for number in range(1, 17)]


@given(
    pace=st.sampled_from(Pace),
    started_on=DATES,
    last=st.none() | st.integers(0, 200),
    today=st.integers(-10, 200),
)
def test_next_dates_are_allowed_later_than_the_last_and_the_earliest_such(
    pace: Pace, started_on: date, last: int | None, today: int
) -> None:
    last_on = None if last is None else started_on + timedelta(days=last)
    now_on = started_on + timedelta(days=today)
    item = next_item_date(pace, started_on, last_on, now_on)
    check = next_check_date(started_on, last_on, now_on)
    earliest = max(now_on, started_on, *([] if last_on is None else [last_on + timedelta(days=1)]))
    assert earliest <= item
    assert earliest <= check
    assert is_item_date(pace, started_on, item)
    assert course_day(started_on, check) % 7 == 0
    assert not any(is_item_date(pace, started_on, on) for on in dates_between(earliest, item))
    assert not any(course_day(started_on, on) % 7 == 0 for on in dates_between(earliest, check))


def dates_between(first: date, end: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((end - first).days)]
