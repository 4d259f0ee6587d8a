"""Quiet hours: what they hold, and when they end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.core.quiet_hours import QuietHours
from painbot.understanding.zones import zone_names

NIGHT = QuietHours(time(21), time(8))
NONE = QuietHours(time(0), time(0))
ZONES = st.sampled_from(sorted(zone_names())).map(ZoneInfo)
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
INSTANTS = st.integers(-10 * 365 * 86_400, 130 * 365 * 86_400).map(
    lambda seconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@pytest.mark.parametrize(
    ("quiet", "at", "held"),
    [
        (NIGHT, time(20, 59, 59), False),
        (NIGHT, time(21), True),
        (NIGHT, time(0), True),
        (NIGHT, time(7, 59, 59), True),
        (NIGHT, time(8), False),
        (QuietHours(time(13), time(15)), time(12, 59), False),
        (QuietHours(time(13), time(15)), time(13), True),
        (QuietHours(time(13), time(15)), time(15), False),
        (QuietHours(time(22), time(0)), time(23, 59), True),
        (QuietHours(time(22), time(0)), time(0), False),
        (NONE, time(0), False),
        (NONE, time(12), False),
        (QuietHours(time(9), time(9)), time(9), False),
    ],
)
def test_a_span_holds_its_start_and_not_its_end(quiet: QuietHours, at: time, held: bool) -> None:
    assert quiet.contains(at) is held


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "zone", "now", "expected"),
    [
        # allowed: the instant itself
        (NIGHT, "Europe/Berlin", utc(2026, 3, 28, 12), utc(2026, 3, 28, 12)),
        (NONE, "Europe/Berlin", utc(2026, 3, 28, 23), utc(2026, 3, 28, 23)),
        # in the evening and after midnight
        (NIGHT, "Europe/Berlin", utc(2026, 1, 10, 20), utc(2026, 1, 11, 7)),
        (NIGHT, "Europe/Berlin", utc(2026, 1, 11, 3), utc(2026, 1, 11, 7)),
        # a night with a clock change ends at the same wall hour
        (NIGHT, "Europe/Berlin", utc(2026, 3, 28, 22), utc(2026, 3, 29, 6)),
        (NIGHT, "Europe/Berlin", utc(2026, 10, 24, 22), utc(2026, 10, 25, 7)),
        (NIGHT, "Australia/Lord_Howe", utc(2026, 10, 3, 12), utc(2026, 10, 3, 21)),
        # an end that does not exist moves forward by the gap
        (QuietHours(time(21), time(2, 30)), "Europe/Berlin", utc(2026, 3, 29, 0), utc(2026, 3, 29, 1, 30)),
        # an end that happens twice: the first pass, and from inside the second pass the second
        (QuietHours(time(21), time(2, 30)), "Europe/Berlin", utc(2026, 10, 24, 23), utc(2026, 10, 25, 0, 30)),
        (
            QuietHours(time(21), time(2, 30)),
            "Europe/Berlin",
            utc(2026, 10, 25, 1, 10),
            utc(2026, 10, 25, 1, 30),
        ),
        # the night into a date that never happened
        (NIGHT, "Pacific/Apia", utc(2011, 12, 30, 8), utc(2011, 12, 30, 18)),
        # only 02:00-03:00 is allowed, and that hour does not exist tonight: a day later
        (QuietHours(time(3), time(2)), "Europe/Berlin", utc(2026, 3, 29, 0), utc(2026, 3, 30, 0)),
    ],
)
def test_next_allowed(quiet: QuietHours, zone: str, now: datetime, expected: datetime) -> None:
    assert quiet.next_allowed(now, ZoneInfo(zone)) == expected


def test_an_aware_instant_of_another_zone_is_understood() -> None:
    now = datetime(2026, 1, 10, 15, tzinfo=ZoneInfo("America/New_York"))
    found = NIGHT.next_allowed(now, ZoneInfo("Europe/Berlin"))
    assert found == utc(2026, 1, 10, 20) + timedelta(hours=11)
    assert found.tzinfo is UTC


@given(TIMES, TIMES, INSTANTS, ZONES)
def test_the_answer_is_never_quiet_never_earlier_and_stays_when_asked_again(
    start: time, end: time, now: datetime, zone: ZoneInfo
) -> None:
    quiet = QuietHours(start, end)
    found = quiet.next_allowed(now, zone)
    assert found >= now
    assert not quiet.contains(found.astimezone(zone).time())
    assert quiet.next_allowed(found, zone) == found


@given(INSTANTS, ZONES)
def test_an_ordinary_night_is_over_within_its_length(now: datetime, zone: ZoneInfo) -> None:
    assert NIGHT.next_allowed(now, zone) - now <= timedelta(hours=12)


def test_every_minute_of_a_year_ends_at_eight_local() -> None:
    zone = ZoneInfo("America/St_Johns")
    now = datetime.combine(date(2026, 1, 1), time(0), tzinfo=UTC)
    while now.year == 2026:
        found = NIGHT.next_allowed(now, zone)
        assert found == now or found.astimezone(zone).time() == time(8)
        now += timedelta(minutes=37)
