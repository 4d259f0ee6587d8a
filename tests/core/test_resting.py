"""A rest after a danger sign lasts its time, and the stricter of two stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from painbot.core.commands import Pressed, UnblockedBot
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.ids import MessageId
from painbot.core.outgoing import Action
from painbot.core.resting import ending_button
from painbot.rendering.callback_data import decode
from tests.core.people import Person, enrolled

CRISIS = "I want to kill myself"
EMERGENCY = "crushing chest pain and I can't breathe"
SAME_DAY = "a hot swollen joint since this morning and a fever"


def rest_of(*texts: str) -> tuple[str, str | None, bool]:
    person = enrolled()
    for text in texts:
        person.types(text)
    rest = person.file.enrollment.rest
    assert rest is not None
    return rest.level, rest.waits_for, rest.silent


def test_a_milder_sign_later_never_shortens_or_loosens_a_rest() -> None:
    assert rest_of(CRISIS, SAME_DAY)[:2] == ("crisis", "wish")
    assert rest_of(SAME_DAY, CRISIS)[:2] == ("crisis", "wish")
    assert rest_of(EMERGENCY, CRISIS)[:2] == ("crisis", "wish")


def test_silence_after_abuse_stays_whatever_follows() -> None:
    assert rest_of("my husband hits me", SAME_DAY)[2] is True


def test_a_second_sign_is_asked_about_anew() -> None:
    person = enrolled()
    person.types(CRISIS)
    assert len(person.waits(timedelta(days=2))) == 1
    person.types(CRISIS)
    assert len(person.waits(timedelta(days=2))) == 1


def test_a_rest_of_somebody_who_left_ends_without_waking_the_course() -> None:
    person = enrolled()
    person.types(CRISIS)
    person.waits(timedelta(days=1, hours=1))
    person.types("/stop")
    person.waits(timedelta(days=3))
    person.taps("I would like to go on")
    assert person.file.enrollment.status is EnrollmentStatus.LEFT
    assert person.file.enrollment.due_at is None


def test_what_is_typed_in_a_rest_is_answered_with_the_rest() -> None:
    person = enrolled()
    person.types(CRISIS)
    person.types("hello")
    assert "The course is resting" in person.words


def test_what_is_typed_in_a_rest_is_no_answer_to_an_open_form() -> None:
    person = enrolled()
    person.waits(timedelta(days=1))
    person.types("/checkin")
    person.types(CRISIS)
    for text in ("5", "I do not know"):
        person.types(text)
        assert "The course is resting" in person.words
        assert any(label == "Show numbers" for row in person.said[-1].buttons for label, _ in row)
    assert not [slot for slot in person.file.answers if slot.startswith("checkin:")]


def test_what_is_typed_in_a_rest_is_no_answer_to_an_open_settings_question() -> None:
    person = enrolled()
    person.types("/pause")
    person.types(CRISIS)
    person.types("5")
    assert "The course is resting" in person.words
    assert person.file.enrollment.status is EnrollmentStatus.ACTIVE


def test_a_button_of_an_old_rest_does_not_answer_a_newer_one() -> None:
    person = enrolled()
    person.types(SAME_DAY)
    person.types("/today")
    old = next(button for button in reversed(person.buttons) if button[0] == "I have been seen")
    person.taps("I have been seen")
    person.waits(timedelta(days=10))
    person.types(SAME_DAY)
    person.does(Pressed(decode(old[1]), old[2]))
    assert "The course is resting" in person.words
    assert person.file.enrollment.rest is not None
    person.taps("I have been seen")
    assert person.file.enrollment.rest is None


def test_a_rest_button_from_before_they_named_their_rest_ends_nothing() -> None:
    person = enrolled()
    person.types(SAME_DAY)
    person.does(Pressed(Action("rest", ("seen",)), MessageId(1)))
    assert "The course is resting" in person.words
    assert person.file.enrollment.rest is not None


def test_whoever_completed_the_course_is_asked_how_they_are_too() -> None:
    person = enrolled()
    person.rewritten(status=EnrollmentStatus.COMPLETED)
    person.types(CRISIS)
    assert [out.kind.value for out in person.waits(timedelta(days=2))] == ["wellbeing"]
    assert person.file.enrollment.status is EnrollmentStatus.COMPLETED


def test_whoever_completed_the_course_is_not_promised_that_it_goes_on() -> None:
    person = enrolled()
    person.rewritten(status=EnrollmentStatus.COMPLETED)
    person.types(EMERGENCY)
    person.types("/today")
    person.taps("I have been seen")
    assert [out.kind.value for out in person.waits(timedelta(days=2))] == ["wellbeing"]
    assert "How are you today" in person.words
    assert "goes on" not in person.words


def test_a_place_typed_in_a_rest_is_taken_since_it_decides_whose_numbers_are_shown() -> None:
    person = enrolled()
    person.types(CRISIS)
    person.types("/settings")
    person.taps("Place")
    person.types("Sydney, Australia")
    assert "Sydney" in person.words
    person.taps("Yes")
    assert person.file.learner.country == "AU"
    assert person.file.enrollment.rest is not None
    person.types("/urgent")
    assert "000" in person.words


def test_a_country_asked_for_in_a_rest_may_be_typed() -> None:
    person = enrolled()
    person.types(CRISIS)
    person.types("/settings")
    person.taps("Place")
    person.types("UTC+9")
    person.taps("Yes")
    person.types("Japan")
    person.taps("Yes")
    assert person.file.learner.country == "JP"


def test_a_danger_sign_comes_before_the_place_that_was_asked_for() -> None:
    person = enrolled()
    person.types(SAME_DAY)
    person.types("/settings")
    person.taps("Place")
    person.types(f"London. {CRISIS}")
    rest = person.file.enrollment.rest
    assert rest is not None
    assert rest.level == "crisis"
    person.types("Sydney, Australia")
    assert "Sydney" in person.words


def test_no_place_in_the_words_of_a_rest_leaves_the_ways_on_at_hand() -> None:
    person = enrolled()
    person.types(CRISIS)
    person.types("/settings")
    person.taps("Place")
    person.types("qwxyz")
    assert "I do not know that place" in person.words
    assert {label for row in person.said[-1].buttons for label, _ in row} >= {"Show numbers"}


def test_hours_and_the_length_of_a_pause_are_answered_in_a_rest_too() -> None:
    person = enrolled()
    person.types(CRISIS)
    person.types("/settings")
    person.taps("Lesson hour")
    person.types("14:30")
    assert f"{person.file.enrollment.lesson_time:%H:%M}" == "14:30"
    person.types("/pause")
    person.types("3 days")
    assert person.file.enrollment.status is EnrollmentStatus.PAUSED


def test_a_settings_question_from_before_a_danger_sign_is_not_answered_after_it() -> None:
    person = enrolled()
    person.types("/settings")
    person.taps("Lesson hour")
    person.types(CRISIS)
    person.types("14:30")
    assert "The course is resting" in person.words
    assert f"{person.file.enrollment.lesson_time:%H:%M}" == "11:00"


def labels(person: Person) -> set[str]:
    return {label for row in person.said[-1].buttons for label, _ in row}


def test_going_on_is_not_offered_before_a_crisis_has_had_its_day() -> None:
    person = enrolled()
    person.types(CRISIS)
    for words in ("/today", "/next", "hello"):
        person.types(words)
        assert "The course is resting" in person.words
        assert "Let us give it a day" in person.words
        assert labels(person) == {"Show numbers"}
    person.waits(timedelta(days=1, hours=1))
    person.types("/today")
    assert "I would like to go on" in labels(person)


def test_a_button_to_go_on_from_before_it_was_held_back_ends_no_rest() -> None:
    person = enrolled()
    person.types(CRISIS)
    assert person.file.enrollment.rest is not None
    presses = Pressed(ending_button(person.file.enrollment.rest).action, MessageId(1))
    person.does(presses)
    assert "Let us give it a day" in person.words
    assert person.file.enrollment.rest is not None


@pytest.mark.parametrize("pause", ["/pause 5", "/pause", "until I come back"])
@pytest.mark.parametrize("words", [CRISIS, EMERGENCY])
def test_a_pause_in_a_rest_says_so_and_how_are_you_still_comes(words: str, pause: str) -> None:
    person = enrolled()
    person.types(words)
    person.types("/pause" if pause == "until I come back" else pause)
    if pause == "/pause":
        person.does(Pressed(Action("pz", ("14",)), MessageId(1)))
    elif pause == "until I come back":
        person.types(pause)
    assert person.file.enrollment.status is EnrollmentStatus.PAUSED
    assert "I will still ask once how you are" in person.words
    said = person.waits(timedelta(days=2))
    assert [out.kind.value for out in said] == ["wellbeing"]
    assert person.file.enrollment.rest is not None


@pytest.mark.parametrize("pause", ["/pause 5", "open"])
def test_a_danger_sign_in_a_pause_is_asked_about_in_the_pause(pause: str) -> None:
    person = enrolled()
    person.types("/pause 5")
    if pause == "open":
        person.does(Pressed(Action("pz", ("open",)), MessageId(1)))
    person.types(CRISIS)
    assert [out.kind.value for out in person.waits(timedelta(days=2))] == ["wellbeing"]
    person.taps("I would like to go on")
    assert "The course is paused" in person.words
    assert "goes on, gently" not in person.words
    assert person.file.enrollment.status is EnrollmentStatus.PAUSED


def test_a_silent_rest_stays_silent_in_a_pause() -> None:
    person = enrolled()
    person.types("my husband hits me")
    person.types("/pause 5")
    assert "I will still ask" not in person.words
    assert person.waits(timedelta(days=10)) == []


def test_a_rest_that_waits_for_nothing_leaves_a_pause_as_it_is() -> None:
    person = enrolled()
    person.types(EMERGENCY)
    person.types("/today")
    person.taps("I have been seen")
    person.types("/pause 5")
    assert [out.kind.value for out in person.waits(timedelta(days=2))] == ["wellbeing"]
    assert "goes on from tomorrow" not in person.words
    assert person.file.enrollment.status is EnrollmentStatus.PAUSED
    assert person.file.enrollment.rest is None


def test_after_the_course_a_rest_ends_without_a_word_of_going_on() -> None:
    person = enrolled()
    person.rewritten(status=EnrollmentStatus.COMPLETED)
    person.types(SAME_DAY)
    person.types("/today")
    person.taps("I have been seen")
    assert "rest is over" in person.words
    assert "goes on" not in person.words


def test_coming_back_after_a_block_to_a_pause_in_a_rest_announces_no_new_pause() -> None:
    person = enrolled()
    person.types(CRISIS)
    person.types("/pause 5")
    person.is_blocked()
    assert person.does(UnblockedBot()).outgoing == ()
    person.is_blocked()
    person.types("/help")
    assert "I will still ask" not in person.words
