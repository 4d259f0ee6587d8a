"""Nothing is erased by a button from another day, or after something else was done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from painbot.core.commands import Pressed
from painbot.core.ids import MessageId
from painbot.core.outgoing import Action
from tests.core.people import Person, enrolled
from tests.core.test_old_buttons import at_age
from tests.core.test_sign_buttons import at_rest, consent_changed, left, paused

YES = Pressed(Action("lv", ("erase",)), MessageId(1))
STATES = (enrolled, at_age, at_rest, consent_changed, paused, left)


def asked(person: Person) -> bool:
    return "Shall I?" in person.words


@pytest.mark.parametrize("state", STATES)
def test_a_yes_right_after_the_question_erases(state: object) -> None:
    person = state()  # type: ignore[operator]
    person.types("/delete")
    person.now += timedelta(minutes=9)
    person.taps("Yes, erase it")
    assert person.erased


@pytest.mark.parametrize("state", STATES)
def test_a_yes_of_another_day_asks_again(state: object) -> None:
    person = state()  # type: ignore[operator]
    person.types("/delete")
    person.now += timedelta(minutes=11)
    person.does(YES)
    assert not person.erased
    assert asked(person)
    person.taps("Yes, erase it")
    assert person.erased


@pytest.mark.parametrize("between", ["/today", "/help", "hello", "/urgent", "/stop", "I want to kill myself"])
@pytest.mark.parametrize("state", STATES)
def test_a_yes_after_something_else_asks_again(state: object, between: str) -> None:
    person = state()  # type: ignore[operator]
    person.types("/delete")
    person.types(between)
    person.does(YES)
    assert not person.erased
    assert asked(person)


@pytest.mark.parametrize("state", STATES)
def test_keeping_it_takes_the_buttons_away_and_an_old_yes_asks_again(state: object) -> None:
    person = state()  # type: ignore[operator]
    person.types("/delete")
    question = person.buttons[-1][2]
    (kept,) = person.taps("No, keep it").outgoing
    assert kept.edits == question
    assert not kept.rows
    assert "Nothing was erased" in person.words
    person.does(YES)
    assert not person.erased
    assert asked(person)


def test_the_question_does_not_lose_the_step_of_setting_up_or_an_open_check_in() -> None:
    person = at_age()
    person.types("/delete")
    person.taps("No, keep it")
    person.types("hello")
    assert "Are you 18" in person.words
    person = enrolled()
    person.waits(timedelta(days=1))
    person.types("/checkin")
    person.types("/delete")
    person.taps("No, keep it")
    person.types("7")
    assert [slot for slot in person.file.answers if slot.startswith("checkin:")]
