"""Gates count as yes until a clear no, and decide which parts of the course a learner meets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from painbot.core.course import Card, Course, Item, ItemKind, Variant, Week
from painbot.core.enrollment import Answer
from painbot.core.gates import (
    CAREFUL,
    QUESTIONS,
    SLEEP_TICKS,
    Condition,
    Gate,
    answered_on,
    held,
    to_ask_again,
)
from painbot.core.ids import CourseId, ItemId

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

CLEAR = {
    "gate/gate-crash": "no",
    "gate/gate-fall": "no",
    "gate/gate-exercise": "no",
    "gate/gate-eating": "no",
    "gate/gate-sleep": "none",
    "gate/gate-medicines": "none",
    "onboarding/clinician": "yes",
}


def answers(**changed: str) -> dict[str, Answer]:
    values = {
        **CLEAR,
        **{slot.replace("_", "/", 1).replace("_", "-"): value for slot, value in changed.items()},
    }
    return {slot: Answer(slot, slot, value, on=date(2026, 11, 22), at=NOW) for slot, value in values.items()}


def test_without_any_answer_every_gate_counts_as_yes() -> None:
    assert held({}) == CAREFUL


def test_a_clear_no_to_everything_opens_every_gate() -> None:
    assert held(answers()) == frozenset()


@pytest.mark.parametrize("value", ["yes", "not-sure", "skip"])
def test_anything_but_a_no_counts_as_yes(value: str) -> None:
    assert Gate.CRASH in held(answers(gate_gate_crash=value))


@pytest.mark.parametrize("value", ["skip", "yes", "opioids,something-old", ""])
def test_an_unclear_answer_about_medicines_counts_as_all_of_them(value: str) -> None:
    assert {Gate.OPIOIDS, Gate.BLOOD_THINNERS, Gate.PHARMACIST} <= held(answers(gate_gate_medicines=value))


def test_ticked_medicines_hold_their_own_gates_only() -> None:
    assert held(answers(gate_gate_medicines="blood-thinners,organs")) == {
        Gate.BLOOD_THINNERS,
        Gate.ORGANS,
        Gate.PHARMACIST,
    }


def test_a_tick_of_the_sleep_question_keeps_the_window_and_names_its_own_gate() -> None:
    assert held(answers(gate_gate_sleep="shift-work")) == {Gate.SLEEP_WINDOW, Gate.SHIFT_WORK}
    assert held(answers(gate_gate_sleep="driving")) == {Gate.SLEEP_WINDOW}


@pytest.mark.parametrize(
    "changed",
    [
        {"gate_gate_fall": "yes"},
        {"gate_gate_medicines": "pregnancy"},
        {"gate_gate_medicines": "seizure-transplant"},
        {"gate_gate_medicines": "opioids"},
        {"gate_gate_medicines": "sedatives"},
        {"onboarding_signs": "declined"},
        {"safety_crisis": "yes"},
        # What the question was once answered with is not clear any more.
        {"gate_gate_sleep": "no"},
        {"onboarding_clinician": "no"},
        {"gate_gate_sleep": "skip"},
    ],
)
def test_what_makes_a_shorter_window_unsafe_keeps_the_window(changed: dict[str, str]) -> None:
    assert Gate.SLEEP_WINDOW in held(answers(**changed))


def test_every_tick_of_the_sleep_question_keeps_the_window() -> None:
    for tick in SLEEP_TICKS:
        assert Gate.SLEEP_WINDOW in held(answers(gate_gate_sleep=tick))


def test_an_answer_is_asked_again_when_it_is_unclear_or_older_than_a_week() -> None:
    given = answers(gate_gate_sleep="no", gate_gate_crash="skip")
    on = date(2026, 11, 22)
    assert to_ask_again(given, on) == ("gate-crash", "gate-sleep")
    assert to_ask_again(given, on + timedelta(days=7)) == ("gate-crash", "gate-sleep")
    assert to_ask_again(given, on + timedelta(days=8)) == QUESTIONS
    assert answered_on(given, "gate-fall") == on
    assert answered_on(given, "gate-sleep") is None


def _item() -> Item:
    cards = (
        Card("all", "For all."),
        Card("some", "For some.", condition=Condition(when=(Gate.OPIOIDS,))),
        Card("others", "For others.", condition=Condition(unless=(Gate.OPIOIDS,))),
    )
    plain = Item(ItemId("move-01"), ItemKind.LESSON, "Steps", cards)
    steady = Item(ItemId("move-01"), ItemKind.LESSON, "Steady", (Card("steady", "Steady."),))
    easy = Item(ItemId("move-01"), ItemKind.LESSON, "Easy", (Card("easy", "Easy."),))
    return Item(
        plain.id,
        plain.kind,
        plain.title,
        cards,
        variants=(
            Variant("steady", Condition(when=(Gate.CRASH,)), steady),
            Variant("easy", Condition(when=(Gate.EXERCISE, Gate.NOT_SEEN)), easy),
        ),
    )


@pytest.mark.parametrize(
    ("gates", "title"),
    [
        (frozenset(), "Steps"),
        (frozenset({Gate.NOT_SEEN}), "Easy"),
        (frozenset({Gate.EXERCISE, Gate.CRASH}), "Steady"),
        (CAREFUL, "Steady"),
    ],
)
def test_the_first_variant_that_holds_is_taken(gates: frozenset[Gate], title: str) -> None:
    assert _item().fitted(gates).title == title


def test_cards_are_kept_for_those_they_are_meant_for() -> None:
    assert [card.id for card in _item().fitted(frozenset({Gate.OPIOIDS})).cards] == ["all", "some"]
    assert [card.id for card in _item().fitted(frozenset()).cards] == ["all", "others"]


def test_a_fitted_course_holds_no_conditions_and_is_made_once() -> None:
    course = Course(CourseId("c"), "Course", "en", "1", (Week(1, "First", (_item(),)),))
    fitted = course.fitted(frozenset())
    assert fitted.item(ItemId("move-01")) == _item().fitted(frozenset())
    assert course.fitted(frozenset()) is fitted
