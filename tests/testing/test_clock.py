from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from painbot.testing.clock import ManualClock

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)


def test_clock_stands_still_until_moved() -> None:
    clock = ManualClock(NOON)
    assert clock.now() == clock.now() == NOON
    clock.advance(timedelta(minutes=5))
    assert clock.now() == datetime(2026, 3, 29, 12, 5, tzinfo=UTC)


def test_clock_tells_utc_whatever_zone_it_was_set_in() -> None:
    clock = ManualClock(datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin")))
    assert clock.now() == datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    clock.set(datetime(2026, 3, 29, 3, 0, tzinfo=ZoneInfo("Europe/Berlin")))
    assert clock.now().isoformat() == "2026-03-29T01:00:00+00:00"


def test_clock_refuses_to_move_backwards_and_keeps_its_time() -> None:
    clock = ManualClock(NOON)
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(timedelta(microseconds=-1))
    with pytest.raises(ValueError, match="backwards"):
        clock.set(NOON - timedelta(hours=1))
    assert clock.now() == NOON


def test_clock_refuses_an_instant_without_a_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        ManualClock(NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="no time zone"):
        ManualClock(NOON).set(NOON.replace(tzinfo=None))
