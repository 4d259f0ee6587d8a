"""Before some items the gates are gone through again, in the day's check-in or when the item is opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from painbot.core import reasking
from painbot.core.course import Course, Reask
from painbot.core.enrollment import Answer
from painbot.core.gates import Gate, held
from painbot.core.ids import ItemId
from tests.core.people import Person, course, enrolled, lesson, practice

CLEAR = {
    "gate-crash": "no",
    "gate-fall": "no",
    "gate-exercise": "no",
    "gate-eating": "no",
    "gate-sleep": "none",
    "gate-medicines": "none",
    **dict.fromkeys(("phq-interest", "phq-down", "gad-nervous", "gad-worry"), "0"),
}


def the_course() -> Course:
    gates = ("crash", "fall", "exercise", "sleep", "medicines", "eating")
    made = course((lesson("l-1"), practice("p-1"), lesson("move-01", cards=1), lesson("l-3")))
    return replace(made, reask=Reask(gates, (ItemId("move-01"),)))


def on_day_3(**changed: str) -> Person:
    """Return somebody on the morning of day 3, whose lesson is one the gates are asked before."""
    person = enrolled()
    person.course = the_course()
    on = person.file.today(person.now)
    answers = {
        f"gate/{name}": Answer(f"gate/{name}", name, value, on=on, at=person.now)
        for name, value in {**CLEAR, **{k.replace("_", "-"): v for k, v in changed.items()}}.items()
    }
    person.file = replace(person.file, answers={**person.file.answers, **answers})
    person.waits(timedelta(days=1, hours=23, minutes=30))
    assert person.now.hour == 9
    return person


def gate(person: Person, name: str) -> str | None:
    found = person.file.answers.get(f"gate/{name}")
    return found.value if found else None


def test_the_check_in_of_the_day_asks_whether_anything_has_changed() -> None:
    person = on_day_3(gate_medicines="opioids,organs")
    for label in ("5", "5", "Yes"):
        person.taps(label)
    assert "Has anything changed" in person.words
    assert "Medicines and health: <b>Opioid pain medicine</b>" in person.words
    assert "Crash after effort: <b>No</b>" in person.words


def test_nothing_changed_makes_the_answers_those_of_today() -> None:
    person = on_day_3()
    for label in ("5", "5", "Yes", "Nothing has changed"):
        person.taps(label)
    assert "That is all for today" in person.words
    assert person.file.answers["gate/gate-crash"].on == person.file.today(person.now)
    assert held(person.file.answers) == frozenset()
    assert reasking.was_answered(person.file, person.file.today(person.now))


def test_after_something_changed_every_gate_counts_as_yes_until_it_is_answered_anew() -> None:
    person = on_day_3()
    for label in ("5", "5", "Yes", "Something has changed"):
        person.taps(label)
    assert {Gate.CRASH, Gate.SLEEP_WINDOW, Gate.OPIOIDS} <= held(person.file.answers)
    for label in ("No", "No", "Yes", "None of these", "None of these", "No"):
        person.taps(label)
    assert "That is all for today" in person.words
    assert held(person.file.answers) == {Gate.EXERCISE}


def test_what_was_never_answered_is_asked_also_when_nothing_changed() -> None:
    person = on_day_3(gate_sleep="no", gate_fall="skip")
    for label in ("5", "5", "Yes"):
        person.taps(label)
    assert "Care with sleep: <b>not answered</b>" in person.words
    person.taps("Nothing has changed")
    assert "Could you fall" in person.words
    person.taps("No")
    assert "apnoea" in person.words
    person.taps("None of these")
    assert "That is all for today" in person.words
    assert held(person.file.answers) == frozenset()


def test_it_is_asked_when_the_item_is_opened_if_the_check_in_was_not_done() -> None:
    person = on_day_3()
    person.waits(timedelta(hours=2))
    person.taps("Open the lesson")
    assert "Before this lesson" in person.words
    assert person.file.deliveries[ItemId("move-01")].opened_at is None
    person.taps("Nothing has changed")
    assert "keeps the lesson safe" in person.words
    person.taps("Open the lesson")
    assert "Card 0 of move-01" in person.words


def test_it_is_asked_once_a_day() -> None:
    person = on_day_3()
    for label in ("5", "5", "Yes", "Nothing has changed"):
        person.taps(label)
    person.waits(timedelta(hours=2))
    person.taps("Open the lesson")
    assert "Card 0 of move-01" in person.words


def test_an_answer_of_an_earlier_day_does_not_hold_for_a_lesson_opened_later() -> None:
    person = on_day_3()
    for label in ("5", "5", "Yes", "Nothing has changed"):
        person.taps(label)
    person.waits(timedelta(days=1, hours=2))
    person.taps("Open the lesson")
    assert "Before this lesson" in person.words


def test_a_skip_lets_the_lesson_open_and_is_no_answer() -> None:
    person = on_day_3()
    person.waits(timedelta(hours=2))
    person.taps("Open the lesson")
    person.taps("Skip")
    person.taps("Open the lesson")
    assert "Card 0 of move-01" in person.words
    assert not reasking.was_answered(person.file, person.file.today(person.now))
