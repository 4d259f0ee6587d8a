"""Buttons of earlier days and of another life: none leads out of set-up, and none wakes what has ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from painbot.core.commands import Pressed, SharedLocation
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.ids import MessageId
from painbot.core.onboarding import start_day_one
from painbot.core.outgoing import Action
from tests.core.people import Person, enrolled

PEG = (
    Action("f", ("peg:start", "peg-pain", "6")),
    Action("f", ("peg:start", "peg-enjoyment", "6")),
    Action("f", ("peg:start", "peg-activity", "6")),
)
OUTSIDE = (
    Action("set", ("menu", "show")),
    Action("set", ("lesson-hour", "19:00")),
    Action("pz", ("3",)),
    Action("m", ("resume",)),
    Action("m", ("back",)),
    Action("m", ("today",)),
    Action("ci", ("2026-03-02",)),
    Action("ck", ("c-1",)),
    Action("f", ("checkin:2026-03-02", "pain", "5")),
    Action("ft", ("checkin:2026-03-02", "gate-medicines", "opioids")),
    Action("fc", ("checkin:2026-03-02", "pain")),
    Action("o", ("l-1",)),
    Action("qa", ("l-1", "b")),
    Action("zz", ()),
)
STORING = (
    *OUTSIDE[:3],
    *(action for action in OUTSIDE if action.verb not in ("m", "set", "pz", "zz")),
    Action("c", ("l-1", "1")),
    Action("s", ("l-1",)),
    Action("q", ("l-1",)),
    Action("r", ("l-1",)),
    Action("onb", ("goal", "skip")),
    Action("fc", ("lesson:l-1", "sure")),
)


def presses(person: Person, *actions: Action) -> None:
    for action in actions:
        person.does(Pressed(action, MessageId(1)))


def at_age() -> Person:
    person = Person()
    person.types("Leeds, England")
    person.taps("Yes")
    assert "Are you 18 or over" in person.words
    return person


def at_signs() -> Person:
    person = at_age()
    for label in ("Yes, 18 or over", "Yes", "Yes"):
        person.taps(label)
    assert "A safety question" in person.words
    return person


@pytest.mark.parametrize("verb", ["f", "fc"])
def test_old_peg_buttons_do_not_jump_over_age_and_danger_signs(verb: str) -> None:
    person = at_age()
    presses(person, *(replace(action, verb=verb) for action in PEG))
    assert "Are you 18 or over" in person.words
    presses(person, Action("onb", ("peg", "done")), Action("onb", ("ready", "start")))
    assert "Are you 18 or over" in person.words
    assert person.file.enrollment.status is EnrollmentStatus.ONBOARDING
    assert not [slot for slot in person.file.answers if slot.startswith("peg:")]


def test_old_peg_buttons_do_not_lead_around_an_emergency_on_the_screen() -> None:
    person = at_signs()
    person.taps("3")
    person.taps("Chest pain")
    before = person.file
    presses(person, *PEG)
    assert "The course is resting" in person.words
    assert person.file.dialogue == before.dialogue
    assert person.file.answers == before.answers
    person.waits(timedelta(days=2))
    person.taps("I have been seen")
    assert "When should a lesson come" in person.words


def test_a_location_shared_in_a_rest_asks_nothing_further() -> None:
    person = Person()
    person.types("I want to kill myself")
    person.does(SharedLocation(48.2, 16.37))
    assert "The course is resting" in person.words


@pytest.mark.parametrize("action", OUTSIDE, ids=str)
def test_no_old_button_leads_out_of_setting_up(action: Action) -> None:
    person = at_age()
    before = person.file
    presses(person, action)
    assert "Are you 18 or over" in person.words
    assert person.file == before


def test_help_and_the_numbers_stay_open_while_setting_up() -> None:
    person = at_age()
    presses(person, Action("m", ("help",)))
    assert "/urgent" in person.words
    presses(person, Action("u", ()))
    assert "999" in person.words


def test_a_state_beyond_an_open_safety_step_leads_back_to_it() -> None:
    person = at_age()
    person.file = replace(person.file, dialogue=replace(person.file.dialogue, state="onboarding/ready"))
    presses(person, Action("onb", ("ready", "start")))
    assert "Are you 18 or over" in person.words
    assert person.file.enrollment.status is EnrollmentStatus.ONBOARDING


@pytest.mark.parametrize(
    ("missing", "asked"),
    [("age", "Are you 18"), ("duration", "three months"), ("signs", "A safety question"), ("place", "Where")],
)
def test_day_one_does_not_begin_while_a_safety_step_is_open(missing: str, asked: str) -> None:
    person = enrolled()
    person.rewritten(status=EnrollmentStatus.ONBOARDING, started_on=None)
    answers = {slot: kept for slot, kept in person.file.answers.items() if slot != f"onboarding/{missing}"}
    file = replace(person.file, answers=answers, deliveries={})
    if missing == "place":
        file = replace(file, learner=replace(file.learner, zone=None))
    person._take(start_day_one(file, person.around()))
    assert asked in person.words
    assert person.file.enrollment.status is EnrollmentStatus.ONBOARDING
    assert not person.file.deliveries


@pytest.mark.parametrize("action", STORING, ids=str)
def test_after_stopping_old_buttons_store_nothing(action: Action) -> None:
    person = enrolled()
    person.types("/stop")
    before = person.file
    presses(person, action)
    assert "You have stopped the course" in person.words
    assert person.file == before


def test_after_stopping_neither_settings_nor_a_location_open_a_question() -> None:
    person = enrolled()
    person.types("/stop")
    before = person.file
    person.types("/settings")
    assert "You have stopped the course" in person.words
    person.does(SharedLocation(48.2, 16.37))
    assert "You have stopped the course" in person.words
    assert person.file == before


@pytest.mark.parametrize("number", ["²", "٣", "-1", "9" * 40])
def test_a_card_number_no_button_ever_had_is_met_with_a_card(number: str) -> None:
    person = enrolled()
    presses(person, Action("c", ("l-1", "1")), Action("c", ("l-1", number)))
    assert "Lesson l-1" in person.words
    assert person.file.deliveries[person.course.path[0].id].card in (0, 1)
