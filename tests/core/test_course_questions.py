"""Questions of the course in every shape: minutes, a time of day, and answers that lead somewhere."""

from __future__ import annotations

import pytest

from painbot.core.course import Choice, Question
from painbot.core.gates import Gate, held
from painbot.core.ids import QuestionId
from painbot.core.outgoing import MessageKind
from tests.core.people import Person, course, enrolled, lesson

MINUTES = Question(QuestionId("trial-1"), "How many minutes was it?", minutes=True)
CLOCK = Question(QuestionId("last-caffeine"), "When was your last coffee?", clock=True)
LEADS = Question(
    QuestionId("new-pain"),
    "Any new pain?",
    (
        Choice("yes", "It is new", leads="urgent"),
        Choice("flare", "It is a flare", leads="flare"),
        Choice("crash", "I crash", leads="gate:crash"),
        Choice("no", "Nothing new"),
    ),
)


def asked(question: Question) -> Person:
    """Return somebody on day 1, with this question on show."""
    person = enrolled()
    person.course = course((lesson("l-1", question=question),))
    for label in ("Go on", "Today's small step", "One quick question", "B"):
        person.taps(label)
    return person


def stored(person: Person, question: Question) -> str | None:
    found = person.file.answers.get(f"lesson:l-1/{question.id}")
    return found.value if found else None


def test_minutes_are_tapped() -> None:
    person = asked(MINUTES)
    person.taps("15 min")
    assert stored(person, MINUTES) == "15"
    assert "15 min" in person.said[-2].html


@pytest.mark.parametrize(
    ("text", "value"), [("20 min", "20"), ("half an hour", "30"), ("0", "0"), ("skip", "skip")]
)
def test_minutes_are_typed(text: str, value: str) -> None:
    person = asked(MINUTES)
    person.types(text)
    assert stored(person, MINUTES) == value


def test_minutes_that_are_a_guess_are_shown_before_they_are_stored() -> None:
    person = asked(MINUTES)
    person.types("15-20")
    assert stored(person, MINUTES) is None
    assert "Did I get that right" in person.words
    person.taps("Yes")
    assert stored(person, MINUTES) == "15"


@pytest.mark.parametrize("text", ["300", "a while", "not long"])
def test_what_is_no_number_of_minutes_is_asked_again(text: str) -> None:
    person = asked(MINUTES)
    person.types(text)
    assert stored(person, MINUTES) is None
    assert "number of minutes" in person.words


def test_a_time_of_day_is_tapped_or_typed() -> None:
    person = asked(CLOCK)
    person.taps("14:00")
    assert stored(person, CLOCK) == "14:00"
    person = asked(CLOCK)
    person.types("2.30pm")
    assert stored(person, CLOCK) == "14:30"


def test_a_time_that_could_be_twelve_hours_later_is_shown_first() -> None:
    person = asked(CLOCK)
    person.types("3")
    assert stored(person, CLOCK) is None
    person.taps("Yes")
    assert stored(person, CLOCK) == "15:00"


def test_an_answer_may_lead_to_the_danger_signs() -> None:
    person = asked(LEADS)
    decision = person.taps("It is new")
    assert MessageKind.SAFETY in {said.kind for said in decision.outgoing}
    assert stored(person, LEADS) == "yes"


def test_an_answer_may_open_the_flare_plan() -> None:
    person = asked(LEADS)
    decision = person.taps("It is a flare")
    assert any(getattr(part, "key", "") == "flare-head" for said in decision.outgoing for part in said.parts)


def test_an_answer_may_store_a_gate_as_yes() -> None:
    person = asked(LEADS)
    person.taps("I crash")
    assert person.file.answers["gate/gate-crash"].value == "yes"
    assert Gate.CRASH in held(person.file.answers)


def test_an_answer_that_leads_nowhere_is_only_stored() -> None:
    person = asked(LEADS)
    decision = person.taps("Nothing new")
    assert stored(person, LEADS) == "no"
    assert MessageKind.SAFETY not in {said.kind for said in decision.outgoing}
