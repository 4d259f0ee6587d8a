"""A tapped danger sign brings its card wherever the conversation has gone on to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from painbot.core.commands import Pressed
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.ids import MessageId
from painbot.core.outgoing import Action, MessageKind
from painbot.core.strangers import decide_stranger
from tests.core.people import Person, enrolled, surroundings
from tests.core.test_old_buttons import at_signs

LINE = Action("onb", ("signs", "q-thoughts"))
PART = Action("onb", ("signs", "p-thoughts.ending-life"))
CHEST = Action("onb", ("signs", "p-chest.pain"))
SOON = Action("onb", ("signs", "p-cancer.weight"))
DECLINE = Action("onb", ("signs", "decline"))
MISTAKE = Action("onb", ("signs", "list"))

MAP_LINES = (Action("mp", ("sg", "0", "one")), Action("mp", ("ln", "chest")))
MAP_CARDS = (
    Action("mp", ("pt", "chest.pain")),
    Action("mp", ("pt", "chest")),
    Action("mp", ("al", "yes")),
)
MAP_DECLINE = Action("mp", ("al", "decline"))


def at_later_step() -> Person:
    person = at_signs()
    person.taps("None of these")
    person.taps("11:00")
    assert "When should I ask" in person.words
    return person


def at_rest() -> Person:
    person = enrolled()
    person.types("a hot swollen joint since this morning and a fever")
    return person


def setting_up_at_rest() -> Person:
    person = at_signs()
    person.taps("3")
    person.taps("Chest pain")
    return person


def consent_changed() -> Person:
    person = enrolled()
    person.consent_version = "test-2"
    return person


def paused() -> Person:
    person = enrolled()
    person.types("/pause 5")
    return person


def completed() -> Person:
    person = enrolled()
    person.rewritten(status=EnrollmentStatus.COMPLETED)
    return person


def unreachable() -> Person:
    person = enrolled()
    person.is_blocked()
    return person


def left() -> Person:
    person = enrolled()
    person.types("/stop")
    return person


RESTING = (
    at_signs, at_later_step, enrolled, at_rest, setting_up_at_rest, consent_changed, paused, completed,
    unreachable,
)  # fmt: skip
STATES = (*RESTING, left)


def presses(person: Person, action: Action) -> list[MessageKind]:
    return [out.kind for out in person.does(Pressed(action, MessageId(1))).outgoing]


def labels(person: Person) -> set[str]:
    return {label for row in person.said[-1].buttons for label, _ in row}


@pytest.mark.parametrize("state", STATES)
def test_a_line_of_the_screen_brings_its_signs(state: object) -> None:
    person = state()  # type: ignore[operator]
    presses(person, LINE)
    assert labels(person) >= {"Thoughts of ending my life", "Thoughts of hurting myself", "Rather not say"}


@pytest.mark.parametrize("state", RESTING)
@pytest.mark.parametrize(("action", "level"), [(PART, "crisis"), (CHEST, "emergency")])
def test_a_sign_brings_its_card_and_its_rest(state: object, action: Action, level: str) -> None:
    person = state()  # type: ignore[operator]
    assert MessageKind.SAFETY in presses(person, action)
    rest = person.file.enrollment.rest
    assert rest is not None
    assert rest.level == level
    assert rest.until is not None
    assert rest.until - person.now == timedelta(days=1)


@pytest.mark.parametrize("action", [LINE, PART, CHEST, SOON, DECLINE, *MAP_LINES, *MAP_CARDS, MAP_DECLINE])
def test_somebody_who_left_is_answered_and_nothing_is_stored(action: Action) -> None:
    person = left()
    before = person.file
    presses(person, action)
    assert "You have stopped the course" not in person.words
    assert person.file == before


@pytest.mark.parametrize("state", STATES)
def test_rather_not_say_shows_the_help_lines(state: object) -> None:
    person = state()  # type: ignore[operator]
    assert presses(person, DECLINE)[0] is MessageKind.SAFETY


@pytest.mark.parametrize("state", [each for each in STATES if each not in (at_signs, at_later_step)])
@pytest.mark.parametrize("action", MAP_CARDS)
def test_a_sign_of_the_map_brings_its_card(state: object, action: Action) -> None:
    person = state()  # type: ignore[operator]
    assert MessageKind.SAFETY in presses(person, action)
    assert (person.file.enrollment.rest is not None) is (state is not left)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", MAP_LINES)
def test_a_list_and_a_line_of_the_map_lead_on_to_their_signs(state: object, action: Action) -> None:
    person = state()  # type: ignore[operator]
    presses(person, action)
    assert labels(person) & {"3", "Chest pain"}


@pytest.mark.parametrize("state", STATES)
def test_rather_not_say_in_the_map_shows_the_help_lines(state: object) -> None:
    person = state()  # type: ignore[operator]
    assert presses(person, MAP_DECLINE)[0] is MessageKind.SAFETY


def test_one_of_these_on_an_earlier_list_of_the_map_is_not_passed_over() -> None:
    person = enrolled()
    person.types("/map")
    person.taps("None of these")
    presses(person, Action("mp", ("sg", "0", "one")))
    assert "1" in labels(person)
    person.taps("1")
    person.taps("Trouble with pee or poo")
    assert person.file.enrollment.rest is not None


def test_a_second_sign_on_the_day_of_the_first_brings_its_card_too() -> None:
    person = enrolled()
    person.types("/map")
    presses(person, Action("mp", ("pt", "cancer.weight")))
    assert person.file.enrollment.rest is None
    assert MessageKind.SAFETY in presses(person, Action("mp", ("al", "yes")))
    assert person.file.enrollment.rest is not None


@pytest.mark.parametrize("action", [LINE, PART, CHEST, SOON, DECLINE, *MAP_LINES, *MAP_CARDS, MAP_DECLINE])
def test_a_stranger_is_answered_as_well(action: Action) -> None:
    person = Person()
    answer = decide_stranger(Pressed(action, MessageId(1)), surroundings(person.now))
    assert not answer.enroll
    shown = answer.outgoing[0]
    assert shown.kind is MessageKind.SAFETY or len(shown.rows) > 1


def test_a_late_sign_while_setting_up_goes_on_at_the_same_question_after_the_rest() -> None:
    person = at_later_step()
    presses(person, PART)
    person.waits(timedelta(days=1, hours=1))
    person.taps("I would like to go on")
    assert "When should I ask" in person.words


def test_a_late_slip_while_setting_up_is_taken_back() -> None:
    person = at_later_step()
    presses(person, PART)
    presses(person, MISTAKE)
    assert person.file.enrollment.rest is None
    assert "When should I ask" in person.words


@pytest.mark.parametrize("state", [enrolled, paused, completed])
def test_a_late_slip_is_taken_back(state: object) -> None:
    person = state()  # type: ignore[operator]
    before = person.file
    presses(person, PART)
    presses(person, MISTAKE)
    assert person.file.enrollment.rest is None
    assert person.file.answers == before.answers


def test_a_late_slip_does_not_lift_the_rest_of_something_typed() -> None:
    person = enrolled()
    presses(person, CHEST)
    person.now += timedelta(minutes=1)
    person.types("I want to kill myself")
    presses(person, MISTAKE)
    assert person.file.enrollment.rest is not None


def test_a_sign_tapped_twice_brings_its_card_twice_and_can_still_be_taken_back() -> None:
    person = enrolled()
    presses(person, PART)
    begun = person.file.enrollment.rest
    person.now += timedelta(seconds=2)
    assert MessageKind.SAFETY in presses(person, PART)
    assert person.file.enrollment.rest == begun
    presses(person, MISTAKE)
    assert person.file.enrollment.rest is None


def test_none_of_these_on_the_old_screen_shows_today() -> None:
    person = enrolled()
    presses(person, LINE)
    person.taps("None of these")
    assert "Today" in person.words


def test_a_sign_to_be_seen_soon_leaves_the_course_as_it_is() -> None:
    person = enrolled()
    assert presses(person, SOON)[0] is MessageKind.SAFETY
    assert "within about a week" in person.words
    assert person.file.enrollment.rest is None


def test_a_sign_takes_back_what_was_on_its_way() -> None:
    person = enrolled()
    assert person.does(Pressed(PART, MessageId(1))).cancel_pending


def test_nothing_typed_after_a_late_sign_answers_what_was_asked_before() -> None:
    person = enrolled()
    person.types("/settings")
    person.taps("Lesson hour")
    presses(person, PART)
    person.types("14:30")
    assert "The course is resting" in person.words
    assert f"{person.file.enrollment.lesson_time:%H:%M}" == "11:00"
