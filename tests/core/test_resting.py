"""A rest after a danger sign lasts its time, and the stricter of two stays."""

from __future__ import annotations

from datetime import timedelta

from painbot.core.enrollment import EnrollmentStatus
from tests.core.people import enrolled

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


def test_a_rest_while_paused_is_asked_about_after_the_pause() -> None:
    person = enrolled()
    person.types("/pause 5")
    person.types(CRISIS)
    assert person.waits(timedelta(days=4)) == []
    said = person.waits(timedelta(days=3))
    assert [out.kind.value for out in said] == ["wellbeing"]
    assert person.file.enrollment.status is EnrollmentStatus.ACTIVE


def test_a_rest_of_somebody_who_left_ends_without_waking_the_course() -> None:
    person = enrolled()
    person.types(CRISIS)
    person.types("/today")
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
