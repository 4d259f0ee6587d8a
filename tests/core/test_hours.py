"""Two hours a day that get along: what is accepted goes out at its hour, every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from painbot.core.enrollment import DEFAULT_QUIET_HOURS, EnrollmentStatus
from painbot.core.hours import fits, fitting_hours, quiet_without, room_beside
from painbot.core.outgoing import MessageKind
from painbot.core.planning import replanned
from painbot.core.quiet_hours import QuietHours
from painbot.core.settings_dialogue import QUIET_CHOICES
from tests.core.people import NoSuchButton, Person, enrolled

CLOCK = st.builds(time, st.integers(0, 23), st.integers(0, 59))
NO_QUIET = QuietHours(time(0), time(0))


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        (time(11), time(9), True),
        (time(9), time(11), True),
        (time(10, 59), time(9), False),
        (time(19), time(20), False),
        (time(20), time(20), False),
        (time(9), time(8), False),
        (time(23), time(0, 59), False),
        (time(23), time(1), True),
        (time(0), time(22), True),
        (time(0), time(22, 1), False),
    ],
)
def test_two_hours_on_the_clock_lie_between_a_lesson_and_a_checkin(one: time, other: time, fit: bool) -> None:
    assert fits(one, other) is fit
    assert fits(other, one) is fit


@pytest.mark.parametrize(
    ("other", "quiet", "left"),
    [
        (time(19), DEFAULT_QUIET_HOURS, (time(8), time(10), time(12))),
        (time(10), DEFAULT_QUIET_HOURS, (time(8), time(12), time(18), time(20))),
        (time(13), QuietHours(time(20), time(9)), (time(10), time(18))),
        (time(0), NO_QUIET, (time(8), time(10), time(12), time(18), time(20))),
    ],
)
def test_hours_too_near_or_quiet_are_not_offered(
    other: time, quiet: QuietHours, left: tuple[time, ...]
) -> None:
    assert fitting_hours((time(8), time(10), time(12), time(18), time(20)), other, quiet) == left


@pytest.mark.parametrize(
    ("other", "quiet", "room"),
    [
        (time(19), DEFAULT_QUIET_HOURS, ("08:00 - 17:00",)),
        (time(11), DEFAULT_QUIET_HOURS, ("08:00 - 09:00", "13:00 - 20:45")),
        (time(11), QuietHours(time(20), time(9)), ("09:00", "13:00 - 19:45")),
        (time(9), DEFAULT_QUIET_HOURS, ("11:00 - 20:45",)),
        (time(1), QuietHours(time(3), time(9)), ("09:00 - 23:00",)),
        (time(1), QuietHours(time(6), time(9)), ("03:00 - 05:45", "09:00 - 23:00")),
        (time(12), NO_QUIET, ("00:00 - 10:00", "14:00 - 23:45")),
        (time(1), NO_QUIET, ("03:00 - 23:00",)),
        (time(22), NO_QUIET, ("00:00 - 20:00",)),
    ],
)
def test_the_hours_named_beside_another_one_are_all_awake(
    other: time, quiet: QuietHours, room: tuple[str, ...]
) -> None:
    assert room_beside(other, quiet) == room


@given(CLOCK, CLOCK, CLOCK)
def test_every_hour_named_fits_and_is_not_quiet(other: time, start: time, end: time) -> None:
    quiet = QuietHours(start, end)
    named = [time.fromisoformat(at) for span in room_beside(other, quiet) for at in span.split(" - ")]
    assert all(fits(at, other) and not quiet.contains(at) for at in named)


@given(CLOCK, CLOCK, CLOCK, CLOCK)
def test_moved_quiet_hours_only_shrink_and_leave_room(
    start: time, end: time, at: time, any_time: time
) -> None:
    quiet = QuietHours(start, end)
    moved = quiet_without(quiet, at)
    assert not moved.contains(at)
    assert quiet.contains(any_time) or not moved.contains(any_time)


def chosen(lesson: time, checkin: time, quiets: list[QuietHours]) -> Person:
    """Return somebody on day 1 who asked for these hours in /settings, as far as the bot agreed."""
    person = enrolled()
    for quiet in quiets:
        pressed(person, "Quiet hours", f"{quiet.start:%H:%M} - {quiet.end:%H:%M}")
        for setting, at in (("Check-in hour", checkin), ("Lesson hour", lesson)):
            pressed(person, setting)
            person.types(f"{at:%H:%M}")
            if "falls in your quiet hours" in person.words:
                person.taps("Move the quiet hours")
    return person


def pressed(person: Person, *labels: str) -> None:
    person.types("/settings")
    for label in labels:
        try:
            person.taps(label)
        except NoSuchButton:
            return


def pushed_in_the_week(person: Person) -> list[tuple[MessageKind, datetime]]:
    """Live until the end of day 8, opening every lesson at once; return what was pushed, by local time."""
    found: list[tuple[MessageKind, datetime]] = []
    while (due_at := person.file.enrollment.due_at) is not None:
        local = due_at.astimezone(person.file.zone)
        if local.date() > date(2026, 3, 9):
            break
        person.now = due_at
        found += [(out.kind, local) for out in person.tick().outgoing]
        opened = {
            item_id: replace(delivery, opened_at=delivery.opened_at or due_at)
            for item_id, delivery in person.file.deliveries.items()
        }
        person.file = replanned(replace(person.file, deliveries=opened), person.course, due_at)
    return found


@settings(max_examples=60, deadline=None)
@given(CLOCK, CLOCK, st.lists(st.sampled_from(QUIET_CHOICES), min_size=1, max_size=2))
def test_every_pair_of_hours_that_is_accepted_is_kept_to_the_minute(
    lesson: time, checkin: time, quiets: list[QuietHours]
) -> None:
    person = chosen(lesson, checkin, quiets)
    enrollment = person.file.enrollment
    assert enrollment.status is EnrollmentStatus.ACTIVE
    assert enrollment.started_on == date(2026, 3, 2)
    days = [date(2026, 3, 3) + timedelta(days=day) for day in range(7)]
    pushed = pushed_in_the_week(person)
    checkins = [at.replace(tzinfo=None) for kind, at in pushed if kind is MessageKind.CHECKIN]
    items = [at.replace(tzinfo=None) for kind, at in pushed if kind is MessageKind.LESSON]
    assert checkins == [datetime.combine(day, enrollment.checkin_time) for day in days]
    # Days 2 to 6 bring the rest of the two weeks' lessons and practice, day 7 is the check day.
    assert items == [datetime.combine(day, enrollment.lesson_time) for day in days[:6]]


def test_hours_too_near_that_are_there_already_are_sorted_out_before_the_quiet_hours() -> None:
    person = enrolled()
    person.rewritten(checkin_time=time(12))
    pressed(person, "Quiet hours", "22:00 - 07:00")
    assert "With lessons at 11:00, check-ins fit: 08:00 - 09:00, or 13:00 - 20:45." in person.words
    assert person.file.enrollment.quiet == DEFAULT_QUIET_HOURS
    person.types("14:00")
    assert person.file.enrollment.checkin_time == time(14)


def test_hours_too_near_that_are_there_already_are_sorted_out_before_day_one() -> None:
    person = Person()
    person.types("Leeds, England")
    for label in ("Yes", "Yes, 18 or over", "Yes", "Yes", "None of these", "11:00", "09:00", "Skip"):
        person.taps(label)
    for number in ("6", "7", "5"):
        person.taps(number)
    person.rewritten(checkin_time=time(11))
    person.taps("Open day 1")
    assert "With lessons at 11:00, check-ins fit: 08:00 - 09:00, or 13:00 - 20:45." in person.words
    person.taps("09:00")
    assert person.file.enrollment.checkin_time == time(9)
