"""The daily budget and the gap between pushes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.core.budget import Budget, Pushes, earliest_push
from painbot.core.pacing import local_date
from painbot.core.quiet_hours import QuietHours
from painbot.understanding.zones import zone_names

NIGHT = QuietHours(time(21), time(8))
NONE = QuietHours(time(0), time(0))
LONDON = ZoneInfo("Europe/London")
ZONES = st.sampled_from(sorted(zone_names())).map(ZoneInfo)
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
QUIET = st.builds(QuietHours, TIMES, TIMES)
INSTANTS = st.integers(-10 * 365 * 86_400, 130 * 365 * 86_400).map(
    lambda seconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
BUDGETS = st.builds(
    Budget, st.integers(1, 4), st.integers(0, 40 * 60).map(lambda minutes: timedelta(minutes=minutes))
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "pushes", "expected"),
    [
        (at(5, 11), Pushes(), at(5, 11)),
        (at(5, 22), Pushes(), at(6, 8)),
        (at(5, 10), Pushes(at(5, 9), date(2026, 1, 5), 1), at(5, 11)),
        (at(5, 11), Pushes(at(5, 9), date(2026, 1, 5), 1), at(5, 11)),
        (at(5, 20), Pushes(at(5, 19, 30), date(2026, 1, 5), 1), at(6, 8)),
        (at(5, 15), Pushes(at(5, 11), date(2026, 1, 5), 2), at(6, 8)),
        (at(6, 11), Pushes(at(5, 11), date(2026, 1, 5), 2), at(6, 11)),
    ],
)
def test_the_first_allowed_time(wanted: datetime, pushes: Pushes, expected: datetime) -> None:
    assert earliest_push(wanted, LONDON, NIGHT, pushes) == expected


def test_without_quiet_hours_a_full_day_ends_at_midnight_and_the_gap_still_holds() -> None:
    assert earliest_push(at(5, 15), LONDON, NONE, Pushes(at(5, 11), date(2026, 1, 5), 2)) == at(6, 0)
    assert earliest_push(at(5, 23, 30), LONDON, NONE, Pushes(at(5, 23), date(2026, 1, 5), 2)) == at(6, 1)


def test_a_midnight_that_does_not_exist_is_the_end_of_its_gap() -> None:
    cairo = ZoneInfo("Africa/Cairo")
    pushes = Pushes(datetime(2026, 4, 23, 15, tzinfo=UTC), date(2026, 4, 23), 2)
    found = earliest_push(datetime(2026, 4, 23, 19, tzinfo=UTC), cairo, NONE, pushes)
    assert found.astimezone(cairo).isoformat() == "2026-04-24T01:00:00+03:00"


def test_a_tally_counts_its_own_date_only() -> None:
    pushes = Pushes().record(at(5, 9), LONDON).record(at(5, 11), LONDON)
    assert pushes == Pushes(at(5, 11), date(2026, 1, 5), 2)
    assert pushes.record(at(6, 9), LONDON) == Pushes(at(6, 9), date(2026, 1, 6), 1)


def test_moving_west_onto_yesterdays_date_earns_no_extra_pushes() -> None:
    tokyo, la = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Los_Angeles")
    pushes = Pushes().record(at(5, 0), tokyo).record(at(5, 3), tokyo)
    assert local_date(at(5, 6), la) == date(2026, 1, 4)
    assert local_date(earliest_push(at(5, 6), la, NONE, pushes), la) == date(2026, 1, 6)
    assert pushes.record(at(5, 6), la).count == 3


@pytest.mark.parametrize(
    "make", [lambda: Budget(max_per_day=0), lambda: Budget(min_gap=timedelta(seconds=-1))]
)
def test_an_impossible_budget_is_refused(make: Callable[[], Budget]) -> None:
    with pytest.raises(ValueError, match="must"):
        make()


@pytest.mark.parametrize(
    ("before", "sent_at", "after"),
    [
        (Pushes(at(5, 9), date(2026, 1, 5), 1), at(5, 10, 50), Pushes(at(5, 10, 50), date(2026, 1, 5), 1)),
        (Pushes(at(5, 23, 30), date(2026, 1, 5), 2), at(6, 0, 40), Pushes(at(6, 0, 40), date(2026, 1, 6), 1)),
        (Pushes(at(5, 11), date(2026, 1, 5), 2), at(5, 10, 59), Pushes(at(5, 11), date(2026, 1, 5), 2)),
        (Pushes(), at(5, 9), Pushes()),
    ],
    ids=["later the same day", "after midnight", "another was planned since", "nothing was planned"],
)
def test_a_push_sent_late_counts_from_its_sending(before: Pushes, sent_at: datetime, after: Pushes) -> None:
    assert before.sent_late(sent_at, LONDON) == after


@given(wanted=INSTANTS, zone=ZONES, quiet=QUIET, back=st.integers(0, 3000), count=st.integers(1, 4))
def test_a_push_is_never_early_never_quiet_never_close_and_never_too_many(
    wanted: datetime, zone: ZoneInfo, quiet: QuietHours, back: int, count: int
) -> None:
    last_at = wanted - timedelta(minutes=back)
    pushes = Pushes(last_at, local_date(last_at, zone), count)
    found = earliest_push(wanted, zone, quiet, pushes)
    assert found >= wanted
    assert found - last_at >= timedelta(hours=2)
    assert not quiet.contains(found.astimezone(zone).time())
    assert count < 2 or local_date(found, zone) != local_date(last_at, zone)
    assert earliest_push(found, zone, quiet, pushes) == found


@given(
    begin=INSTANTS,
    waits=st.lists(st.integers(0, 1500), min_size=1, max_size=12),
    zone=ZONES,
    quiet=QUIET,
    budget=BUDGETS,
)
def test_a_run_of_pushes_keeps_every_promise(
    begin: datetime, waits: list[int], zone: ZoneInfo, quiet: QuietHours, budget: Budget
) -> None:
    pushes, now, sent = Pushes(), begin, []
    for wait in waits:
        now = earliest_push(now + timedelta(minutes=wait), zone, quiet, pushes, budget)
        pushes = pushes.record(now, zone)
        sent.append(now)
    assert all(later - sooner >= budget.min_gap for sooner, later in pairwise(sent))
    assert not any(quiet.contains(moment.astimezone(zone).time()) for moment in sent)
    days = [local_date(moment, zone) for moment in sent]
    assert all(days.count(day) <= budget.max_per_day for day in days)
