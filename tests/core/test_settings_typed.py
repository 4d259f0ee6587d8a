"""Settings answered by typing, hours as the prompt writes them, and quiet hours that say how they moved."""

from __future__ import annotations

from datetime import time

import pytest

from painbot.core.hours import quiet_without
from painbot.core.outgoing import MessageKind
from painbot.core.pacing import Pace
from painbot.core.quiet_hours import QuietHours
from tests.core.people import Person, enrolled


def asked(setting: str) -> Person:
    person = enrolled()
    person.types("/settings")
    person.taps(setting)
    return person


def at_hour() -> Person:
    """Return somebody who is asked for the lesson hour while setting up."""
    person = Person()
    person.types("Leeds, England")
    for label in ("Yes", "Yes, 18 or over", "Yes", "Yes", "None of these"):
        person.taps(label)
    return person


@pytest.mark.parametrize("text", ["23:00-06:00", "23:00 - 06:00", "from 11pm to 6am"])
def test_quiet_hours_are_typed(text: str) -> None:
    person = asked("Quiet hours")
    person.types(text)
    assert person.file.enrollment.quiet == QuietHours(time(23), time(6))
    assert "Saved" in person.words


def test_quiet_hours_that_are_a_guess_are_shown_first() -> None:
    person = asked("Quiet hours")
    before = person.file.enrollment.quiet
    person.types("22 to 7")
    assert person.file.enrollment.quiet == before
    assert "22:00 to 07:00" in person.words
    person.taps("Yes")
    assert person.file.enrollment.quiet == QuietHours(time(22), time(7))


def test_quiet_hours_by_day_are_asked_about() -> None:
    person = asked("Quiet hours")
    before = person.file.enrollment.quiet
    person.types("12:30-17:30")
    assert person.file.enrollment.quiet == before
    assert "12:30 to 17:30" in person.words


def test_quiet_hours_over_a_chosen_hour_are_not_stored() -> None:
    person = asked("Quiet hours")
    before = person.file.enrollment.quiet
    person.types("22:00-10:00")
    assert person.file.enrollment.quiet == before
    assert "09:00" in person.words


@pytest.mark.parametrize(
    ("text", "pace"),
    [("gentle", Pace.GENTLE), ("Steady", Pace.STEADY), ("gentle, two lessons a week", Pace.GENTLE)],
)
def test_the_pace_is_typed(text: str, pace: Pace) -> None:
    person = asked("Pace")
    person.rewritten(pace=Pace.STEADY if pace is Pace.GENTLE else Pace.GENTLE)
    person.types(text)
    assert person.file.enrollment.pace is pace


def test_a_pace_that_is_a_guess_is_shown_first() -> None:
    person = asked("Pace")
    person.types("gentel")
    assert person.file.enrollment.pace is Pace.STEADY
    person.taps("Yes")
    assert person.file.enrollment.pace is Pace.GENTLE


@pytest.mark.parametrize(
    ("setting", "label"),
    [("Quiet hours", "22:00 - 07:00"), ("Pace", "gentle, two lessons a week"), ("Lesson hour", "13:00")],
)
def test_words_that_are_no_answer_bring_the_buttons_again(setting: str, label: str) -> None:
    person = asked(setting)
    decision = person.types("bananas")
    assert decision.outgoing[0].kind is MessageKind.PUZZLED
    labels = [text for row in person.said[-1].buttons for text, _ in row]
    assert label in labels
    assert "Back" in labels


@pytest.mark.parametrize(
    ("text", "at"), [("10:00", time(10)), ("10.59", time(10, 59)), ("9:30", time(9, 30)), ("19:00", time(19))]
)
def test_an_hour_as_the_prompt_writes_it_is_taken_at_once(text: str, at: time) -> None:
    person = at_hour()
    person.types(text)
    assert person.file.enrollment.lesson_time == at
    assert "it is." in person.words
    person = asked("Lesson hour")
    person.rewritten(checkin_time=time(13))
    person.types(text)
    assert person.file.enrollment.lesson_time == at


@pytest.mark.parametrize("text", ["10", "half past ten", "9", "at ten"])
def test_an_hour_that_is_unclear_is_asked_back(text: str) -> None:
    person = at_hour()
    before = person.file.enrollment.lesson_time
    person.types(text)
    assert person.file.enrollment.lesson_time == before
    assert "Do you mean" in person.words


def test_a_length_of_one_day_is_one_day() -> None:
    person = enrolled()
    person.types("/pause")
    person.types("tomorrow")
    assert "1 day?" in person.words


# -- quiet hours that make room


def test_the_longer_part_of_the_quiet_hours_stays() -> None:
    night = QuietHours(time(21), time(8))
    assert quiet_without(night, time(1, 30)) == QuietHours(time(2, 30), time(8))
    assert quiet_without(night, time(2, 30)) == QuietHours(time(21), time(2, 30))
    assert quiet_without(night, time(6)) == QuietHours(time(21), time(6))
    assert quiet_without(night, time(22)) == QuietHours(time(23), time(8))


def test_moved_quiet_hours_are_shown_before_and_after_while_setting_up() -> None:
    person = at_hour()
    person.types("01:30")
    assert "would then be 02:30 to 08:00" in person.words
    person.taps("Move the quiet hours")
    assert "are now 02:30 to 08:00" in person.words
    assert "01:30 it is" in person.words


def test_moved_quiet_hours_are_shown_before_and_after_in_settings() -> None:
    person = asked("Lesson hour")
    person.types("01:30")
    assert "would then be 02:30 to 08:00" in person.words
    person.taps("Move the quiet hours")
    assert "are now 02:30 to 08:00" in person.words
    assert person.file.enrollment.lesson_time == time(1, 30)
