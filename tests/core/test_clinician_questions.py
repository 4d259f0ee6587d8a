"""Questions for a clinician: kept in one's own words, shown, and taken away one by one."""

from __future__ import annotations

from painbot.core.clinician_questions import MOST, kept_questions
from painbot.core.commands import Pressed
from painbot.core.ids import MessageId
from painbot.core.outgoing import Action
from tests.core.people import Person, enrolled


def opened() -> Person:
    person = enrolled()
    person.does(Pressed(Action("cq"), MessageId(1)))
    return person


def asked(person: Person, text: str) -> None:
    person.taps("Add a question")
    person.types(text)


def texts(person: Person) -> list[str]:
    return [text for _, text in kept_questions(person.file)]


def test_a_typed_question_is_kept_and_listed() -> None:
    person = opened()
    assert "None is kept yet" in person.words
    asked(person, "Should I have a B12 test?")
    asked(person, "Is <this> pill & that one fine together?")
    assert texts(person) == ["Should I have a B12 test?", "Is <this> pill & that one fine together?"]
    assert "Should I have a B12 test?" in person.words
    assert "&lt;this&gt;" in person.words


def test_one_is_removed_and_the_others_stay() -> None:
    person = opened()
    for text in ("One?", "Two?", "Three?"):
        asked(person, text)
    person.taps("Remove one")
    person.taps("2")
    assert texts(person) == ["One?", "Three?"]
    asked(person, "Four?")
    assert texts(person) == ["One?", "Three?", "Four?"]


def test_at_most_twenty_are_kept_and_fit_one_message() -> None:
    person = opened()
    for number in range(MOST):
        asked(person, f"{number} " + "<b>&🙂" * 300)
    assert len(texts(person)) == MOST
    person.does(Pressed(Action("cq", ("add",)), MessageId(1)))
    assert "Removing one makes room" in person.words
    person.types("One more?")
    assert len(texts(person)) == MOST


def test_back_and_skip_keep_nothing() -> None:
    person = opened()
    asked(person, "back")
    asked(person, "skip")
    person.taps("Add a question")
    person.taps("Back")
    person.types("Too late?")
    assert texts(person) == []


def test_the_same_question_is_kept_once() -> None:
    person = opened()
    asked(person, "Why?")
    asked(person, "Why?")
    assert texts(person) == ["Why?"]


def test_nothing_is_kept_in_a_rest() -> None:
    person = opened()
    person.taps("Add a question")
    person.types("crushing chest pain")
    person.types("Why me?")
    person.does(Pressed(Action("cq", ("add",)), MessageId(1)))
    assert texts(person) == []
    assert [row[0][0] for row in person.said[-1].buttons] == ["Today"]
