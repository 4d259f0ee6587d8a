"""What becomes of things found late: what is still owed, and what a tick chooses out of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.core.course import Card, Course, Item, ItemKind, Week
from painbot.core.decisions import LearnerFile
from painbot.core.due import Due, DueKind
from painbot.core.enrollment import Enrollment, EnrollmentStatus, Learner, Rest
from painbot.core.ids import ChatId, CourseId, EnrollmentId, ItemId, LearnerId
from painbot.core.lateness import PUSH_KEEPS, choose, push_expires_at
from painbot.core.planning import hand_out, owed, pushed, withdrawn
from painbot.core.quiet_hours import QuietHours

NEW_YORK = ZoneInfo("America/New_York")
NO_QUIET = QuietHours(time(0), time(0))
STARTED = date(2026, 6, 5)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=NEW_YORK).astimezone(UTC)


def june(day: int) -> date:
    return date(2026, 6, day)


def course_of(*kinds: str) -> Course:
    items = tuple(
        Item(ItemId(f"{kind}-{number}"), ItemKind(kind), kind, (Card("card", kind),))
        for number, kind in enumerate(kinds, start=1)
    )
    return Course(CourseId("course"), "Course", "en", "1", (Week(1, "Theme", items),))


def learner(zone: str = "America/New_York", **changes: object) -> LearnerFile:
    """Return an active learner: lessons at 11:00, check-ins at 9:00, quiet from 21:00 to 8:00."""
    enrollment = Enrollment(
        EnrollmentId(1),
        LearnerId(1),
        CourseId("course"),
        EnrollmentStatus.ACTIVE,
        created_at=local(1, 12),
        started_on=STARTED,
    )
    return LearnerFile(
        Learner(LearnerId(1), ChatId(1), local(1, 12), zone=zone),
        replace(enrollment, **changes),  # type: ignore[arg-type]
    )


def owed_of(file: LearnerFile, course: Course, now: datetime, kind: str) -> Due:
    (due,) = [due for due in owed(file, course, now) if due.kind is DueKind(kind)]
    return due


@pytest.mark.parametrize("kind", ["lesson", "practice"])
@pytest.mark.parametrize(
    ("now", "goes_at"),
    [
        (local(5, 10), local(5, 11)),
        (local(5, 11), local(5, 11)),
        (local(5, 20, 59), local(5, 20, 59)),
        (local(5, 21), local(6, 8)),
        (local(6, 0, 30), local(6, 8)),
        (local(9, 15), local(9, 15)),
        (local(25, 3), local(25, 8)),
    ],
)
def test_a_lesson_or_practice_day_goes_out_at_the_next_allowed_time_however_late(
    kind: str, now: datetime, goes_at: datetime
) -> None:
    due = owed_of(learner(), course_of(kind), now, kind)
    assert (due.wanted_at, due.goes_at, due.on) == (local(5, 11), goes_at, STARTED)


@pytest.mark.parametrize(
    ("now", "on", "goes_at"),
    [
        (local(11, 11), june(11), local(11, 11)),
        (local(11, 22), june(11), local(12, 8)),
        (local(12, 11), june(11), local(12, 11)),
        (local(17, 20), june(11), local(17, 20)),
        (local(17, 23), june(11), local(18, 8)),
        (local(18, 0), june(18), local(18, 11)),
        (local(24, 15), june(18), local(24, 15)),
        (local(25, 9), june(25), local(25, 11)),
    ],
)
def test_a_check_day_found_a_week_late_gives_way_to_the_next_one(
    now: datetime, on: date, goes_at: datetime
) -> None:
    due = owed_of(learner(), course_of("check", "check"), now, "check")
    assert (due.on, due.goes_at) == (on, goes_at)
    assert due.item is not None
    assert due.item.id == "check-1", "a slot is lost, never a check"


@pytest.mark.parametrize(
    ("checkin_time", "now", "on", "goes_at"),
    [
        (time(9), local(6, 9), june(6), local(6, 9)),
        (time(9), local(6, 20), june(6), local(6, 20)),
        (time(9), local(6, 21), june(7), local(7, 9)),
        (time(9), local(7, 0), june(7), local(7, 9)),
        (time(9), local(16, 12), june(16), local(16, 12)),
        (time(7), local(6, 7, 30), june(6), local(6, 8)),
    ],
)
def test_a_check_in_of_a_past_day_is_dropped(
    checkin_time: time, now: datetime, on: date, goes_at: datetime
) -> None:
    due = owed_of(learner(checkin_time=checkin_time), course_of("lesson"), now, "checkin")
    assert (due.on, due.goes_at) == (on, goes_at)


@pytest.mark.parametrize(("zone", "on"), [("America/New_York", june(6)), ("Africa/Dakar", june(7))])
def test_past_day_means_the_learners_day(zone: str, on: date) -> None:
    # 23:30 UTC and 00:30 UTC are one evening in New York and two dates in Dakar.
    now = datetime(2026, 6, 7, 0, 30, tzinfo=UTC)
    file = learner(zone, checkin_time=time(19, 30) if on == june(6) else time(23, 30), quiet=NO_QUIET)
    assert owed_of(file, course_of("lesson"), now, "checkin").on == on


@given(
    now=st.integers(0, 60 * 24 * 400).map(lambda minutes: local(6, 0) + timedelta(minutes=minutes)),
    checkin_time=st.builds(time, st.integers(8, 20), st.integers(0, 59)),
    pushed_before=st.none() | st.integers(0, 300).map(lambda minutes: timedelta(minutes=minutes)),
)
def test_a_check_in_goes_out_on_its_own_day_or_not_at_all(
    now: datetime, checkin_time: time, pushed_before: timedelta | None
) -> None:
    file = learner(checkin_time=checkin_time)
    if pushed_before is not None:
        file = pushed(file, now - pushed_before)
    due = owed_of(file, course_of("lesson"), now, "checkin")
    assert due.goes_at >= max(now, due.wanted_at)
    assert due.goes_at.astimezone(NEW_YORK).date() == due.on


@pytest.mark.parametrize(
    ("now", "goes_at"),
    [(local(9, 12), local(9, 12)), (local(9, 2), local(9, 8)), (local(25, 23), local(26, 8))],
)
def test_the_question_after_a_rest_goes_out_at_the_next_allowed_time(
    now: datetime, goes_at: datetime
) -> None:
    rest = Rest("urgent", "group", since=local(3, 12), until=local(5, 12))
    assert owed(learner(rest=rest), course_of("lesson"), now) == (
        Due(DueKind.WELLBEING, local(5, 12), goes_at),
    )


def test_the_end_of_a_pause_waits_for_no_quiet_hours_since_it_sends_nothing() -> None:
    paused = learner(status=EnrollmentStatus.PAUSED, paused_until=local(5, 12))
    assert owed(paused, course_of("lesson"), local(20, 5)) == (
        Due(DueKind.RESUME, local(5, 12), local(20, 5)),
    )


@pytest.mark.parametrize(
    ("found", "chosen"),
    [
        ({"checkin": local(9, 9)}, "checkin"),
        ({"lesson": local(9, 11)}, "lesson"),
        ({"checkin": local(9, 13, 1), "lesson": local(9, 11)}, "checkin"),
        ({"checkin": local(9, 13), "lesson": local(9, 11)}, "lesson"),
        ({"checkin": local(9, 9), "practice": local(6, 11)}, "practice"),
        ({"checkin": local(9, 9), "check": local(8, 11)}, "check"),
        ({"check": local(8, 11), "lesson": local(6, 11)}, "check"),
        ({"check": local(9, 11), "practice": local(6, 11)}, "check"),
        ({"lesson": local(6, 11), "wellbeing": local(9, 12)}, "wellbeing"),
        ({"checkin": local(9, 9), "resume": local(9, 12)}, "resume"),
        ({}, None),
    ],
)
def test_one_thing_is_chosen_out_of_what_may_go_now(found: dict[str, datetime], chosen: str | None) -> None:
    due_now = tuple(Due(DueKind(kind), wanted_at, local(9, 14)) for kind, wanted_at in found.items())
    for order in (due_now, due_now[::-1]):
        due = choose(order, local(9, 14))
        assert (due.kind.value if due else None) == chosen


def catch_up(file: LearnerFile, course: Course, now: datetime) -> tuple[Due | None, Sequence[Due]]:
    """Do what a tick does for an item; return what it chose and what is owed after that."""
    chosen = choose(tuple(due for due in owed(file, course, now) if due.goes_at <= now), now)
    if chosen is not None and chosen.item is not None:
        file = pushed(hand_out(file, chosen.item, now), now)
    return chosen, owed(file, course, now)


def test_after_an_outage_one_lesson_goes_out_and_the_next_waits_until_it_is_opened() -> None:
    chosen, left = catch_up(learner(), course_of("lesson", "lesson", "practice"), local(25, 15))
    assert chosen is not None
    assert chosen.item is not None
    assert chosen.item.id == "lesson-1"
    assert [due.kind for due in left] == [DueKind.CHECKIN]


def test_after_an_outage_the_next_practice_day_waits_for_its_own_day() -> None:
    chosen, left = catch_up(learner(), course_of("practice", "practice"), local(24, 15))
    assert chosen is not None
    assert chosen.kind is DueKind.PRACTICE
    # The 25th is a check day.
    assert [due.goes_at for due in left if due.item is not None] == [local(26, 11)]


def test_of_two_check_days_missed_one_goes_out_and_the_next_waits_for_its_week() -> None:
    chosen, left = catch_up(learner(), course_of("check", "check"), local(19, 15))
    assert chosen is not None
    assert (chosen.kind, chosen.on) == (DueKind.CHECK, june(18))
    assert [due.goes_at for due in left if due.item is not None] == [local(25, 11)]


@pytest.mark.parametrize(
    ("planned", "ends"),
    [
        (local(10, 11), local(10, 12, 55)),
        (local(10, 19, 30), local(10, 21)),
        (local(10, 20, 59), local(10, 21)),
        (local(10, 8), local(10, 9, 55)),
    ],
    ids=["nearly two hours", "quiet hours sooner", "a minute before the quiet", "after the quiet"],
)
def test_a_push_may_wait_nearly_two_hours_and_never_into_the_quiet(planned: datetime, ends: datetime) -> None:
    quiet = QuietHours(time(21), time(8))
    assert push_expires_at(planned, NEW_YORK, quiet) == ends
    assert push_expires_at(planned, NEW_YORK, NO_QUIET) == planned + PUSH_KEEPS


def test_a_lesson_that_never_went_out_is_owed_again_and_comes_first() -> None:
    course = course_of("lesson", "lesson")
    file = learner()
    handed = hand_out(file, course.items[0], local(5, 11))
    again = withdrawn(handed, ["lesson:1:lesson-1"])
    assert owed_of(again, course, local(6, 3), "lesson").item == course.items[0]
    assert owed_of(again, course, local(6, 3), "lesson").goes_at == local(6, 8)


@pytest.mark.parametrize("kind", ["practice", "check"])
def test_practice_and_check_days_that_never_went_out_are_owed_again(kind: str) -> None:
    course = course_of(kind, "lesson")
    handed = hand_out(learner(), course.items[0], local(11, 11))
    assert withdrawn(handed, [f"{kind}:1:{kind}-1"]).deliveries == {}


def test_an_item_opened_meanwhile_stays_handed_out() -> None:
    course = course_of("lesson")
    handed = hand_out(learner(), course.items[0], local(5, 11))
    delivery = handed.deliveries[course.items[0].id]
    opened = replace(handed, deliveries={delivery.item_id: replace(delivery, opened_at=local(5, 12))})
    assert withdrawn(opened, ["lesson:1:lesson-1"]) == opened


def test_an_offer_once_more_that_never_went_out_is_owed_again() -> None:
    course = course_of("lesson")
    waiting = hand_out(learner(resumes_on=june(10)), course.items[0], local(5, 11))
    assert owed_of(waiting, course, local(10, 12), "lesson").on == june(10)
    offered = hand_out(waiting, course.items[0], local(10, 12))
    assert not any(due.kind is DueKind.LESSON for due in owed(offered, course, local(10, 12, 1)))
    again = withdrawn(offered, ["lesson:1:lesson-1:again:2026-06-10"])
    assert owed_of(again, course, local(10, 14), "lesson").item == course.items[0]


def test_a_question_after_a_rest_that_never_went_out_is_asked_again() -> None:
    rest = Rest("crisis", "suicide-active", local(5, 12), local(6, 12), waits_for="wish", asked=True)
    file = learner(rest=rest)
    assert owed(file, course_of("lesson"), local(7, 12)) == ()
    assert owed_of(withdrawn(file, ["wellbeing:1:x"]), course_of("lesson"), local(7, 12), "wellbeing")


@pytest.mark.parametrize("slot", ["checkin:1:2026-06-06", "reply:5:0", "consent:1:2", "lesson:1:unknown", ""])
def test_other_slots_change_nothing(slot: str) -> None:
    file = hand_out(learner(), course_of("lesson").items[0], local(5, 11))
    assert withdrawn(file, [slot]) == file
