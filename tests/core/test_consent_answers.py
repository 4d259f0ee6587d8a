"""A no to the text about what is kept: what it means depends on what was agreed to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from painbot.core.commands import Pressed, Slash
from painbot.core.ids import MessageId
from painbot.core.outgoing import Action
from painbot.core.strangers import decide_stranger
from tests.core.people import CONSENT, RENDERING, START, Person, enrolled, surroundings
from tests.core.test_sign_buttons import at_rest, consent_changed, paused

NO = Pressed(Action("consent", ("no",)), MessageId(1))


@pytest.mark.parametrize("state", [Person, enrolled, at_rest, paused])
def test_an_old_no_says_that_the_consent_given_still_stands(state: object) -> None:
    person = state()  # type: ignore[operator]
    before = person.file
    person.does(NO)
    assert "still stands" in person.words
    assert "/stop" in person.words
    assert "/delete" in person.words
    assert person.file == before


def test_a_yes_to_an_older_text_asks_nothing_of_somebody_who_agreed_to_the_newer_one() -> None:
    person = consent_changed()
    person.types("/today")
    person.taps("Yes, I agree")
    before = person.file
    decision = person.does(Pressed(Action("consent", (CONSENT,)), MessageId(1)))
    assert decision.outgoing == ()
    assert decision.toast == "already-here"
    assert person.file == before


def test_after_a_no_to_the_changed_text_nothing_is_kept_or_pushed_before_a_yes() -> None:
    person = consent_changed()
    person.types("/today")
    before = person.file
    person.does(NO)
    assert "Nothing new is kept" in person.words
    person.types("7")
    person.does(Pressed(Action("pz", ("3",)), MessageId(1)))
    assert person.file.answers == before.answers
    assert person.file.deliveries == before.deliveries
    assert person.waits(timedelta(days=10)) == []
    person.types("/start")
    person.taps("Yes, I agree")
    assert person.waits(timedelta(days=2))


@pytest.mark.parametrize("state", [Person, enrolled, at_rest, paused, consent_changed])
def test_what_will_be_stored_is_answered_for_a_learner_too(state: object) -> None:
    person = state()  # type: ignore[operator]
    before = person.file
    person.does(Pressed(Action("hi", ("stored",)), MessageId(1)))
    assert "What is kept about you" in person.words
    assert person.file == before


def test_a_stranger_is_told_that_nothing_is_kept_of_them() -> None:
    (said,) = decide_stranger(Slash("privacy"), surroundings(START)).outgoing
    words = RENDERING.render(said).html
    assert "Nothing is kept about you now" in words
    assert "What I keep" in words
    assert "A clinic" in words
