"""Which sets of gates learners can hold, and what each is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from painbot.content.lint.learners import described, learners, with_implied
from painbot.core.enrollment import Answer
from painbot.core.gates import CAREFUL, MEDICINE_GATES, SLEEP_TICKS, Gate, held

ON, AT = date(2026, 11, 2), datetime(2026, 11, 2, 9, tzinfo=UTC)
YES_NO = st.sampled_from(["yes", "no", None])


def ticks(known: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    some = st.lists(st.sampled_from(known), min_size=1, unique=True).map(",".join)
    return st.one_of(st.none(), st.just("none"), some)


ANSWERS = st.fixed_dictionaries(
    {
        "gate/gate-crash": YES_NO,
        "gate/gate-fall": YES_NO,
        "gate/gate-exercise": YES_NO,
        "gate/gate-eating": YES_NO,
        "onboarding/clinician": YES_NO,
        "gate/gate-medicines": ticks(tuple(map(str, MEDICINE_GATES))),
        "gate/gate-sleep": ticks(SLEEP_TICKS),
    }
)


@given(ANSWERS, st.sets(st.sampled_from(Gate), max_size=8))
def test_whatever_is_answered_the_learner_is_among_those_looked_at(
    values: dict[str, str | None], named: set[Gate]
) -> None:
    answers = {slot: Answer(slot, slot, value, on=ON, at=AT) for slot, value in values.items() if value}
    gates = held(answers)
    assert with_implied(gates) == gates
    assert gates & named in {found & named for found in learners(named)}


@given(st.sets(st.sampled_from(Gate), max_size=8))
def test_everybody_looked_at_can_exist(named: set[Gate]) -> None:
    for gates in learners(named):
        assert with_implied(gates) == gates
        assert Gate.PHARMACIST not in gates or gates.intersection(MEDICINE_GATES)


def test_who_has_answered_nothing_is_always_looked_at() -> None:
    assert list(learners([])) == [frozenset(), CAREFUL]


def test_with_very_many_gates_each_and_each_pair_is_looked_at() -> None:
    found = set(learners(Gate))
    assert len(found) < 200
    assert {gate for gates in found for gate in gates} == set(Gate)
    assert frozenset() in found
    assert CAREFUL in found


def test_somebody_is_described_by_the_gates_that_matter() -> None:
    gates = frozenset({Gate.CRASH, Gate.FALL, Gate.SLEEP_WINDOW})
    assert described(gates, [Gate.FALL, Gate.CRASH]) == "somebody with `crash` and `fall`"
    assert described(gates, [Gate.EATING]) == "somebody without any gate named here"
    assert described(CAREFUL, [Gate.EATING]) == "somebody who has answered no gate"
