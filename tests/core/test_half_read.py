"""A lesson left in the middle goes on where it was left; a small step is asked about once it was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from painbot.core.course import TinyAction
from painbot.core.enrollment import Answer
from painbot.core.ids import ItemId
from tests.core.people import Person, course, enrolled, lesson, practice

A_DAY = timedelta(days=1)
L_1, P_1 = ItemId("l-1"), ItemId("p-1")
STEP_WORDS = "small step? Any answer"


def at_card_1() -> Person:
    """Return somebody on day 1 with the first of four cards on show."""
    person = enrolled()
    person.course = course((lesson("l-1", cards=4), practice("p-1"), lesson("l-2", cards=3)))
    return person


def read_to_the_step(person: Person) -> None:
    for label in ("Go on", "Go on", "Go on", "Today's small step"):
        person.taps(label)


def labels(person: Person) -> list[str]:
    return [label for row in person.said[-1].buttons for label, _ in row]


def at_the_check_in(person: Person) -> str:
    """Answer pain and sleep of today's check-in and return what is asked next."""
    person.types("/checkin")
    person.types("5")
    person.types("5")
    return person.words


def test_today_goes_on_with_the_card_after_the_one_left() -> None:
    person = at_card_1()
    person.types("/today")
    assert "Go on with card 2 of 4" in labels(person)
    assert "open it again" not in person.words
    person.taps("Go on with card 2 of 4")
    assert "Card 1 of l-1" in person.words
    person.taps("Go on")
    person.types("/today")
    assert "Go on with card 4 of 4" in labels(person)


def test_on_the_last_card_the_small_step_comes_next() -> None:
    person = at_card_1()
    for _ in range(3):
        person.taps("Go on")
    person.types("/today")
    assert "Today's small step" in labels(person)
    person.taps("Today's small step")
    assert person.file.deliveries[L_1].finished_at is not None


def test_a_lesson_read_to_its_step_is_offered_to_read_again() -> None:
    person = at_card_1()
    read_to_the_step(person)
    person.types("/today")
    assert labels(person)[0] == "Read it again"


def test_next_goes_on_with_a_lesson_left_before_it_brings_a_new_one() -> None:
    person = at_card_1()
    person.types("/next")
    assert "Card 1 of l-1" in person.words
    assert set(person.file.deliveries) == {L_1}
    person.types("/next")
    person.types("/next")
    assert "Card 3 of l-1" in person.words
    person.types("/next")
    assert "Your small step" in person.words
    assert person.file.enrollment.early_on is None
    person.types("/next")
    assert set(person.file.deliveries) == {L_1, P_1}


def test_a_lesson_left_the_day_before_is_still_there_beside_the_practice_day() -> None:
    person = at_card_1()
    person.waits(A_DAY + timedelta(hours=2))
    assert P_1 in person.file.deliveries
    person.types("/today")
    assert "Go on with card 2 of 4" in labels(person)
    assert "Lesson l-1" in person.words


def test_a_step_that_was_never_shown_is_not_asked_about() -> None:
    person = at_card_1()
    person.waits(A_DAY)
    assert STEP_WORDS not in at_the_check_in(person)


def test_a_step_that_was_shown_is_asked_about_by_its_name() -> None:
    person = at_card_1()
    read_to_the_step(person)
    person.waits(A_DAY)
    words = at_the_check_in(person)
    assert "yesterday's " + STEP_WORDS in words
    assert "Do something small." in words


def test_a_step_shown_today_is_not_yesterdays() -> None:
    person = at_card_1()
    person.waits(A_DAY)
    person.types("/today")
    person.taps("Go on with card 2 of 4")
    for label in ("Go on", "Go on", "Today's small step"):
        person.taps(label)
    assert STEP_WORDS not in at_the_check_in(person)


def test_a_lesson_finished_days_later_has_its_step_on_the_day_it_was_finished() -> None:
    person = at_card_1()
    person.course = course((lesson("l-1", cards=4), lesson("l-2", cards=3)))
    person.waits(A_DAY - timedelta(hours=2))
    read_to_the_step(person)
    person.waits(A_DAY)
    assert "yesterday's " + STEP_WORDS in at_the_check_in(person)


def test_a_practice_day_is_asked_about_without_being_opened() -> None:
    person = at_card_1()
    person.waits(2 * A_DAY)
    words = at_the_check_in(person)
    assert "yesterday's " + STEP_WORDS in words
    assert "Move." in words


def test_a_lever_chosen_after_a_step_was_shown_does_not_rename_it() -> None:
    person = at_card_1()
    own = replace(practice("p-1"), levers={"sleep": TinyAction("Dim the lights.", "One lamp.")})
    person.course = course((lesson("l-1", cards=4), own, lesson("l-2", cards=3)))
    person.waits(A_DAY + timedelta(hours=2))
    chosen_at = person.now
    answers = dict(person.file.answers)
    answers["map/levers"] = Answer("map/levers", "levers", "sleep", on=chosen_at.date(), at=chosen_at)
    person.file = replace(person.file, answers=answers)
    person.waits(A_DAY - timedelta(hours=2))
    words = at_the_check_in(person)
    assert STEP_WORDS in words
    assert "Dim the lights." not in words
