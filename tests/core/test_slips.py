"""Slips of finger and keyboard while setting up or resting: nothing is lost, stored or moved by one."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.core.commands import Pressed, SharedLocation
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.hours import quiet_without
from painbot.core.outgoing import Action
from painbot.core.quiet_hours import QuietHours
from tests.core.people import Person, enrolled

CLOCK = st.builds(time, st.integers(0, 23), st.integers(0, 59))
ANSWERS = ("Yes", "Yes, 18 or over", "Yes", "Yes", "None of these", "11:00", "09:00", "Skip")


def at_step(step: str) -> Person:
    person = Person()
    person.types("Leeds, England")
    steps = ("age", "duration", "clinician", "signs", "lesson-hour", "checkin-hour", "goal", "peg")
    for label in ANSWERS[: steps.index(step) + 1]:
        person.taps(label)
    assert person.file.dialogue.state == f"onboarding/{step}"
    return person


def pressed(person: Person, verb: str, *args: str) -> str | None:
    return person.does(Pressed(Action(verb, args), None)).toast


# -- a no that would end everything


@pytest.mark.parametrize(
    ("step", "label", "words"),
    [("age", "No", "made for adults"), ("duration", "Less than three months", "Newer pain")],
)
def test_a_no_erases_only_after_it_was_confirmed(step: str, label: str, words: str) -> None:
    person = at_step(step)
    decision = person.taps(label)
    assert not decision.erase
    assert words in person.words
    person.taps("Back, I tapped by mistake")
    assert person.file.dialogue.state == f"onboarding/{step}"
    person.taps(label)
    assert person.taps("That is right").erase


@pytest.mark.parametrize("step", ["age", "duration"])
@pytest.mark.parametrize("text", ["no", "Nope", "No, I am not", "n", "no."])
def test_a_plain_typed_no_is_asked_about_first(step: str, text: str) -> None:
    person = at_step(step)
    assert not person.types(text).erase
    assert "If that is right" in person.words
    for more in ("no", "yes", "wait, what"):
        assert not person.types(more).erase
        assert "If that is right" in person.words
    assert person.taps("That is right").erase


@pytest.mark.parametrize("step", ["age", "duration"])
@pytest.mark.parametrize("text", ["wrong", "none", "never", "forgot", "no thank you", "incorrect", "not yet"])
def test_other_words_at_such_a_question_are_no_no(step: str, text: str) -> None:
    person = at_step(step)
    assert not person.types(text).erase
    assert "I am not sure I read that right" in person.words


@pytest.mark.parametrize("value", ["maybe", "", "sure"])
def test_a_made_up_button_is_no_no(value: str) -> None:
    person = at_step("age")
    decision = person.does(Pressed(Action("onb", ("age", value)), None))
    assert not decision.erase
    assert "made for adults" not in person.words or value == "sure"


# -- lengths of a pause


def test_too_long_a_pause_keeps_asking_so_that_no_number_lands_in_the_checkin() -> None:
    for odd in ("/pause 366", "/pause 0"):
        person = enrolled()
        person.types(odd)
        person.types("7")
        assert person.file.enrollment.status is EnrollmentStatus.PAUSED
    for crafted in ("0", "366", "²", "٣", "-1", "soon", ""):
        person = enrolled()
        pressed(person, "pz", crafted)
        assert person.file.enrollment.status is EnrollmentStatus.ACTIVE, crafted
        assert person.file.dialogue.state == "settings/pause"


def test_a_month_is_a_guess_that_is_confirmed() -> None:
    person = enrolled()
    person.types("/pause a month")
    assert "30 days" in person.words
    person.taps("Another length")
    assert "How long" in person.words
    person.types("a month")
    person.taps("Yes")
    until = person.file.enrollment.paused_until
    assert until is not None
    assert (until - person.now).days == 29


@pytest.mark.parametrize("text", ["/pause open", "/pause until I come back", "/pause Until I'm back"])
def test_a_pause_without_an_end_is_understood(text: str) -> None:
    person = enrolled()
    person.types(text)
    assert person.file.enrollment.status is EnrollmentStatus.PAUSED
    assert person.file.enrollment.paused_until is None


# -- what matters


@pytest.mark.parametrize("text", ["skip", "I'd rather not say", "no"])
def test_a_typed_skip_is_no_goal(text: str) -> None:
    person = at_step("goal")
    person.types(text)
    assert person.file.enrollment.goal is None
    assert person.file.dialogue.state == "onboarding/peg"


@pytest.mark.parametrize(
    ("step", "before"), [("goal", "checkin-hour"), ("signs", "clinician"), ("duration", "age")]
)
def test_a_typed_back_goes_back(step: str, before: str) -> None:
    person = at_step(step)
    person.types("Back")
    assert person.file.enrollment.goal is None
    assert person.file.dialogue.state == f"onboarding/{before}"


# -- hours


@given(CLOCK, CLOCK, st.lists(CLOCK, min_size=1, max_size=6))
def test_moving_quiet_hours_again_and_again_never_makes_them_longer(
    start: time, end: time, moves: list[time]
) -> None:
    quiet = QuietHours(start, end)
    for at in moves:
        moved = quiet_without(quiet, at)
        assert not moved.contains(at)
        assert minutes(moved) <= minutes(quiet)
        quiet = moved


def minutes(quiet: QuietHours) -> int:
    return sum(quiet.contains(time(hour, minute)) for hour in range(24) for minute in range(60))


def test_quiet_hours_stay_where_the_hour_they_would_move_for_is_too_near() -> None:
    person = enrolled()
    before = person.file.enrollment.quiet
    person.rewritten(lesson_time=time(20))
    pressed(person, "set", "checkin-hour", "quiet", "21:30")
    assert person.file.enrollment.checkin_time == time(9)
    assert person.file.enrollment.quiet == before


@pytest.mark.parametrize("way", ["onboarding", "settings"])
def test_the_button_that_moves_quiet_hours_means_the_hour_it_was_shown_for(way: str) -> None:
    person = at_step("lesson-hour") if way == "onboarding" else enrolled()
    if way == "settings":
        person.types("/settings")
        person.taps("Lesson hour")
    person.types("22:00")
    older = next(data for label, data, _ in reversed(person.buttons) if label == "Move the quiet hours")
    person.types("23:30")
    pressed(person, *older.split("|")[1:])
    assert person.file.enrollment.lesson_time == time(22)
    assert person.file.enrollment.quiet.start == time(23)


@pytest.mark.parametrize("value", ["11", "11:00+05:00", "1100", "11:00:30", "T11:00"])
def test_a_made_up_hour_is_asked_again(value: str) -> None:
    person = at_step("lesson-hour")
    pressed(person, "onb", "lesson-hour", value)
    assert person.file.dialogue.state == "onboarding/lesson-hour"
    person = enrolled()
    pressed(person, "set", "lesson-hour", value)
    pressed(person, "set", "lesson-hour", "quiet", value)
    assert person.file.enrollment.lesson_time == time(11)


def test_the_words_of_an_hour_button_are_as_good_as_the_button() -> None:
    person = at_step("lesson-hour")
    person.types(" 11:00 ")
    assert person.file.dialogue.state == "onboarding/checkin-hour"
    person = enrolled()
    person.types("/settings")
    person.taps("Check-in hour")
    person.types("08:00")
    person.types("/settings")
    person.taps("Lesson hour")
    person.types("11:00")
    assert "Your settings" in person.words


# -- double taps


@pytest.mark.parametrize(
    ("step", "value", "following"),
    [("age", "yes", "duration"), ("duration", "yes", "clinician"), ("lesson-hour", "11:00", "checkin-hour")],
)
def test_a_second_tap_on_the_answer_just_given_asks_nothing_again(
    step: str, value: str, following: str
) -> None:
    person = at_step(step)
    assert pressed(person, "onb", step, value) is None
    said = len(person.said)
    assert pressed(person, "onb", step, value) == "already-here"
    assert len(person.said) == said
    assert person.file.dialogue.state == f"onboarding/{following}"
    person.now += timedelta(seconds=11)
    assert pressed(person, "onb", step, value) is None
    assert len(person.said) == said + 1


def test_an_earlier_answer_changed_at_once_is_met_with_the_question() -> None:
    person = at_step("lesson-hour")
    pressed(person, "onb", "lesson-hour", "11:00")
    assert pressed(person, "onb", "lesson-hour", "13:00") is None
    assert "Here is where we are" in person.words


def test_opening_day_one_twice_says_it_is_done() -> None:
    person = enrolled()
    assert pressed(person, "onb", "ready", "start") == "already-here"
    person.now += timedelta(minutes=1)
    assert pressed(person, "onb", "ready", "start") is None
    assert "That part is behind us" in person.words


# -- leaving and places


def test_buttons_of_a_stopped_onboarding_offer_to_go_on() -> None:
    person = at_step("duration")
    person.types("/stop")
    pressed(person, "onb", "duration", "yes")
    assert "Would you like to go on" in person.words
    person.taps("Go on where I left")
    assert "more than three months" in person.words


@pytest.mark.parametrize("country", ["gb", "G", "GBR", "G1", "ÄÖ", "😀"])
def test_a_made_up_country_is_not_kept(country: str) -> None:
    person = Person()
    pressed(person, "onb", "place", "Europe/London", country)
    assert person.file.learner.zone is None
    person = enrolled()
    pressed(person, "set", "place", "Europe/Paris", country)
    assert (person.file.learner.zone, person.file.learner.country) == ("Europe/London", "GB")


def test_a_location_at_sea_is_no_place() -> None:
    for person in (Person(), enrolled()):
        zone = person.file.learner.zone
        person.does(SharedLocation(0, -30))
        assert "found no place there" in person.words
        assert person.file.learner.zone == zone
