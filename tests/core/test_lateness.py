"""What becomes of things found late."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from painbot.core.lateness import DueKind, LateItem, Lateness, catch_up, decide_late
from painbot.core.quiet_hours import QuietHours

NIGHT = QuietHours(time(21), time(8))
NEW_YORK = ZoneInfo("America/New_York")
SEND, DEFER, FOLD, DROP = Lateness.SEND, Lateness.DEFER, Lateness.FOLD, Lateness.DROP


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=NEW_YORK).astimezone(UTC)


@pytest.mark.parametrize(
    ("kind", "due_at", "now", "fate"),
    [
        ("lesson", local(5, 11), local(5, 11), SEND),
        ("lesson", local(5, 11), local(5, 23), DEFER),
        ("lesson", local(5, 11), local(9, 15), SEND),
        ("lesson", local(5, 11), local(25, 3), DEFER),
        ("practice", local(5, 11), local(5, 20, 59), SEND),
        ("practice", local(5, 11), local(5, 21), FOLD),
        ("practice", local(5, 5), local(5, 6), DEFER),
        ("practice", local(5, 11), local(6, 9), FOLD),
        ("practice", local(5, 11), local(6, 0, 30), FOLD),
        ("check", local(5, 11), local(6, 11), SEND),
        ("check", local(5, 11), local(11, 20), SEND),
        ("check", local(5, 11), local(11, 22), FOLD),
        ("check", local(5, 11), local(12, 9), FOLD),
        ("check", local(5, 11), local(5, 22), DEFER),
        ("checkin", local(5, 9), local(5, 20), SEND),
        ("checkin", local(5, 7), local(5, 7, 30), DEFER),
        ("checkin", local(5, 9), local(5, 22), DROP),
        ("checkin", local(5, 9), local(6, 0), DROP),
        ("checkin", local(5, 9), local(6, 9), DROP),
        ("nudge", local(5, 12), local(6, 12), SEND),
        ("nudge", local(5, 12), local(6, 12, 1), DROP),
        ("nudge", local(5, 12), local(5, 23), DEFER),
        ("wellbeing", local(5, 12), local(9, 12), SEND),
        ("wellbeing", local(5, 12), local(9, 2), DEFER),
        ("resume", local(5, 12), local(20, 12), SEND),
        ("resume", local(5, 12), local(20, 5), DEFER),
    ],
)
def test_fate_by_kind(kind: str, due_at: datetime, now: datetime, fate: Lateness) -> None:
    assert decide_late(DueKind(kind), due_at, now, NEW_YORK, NIGHT) is fate


def test_past_day_means_the_learners_day() -> None:
    # 23:30 UTC and 00:30 UTC are one evening in New York and two dates in Dakar.
    due_at, now = datetime(2026, 6, 5, 23, 30, tzinfo=UTC), datetime(2026, 6, 6, 0, 30, tzinfo=UTC)
    no_quiet = QuietHours(time(0), time(0))
    assert decide_late(DueKind.CHECKIN, due_at, now, NEW_YORK, no_quiet) is SEND
    assert decide_late(DueKind.CHECKIN, due_at, now, ZoneInfo("Africa/Dakar"), no_quiet) is DROP


def fates(now: datetime, *items: tuple[str, datetime]) -> tuple[Lateness, ...]:
    late = [LateItem(DueKind(kind), due_at) for kind, due_at in items]
    return catch_up(late, now, NEW_YORK, NIGHT)


def test_catching_up_sends_one_and_keeps_what_must_not_be_lost() -> None:
    now = local(9, 14)
    missed = (
        ("nudge", local(9, 12)),
        ("lesson", local(6, 11)),
        ("checkin", local(8, 9)),
        ("check", local(8, 11)),
        ("practice", local(7, 11)),
        ("lesson", local(9, 11)),
    )
    assert fates(now, *missed) == (DROP, DEFER, DROP, SEND, FOLD, DEFER)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((("lesson", local(9, 11)), ("lesson", local(6, 11))), (DEFER, SEND)),
        ((("lesson", local(6, 11)), ("wellbeing", local(9, 12))), (DEFER, SEND)),
        ((("lesson", local(6, 11)), ("checkin", local(9, 9))), (DEFER, SEND)),
        ((("practice", local(9, 11)), ("nudge", local(9, 12))), (SEND, DROP)),
        ((("practice", local(9, 11)), ("practice", local(9, 12))), (SEND, FOLD)),
        ((), ()),
    ],
)
def test_the_most_pressing_goes_first_then_the_oldest(
    items: tuple[tuple[str, datetime], ...], expected: tuple[Lateness, ...]
) -> None:
    assert fates(local(9, 14), *items) == expected


def test_nothing_is_sent_while_it_is_quiet() -> None:
    found = fates(local(9, 23), ("lesson", local(6, 11)), ("checkin", local(9, 9)), ("resume", local(9, 8)))
    assert found == (DEFER, DROP, DEFER)
