"""A quiz on show takes its letters and its words when they are typed, and asks kindly again otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from painbot.core.enrollment import Answer
from painbot.core.outgoing import MessageKind
from tests.core.people import Person, course, enrolled, lesson, practice


def at_the_quiz() -> Person:
    person = enrolled()
    person.course = course((lesson("l-1"), practice("p-1"), lesson("l-2")))
    for label in ("Go on", "Today's small step", "One quick question"):
        person.taps(label)
    return person


def at_a_recall() -> Person:
    person = at_the_quiz()
    person.types("A")
    person.waits(timedelta(days=1, hours=2))
    person.taps("One quick question")
    assert "And what was it?" in person.words
    return person


def stored(person: Person) -> list[str]:
    return [answer.value for slot, answer in sorted(person.file.answers.items()) if slot.startswith("quiz:")]


@pytest.mark.parametrize("text", ["B", "b", "b)", "B.", "(b)", "The second answer", "the second answer."])
def test_a_letter_or_the_words_of_an_option_answer_the_quiz(text: str) -> None:
    person = at_the_quiz()
    decision = person.types(text)
    assert stored(person) == ["b"]
    assert "You chose B" in "".join(said.html for said in person.said[-len(decision.outgoing) :])


@pytest.mark.parametrize("text", ["2", "option b", "second"])
def test_what_may_be_an_option_is_shown_before_it_counts(text: str) -> None:
    person = at_the_quiz()
    person.types(text)
    assert stored(person) == []
    assert "B. The second answer" in person.words
    person.taps("Yes")
    assert stored(person) == ["b"]


def test_a_wrong_guess_leads_back_to_the_quiz() -> None:
    person = at_the_quiz()
    person.types("2")
    person.taps("No, let me choose")
    assert "What is it?" in person.words
    person.types("a")
    assert stored(person) == ["a"]


@pytest.mark.parametrize("text", ["bananas", "E", "hello", "5"])
def test_other_words_show_the_choice_again(text: str) -> None:
    person = at_the_quiz()
    decision = person.types(text)
    assert decision.outgoing[0].kind is MessageKind.PUZZLED
    assert "What is it?" in person.words
    assert [label for row in person.said[-1].buttons for label, _ in row] == ["A", "B"]
    person.types("B")
    assert stored(person) == ["b"]


def test_a_recall_is_answered_by_its_letter() -> None:
    person = at_a_recall()
    person.types("nonsense")
    assert "And what was it?" in person.words
    person.types("2")
    person.taps("No, let me choose")
    assert "And what was it?" in person.words
    person.types("b.")
    assert stored(person) == ["a", "b"]


@pytest.mark.parametrize("at", [at_the_quiz, at_a_recall])
def test_a_quiz_may_be_skipped_and_stores_nothing(at: Callable[[], Person]) -> None:
    person = at()
    before = stored(person)
    person.types("skip")
    assert stored(person) == before
    assert "That is fine" in person.words
    person.types("B")
    assert stored(person) == before


def test_words_after_the_quiz_are_no_answer_to_it() -> None:
    person = at_the_quiz()
    person.taps("A")
    person.types("B")
    assert stored(person) == ["a"]


def test_a_quiz_of_an_earlier_day_takes_no_words() -> None:
    person = at_the_quiz()
    person.now += timedelta(days=1)
    person.types("B")
    assert stored(person) == []


def test_a_form_that_stood_open_takes_what_is_typed_after_the_quiz() -> None:
    person = at_the_quiz()
    person.types("/checkin")
    person.taps("One quick question")
    person.types("B")
    person.types("7")
    today = person.file.today(person.now).isoformat()
    answer: Answer = person.file.answers[f"checkin:{today}/pain"]
    assert answer.value == "7"


def test_a_danger_sign_comes_before_the_quiz() -> None:
    person = at_the_quiz()
    person.types("I want to kill myself")
    assert stored(person) == []
    assert person.file.enrollment.rest is not None
