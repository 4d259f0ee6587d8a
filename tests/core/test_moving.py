"""Somebody moves across the date line: no day is asked twice, none is left out, and nothing crowds."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from painbot.core.commands import Pressed
from painbot.core.decisions import LearnerFile
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.ids import MessageId
from painbot.core.outgoing import Action, MessageKind
from painbot.core.pacing import instant
from painbot.core.planning import replanned, waiting_item
from tests.core.people import check, course, enrolled, lesson, practice

AUCKLAND = ("Pacific/Auckland", "NZ")
HONOLULU = ("Pacific/Honolulu", "US")
LOS_ANGELES = ("America/Los_Angeles", "US")
LONDON = ("Europe/London", "GB")
KIRITIMATI = ("Pacific/Kiritimati", "KI")
PAGO_PAGO = ("Pacific/Pago_Pago", "AS")
TOKYO = ("Asia/Tokyo", "JP")
PLACES = (AUCKLAND, HONOLULU, LOS_ANGELES, LONDON, KIRITIMATI, PAGO_PAGO, TOKYO)

LONG = course(
    *(
        (
            *(lesson(f"l-{week}{number}") for number in range(4)),
            *(practice(f"p-{week}{number}") for number in range(2)),
            check(f"c-{week}"),
        )
        for week in range(1, 5)
    )
)
CRISIS = "I want to kill myself"


class Traveller:
    """Somebody who opens every lesson, answers every check-in's first question, and moves about."""

    def __init__(
        self, home: tuple[str, str], lesson_time: time = time(11), checkin_time: time = time(9)
    ) -> None:
        self.person = enrolled(datetime(2026, 1, 5, 0, 30, tzinfo=UTC))
        self.person.course = LONG
        self.person.file = LearnerFile(self.person.file.learner, self.person.file.enrollment)
        self.goes_to(home)
        today = self.person.file.today(self.person.now)
        self.person.rewritten(
            lesson_time=lesson_time, checkin_time=checkin_time, started_on=today + timedelta(days=1)
        )
        self.person.file = replanned(self.person.file, LONG, self.person.now)
        self.pushed: list[tuple[MessageKind, datetime]] = []
        self.slots: list[str] = []
        self.answered = 0

    def goes_to(self, place: tuple[str, str]) -> None:
        self.person.does(Pressed(Action("set", ("place", *place)), MessageId(1)))
        assert self.person.file.learner.zone == place[0]

    def lives_until(self, end: datetime) -> None:
        """Live until an instant in UTC; every push is checked as it comes."""
        person = self.person
        while (due_at := person.file.enrollment.due_at) is not None and due_at <= end:
            person.now = max(person.now, due_at)
            for sent in person.tick().outgoing:
                self._check(sent.kind, sent.slot)
                if sent.kind is MessageKind.CHECKIN:
                    # A check-in comes with its first question open, whatever was answered in another zone.
                    assert "How strong is your pain today?" in person.words
                    person.taps("5")
                    self.answered += 1
            if waiting_item(person.file, person.course) is not None:
                person.types("/next")
        person.now = end

    def lives(self, **span: float) -> None:
        self.lives_until(self.person.now + timedelta(**span))

    def lives_to(self, on: date, hour: int) -> None:
        self.lives_until(instant(on, time(hour), self.person.file.zone))

    def _check(self, kind: MessageKind, slot: str) -> None:
        now, zone = self.person.now, self.person.file.zone
        assert slot not in self.slots, "a second thing in the same slot is never sent"
        assert not self.pushed or now - self.pushed[-1][1] >= timedelta(hours=2)
        assert not self.person.file.enrollment.quiet.contains(now.astimezone(zone).time())
        self.slots.append(slot)
        self.pushed.append((kind, now))
        today = now.astimezone(zone).date()
        assert sum(at.astimezone(zone).date() == today for _, at in self.pushed) <= 2

    def times(self, kind: MessageKind, since: datetime | None = None) -> list[str]:
        """Return when these were pushed, by the clock the person has now."""
        zone = self.person.file.zone
        return [
            f"{at.astimezone(zone):%d %H:%M}"
            for which, at in self.pushed
            if which is kind and (since is None or at >= since)
        ]

    def gaps(self, kind: MessageKind | None = None) -> list[timedelta]:
        at = [when for which, when in self.pushed if kind in (None, which)]
        return [later - sooner for sooner, later in pairwise(at)]

    def pain_answers(self) -> int:
        return sum(
            slot.startswith("checkin:") and slot.endswith("/pain") for slot in self.person.file.answers
        )


def in_auckland() -> Traveller:
    """Return somebody who has lived in Auckland until the afternoon of 10 January."""
    traveller = Traveller(AUCKLAND)
    traveller.lives_to(date(2026, 1, 10), 15)
    assert traveller.times(MessageKind.CHECKIN)[-1] == "10 09:00"
    assert traveller.times(MessageKind.LESSON)[-1] == "10 11:00"
    return traveller


def test_west_across_the_date_line_the_next_local_day_has_its_checkin_and_its_lesson() -> None:
    traveller = in_auckland()
    left_at = traveller.person.now
    traveller.goes_to(HONOLULU)
    traveller.lives(days=4)
    assert traveller.times(MessageKind.CHECKIN, left_at) == ["10 09:00", "11 09:00", "12 09:00", "13 09:00"]
    assert traveller.times(MessageKind.LESSON, left_at) == ["10 11:00", "11 11:00", "12 11:00", "13 11:00"]
    assert traveller.pain_answers() == traveller.answered


def test_east_across_the_date_line_nothing_is_asked_twice() -> None:
    traveller = Traveller(HONOLULU)
    traveller.lives_to(date(2026, 1, 9), 15)
    assert traveller.times(MessageKind.CHECKIN)[-1] == "09 09:00"
    left_at = traveller.person.now
    traveller.goes_to(AUCKLAND)
    traveller.lives(days=3)
    assert traveller.times(MessageKind.CHECKIN, left_at) == ["11 09:00", "12 09:00", "13 09:00"]
    assert traveller.times(MessageKind.LESSON, left_at) == ["11 11:00", "12 11:00", "13 11:00"]
    assert traveller.pain_answers() == traveller.answered


def test_what_was_answered_before_the_move_is_this_days_answer_after_it_and_can_be_changed() -> None:
    traveller = in_auckland()
    traveller.goes_to(HONOLULU)
    person = traveller.person
    assert person.file.today(person.now) == date(2026, 1, 9)
    assert person.file.answers["checkin:2026-01-09/pain"].value == "5"
    person.types("/checkin")
    assert "Pain today: <b>5</b>" in person.words
    person.taps("Change: Pain today")
    person.taps("3")
    assert person.file.answers["checkin:2026-01-09/pain"].value == "3"
    assert traveller.pain_answers() == traveller.answered


def test_a_move_corrected_at_once_changes_nothing() -> None:
    stayed, corrected = in_auckland(), in_auckland()
    corrected.goes_to(HONOLULU)
    corrected.goes_to(AUCKLAND)
    for traveller in (stayed, corrected):
        traveller.lives(days=4)
    assert corrected.pushed == stayed.pushed
    assert corrected.pain_answers() == corrected.answered == stayed.answered


@pytest.mark.parametrize(("home", "away"), [(AUCKLAND, HONOLULU), (HONOLULU, AUCKLAND)])
def test_a_pause_ends_with_the_start_of_a_local_day_where_the_person_is(
    home: tuple[str, str], away: tuple[str, str]
) -> None:
    traveller = Traveller(home)
    traveller.lives_to(date(2026, 1, 10), 15)
    traveller.person.types("/pause 3")
    before = len(traveller.pushed)
    traveller.goes_to(away)
    left_at = traveller.person.now
    paused_until = traveller.person.file.enrollment.paused_until
    assert paused_until is not None
    assert paused_until.astimezone(traveller.person.file.zone).time() == time(0)
    assert timedelta(hours=45) <= paused_until - left_at <= timedelta(hours=69)
    traveller.lives_until(paused_until)
    assert len(traveller.pushed) == before
    traveller.lives(days=1)
    assert [at - paused_until for _, at in traveller.pushed[before:]] == [
        timedelta(hours=9),
        timedelta(hours=11),
    ]
    assert traveller.person.file.enrollment.status is EnrollmentStatus.ACTIVE


@pytest.mark.parametrize(("home", "away"), [(AUCKLAND, HONOLULU), (HONOLULU, AUCKLAND)])
def test_a_rest_lasts_its_time_and_the_course_goes_on_where_the_person_is(
    home: tuple[str, str], away: tuple[str, str]
) -> None:
    traveller = Traveller(home)
    traveller.lives_to(date(2026, 1, 10), 15)
    traveller.person.types(CRISIS)
    rested_at = traveller.person.now
    traveller.goes_to(away)
    traveller.lives(hours=45)
    asked = [(kind, at) for kind, at in traveller.pushed if at > rested_at]
    assert [kind for kind, _ in asked] == [MessageKind.WELLBEING]
    assert asked[0][1] - rested_at >= timedelta(hours=24)
    traveller.person.taps("I would like to go on")
    went_on_at = traveller.person.now
    traveller.lives(days=2)
    checkins = [at for kind, at in traveller.pushed if kind is MessageKind.CHECKIN and at > went_on_at]
    assert len(checkins) == 2
    assert checkins[0] - went_on_at <= timedelta(hours=24)


@pytest.mark.parametrize(("home", "away"), [(AUCKLAND, HONOLULU), (HONOLULU, AUCKLAND)])
def test_a_lesson_offered_again_on_the_same_date_of_two_zones_has_two_slots(
    home: tuple[str, str], away: tuple[str, str]
) -> None:
    traveller = Traveller(home)
    person = traveller.person
    traveller.lives_to(date(2026, 1, 8), 10)
    for place in (home, away, home, away):
        traveller.goes_to(place)
        person.types("/pause")
        person.taps("Until I come back")
        person.types("/resume")
        end = person.now + timedelta(hours=30)
        while (due_at := person.file.enrollment.due_at) is not None and due_at <= end:
            person.now = max(person.now, due_at)
            for sent in person.tick().outgoing:
                traveller._check(sent.kind, sent.slot)
        person.now = end
    assert any(":again:" in slot for slot in traveller.slots)


@settings(max_examples=150, deadline=None)
@given(
    home=st.sampled_from(PLACES),
    moves=st.lists(st.tuples(st.sampled_from(PLACES), st.integers(30, 90)), min_size=1, max_size=3),
    lives=st.integers(24, 60),
    hours=st.sampled_from(((11, 9), (9, 20), (19, 17), (13, 8), (10, 18))),
)
def test_wherever_somebody_moves_no_day_is_left_out_and_none_is_doubled(
    home: tuple[str, str], moves: list[tuple[tuple[str, str], int]], lives: int, hours: tuple[int, int]
) -> None:
    traveller = Traveller(home, *(time(hour) for hour in hours))
    traveller.lives(hours=24 + lives)
    for place, span in moves:
        traveller.goes_to(place)
        traveller.lives(hours=span)
    # Two places differ by at most half a day once the calendar has come along.
    # Across the date line and back within days, two half days may add up to one more.
    assert max(traveller.gaps()) <= timedelta(hours=36 if len(moves) == 1 else 48)
    assert min(traveller.gaps(MessageKind.CHECKIN), default=timedelta(days=1)) >= timedelta(hours=12)
    assert traveller.pain_answers() == traveller.answered
    handed = [item.id for item in LONG.path if item.id in traveller.person.file.deliveries]
    assert handed == [item.id for item in LONG.path][: len(handed)]
