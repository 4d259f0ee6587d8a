"""The rows of the pain map, by the table of the measures: cut-offs, rows of one question, what is hidden."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from painbot.core.pain_map import (
    CLINICIAN,
    EVIDENCE,
    LEVERS,
    NOT_SURE,
    QUESTIONS,
    Driver,
    asked_questions,
    read_map,
)
from painbot.core.parts import Lever
from painbot.rendering.catalog import catalog

TWO_OFTEN = ("sleep", "stress", "boom-bust", "guarding", "eating", "alone", "nerve", "joint")


def rows(answers: dict[str, str], *, mood: bool = False, eating: bool = True) -> set[str]:
    return {driver.value for driver in read_map(answers, mood=mood, eating=eating).shown}


@pytest.mark.parametrize("driver", TWO_OFTEN)
@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ("0", "0", False),
        ("1", "0", False),
        ("0", "1", False),
        ("1", "1", True),
        ("2", "0", True),
        ("0", "2", True),
        ("2", "2", True),
        ("1", NOT_SURE, False),
        ("2", NOT_SURE, True),
        (NOT_SURE, NOT_SURE, False),
        ("1", "skip", False),
        ("2", "skip", True),
        ("skip", "skip", False),
    ],
)
def test_a_row_of_two_questions_is_shown_from_two_points(
    driver: str, first: str, second: str, shown: bool
) -> None:
    assert (driver in rows({f"{driver}-1": first, f"{driver}-2": second})) is shown


@pytest.mark.parametrize("driver", ["medicines", "shortage"])
@pytest.mark.parametrize(("first", "second"), [*product(("yes", "no", NOT_SURE, "skip"), repeat=2)])
def test_medicines_and_shortage_need_both_yes(driver: str, first: str, second: str) -> None:
    shown = driver in rows({f"{driver}-1": first, f"{driver}-2": second})
    assert shown is (first == second == "yes")


@pytest.mark.parametrize("driver", ["headache", "past"])
@pytest.mark.parametrize(
    ("value", "shown"), [("yes", True), ("no", False), (NOT_SURE, False), ("skip", False)]
)
def test_a_row_of_one_question_is_shown_by_yes(driver: str, value: str, shown: bool) -> None:
    assert (driver in rows({f"{driver}-1": value})) is shown


@pytest.mark.parametrize(
    ("places", "senses", "shown"),
    [
        ("one", "1", False),
        ("one", "2", True),
        ("few", "0", False),
        ("few", "1", True),
        ("most", "0", True),
        (NOT_SURE, "1", False),
    ],
)
def test_spread_counts_places_and_senses(places: str, senses: str, shown: bool) -> None:
    assert ("spread" in rows({"spread-1": places, "spread-2": senses})) is shown


def test_mood_is_shown_by_a_positive_pair_alone() -> None:
    assert rows({}, mood=True) == {"mood"}
    assert rows({}, mood=False) == set()


@pytest.mark.parametrize(("alcohol", "card"), [("0", False), ("1", False), ("2", True), (NOT_SURE, False)])
def test_often_more_alcohol_than_wanted_brings_its_own_words(alcohol: str, card: bool) -> None:
    assert ("alcohol" in rows({"eating-1": "0", "eating-2": alcohol})) is card


def test_with_the_eating_gate_nothing_about_food_or_alcohol_is_asked_or_shown() -> None:
    answers = {"eating-1": "2", "eating-2": "2"}
    assert rows(answers, eating=False) == set()
    assert "eating" not in {each.driver.value for each in asked_questions({}, eating=False)}
    assert read_map({"eating-1": NOT_SURE}, mood=False, eating=False).unsure == ()


def test_not_sure_is_a_question_to_ask_and_a_skip_is_none() -> None:
    shown = read_map({"sleep-1": NOT_SURE, "sleep-2": "skip", "headache-1": NOT_SURE}, mood=False)
    assert shown.unsure == ("sleep-1", "headache-1")
    assert shown.shown == ()


def test_clinician_rows_come_apart_from_levers_and_spread_is_neither() -> None:
    everything = {each.id: each.options[-1 if "most" not in each.options else 2] for each in QUESTIONS}
    everything |= {each.id: "2" for each in QUESTIONS if "2" in each.options}
    everything |= {each.id: "yes" for each in QUESTIONS if "yes" in each.options}
    shown = read_map(everything, mood=True)
    assert set(shown.shown) == set(Driver)
    assert shown.clinician == CLINICIAN
    assert {LEVERS[driver] for driver in shown.levers} == set(Lever)
    assert shown.spread
    assert Driver.SPREAD not in (*shown.clinician, *shown.levers)


def test_nerve_and_joint_signs_shortage_and_headache_days_are_never_levers() -> None:
    assert not {Driver.NERVE, Driver.JOINT, Driver.SHORTAGE, Driver.HEADACHE, Driver.ALCOHOL} & set(LEVERS)


def test_a_second_question_that_can_change_nothing_is_not_asked() -> None:
    asked = {each.id for each in asked_questions({"medicines-1": "no", "shortage-1": "yes"}, eating=True)}
    assert "medicines-2" not in asked
    assert "shortage-2" in asked
    assert {each.id for each in asked_questions({"medicines-1": NOT_SURE}, eating=True)} == {
        each.id for each in QUESTIONS
    }


@given(
    st.fixed_dictionaries(
        {}, optional={each.id: st.sampled_from((*each.options, "skip", "?", "")) for each in QUESTIONS}
    ),
    st.booleans(),
)
def test_more_often_never_hides_a_row(answers: dict[str, str], mood: bool) -> None:
    shown = rows(answers, mood=mood)
    for name, value in answers.items():
        if value in ("0", "1"):
            assert shown <= rows({**answers, name: "2"}, mood=mood)


def test_every_row_and_question_has_its_words_and_no_kind_of_pain_is_named() -> None:
    words = catalog("en")
    keys = [f"{kind}-map-{each.id}" for kind in ("ask", "label") for each in QUESTIONS]
    keys += [f"map-why-{each.driver.value}" for each in QUESTIONS]
    keys += [f"map-row-{driver.value}" for driver in Driver]
    keys += [f"map-clinician-{driver.value}" for driver in CLINICIAN]
    keys += [f"map-shows-{driver.value}" for driver in LEVERS]
    keys += [f"lever-{lever.value}" for lever in Lever]
    said = " ".join(words.text(key) for key in keys).casefold()
    assert not [
        word for word in ("root cause", "origin", "nociplastic", "your pain is", "score") if word in said
    ]
    labels = [words.text(f"label-map-{each.id}") for each in QUESTIONS]
    assert [label for label in labels if len(label) > 26] == []


def test_the_claims_behind_the_rows_are_those_of_the_course() -> None:
    claims = (Path(__file__).resolve().parents[2] / "lessons/chronic-pain/evidence.yaml").read_text()
    assert [claim for claim in EVIDENCE if f"id: {claim}\n" not in claims] == []
