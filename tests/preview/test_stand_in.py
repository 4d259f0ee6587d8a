"""The made-up learner holds exactly the gates that were chosen."""

from __future__ import annotations

import pytest

from painbot.core.gates import CAREFUL, Condition, Gate, held
from painbot.preview.gate_words import WHO, for_whom
from painbot.preview.stand_in import answers_for

EACH = [frozenset[Gate](), CAREFUL, *(frozenset({gate}) for gate in Gate if gate is not Gate.PHARMACIST)]


@pytest.mark.parametrize("gates", EACH, ids=lambda gates: ",".join(sorted(gates))[:30] or "none")
def test_answers_make_the_gates_count_as_yes(gates: frozenset[Gate]) -> None:
    counted = held(answers_for(gates))
    assert gates <= counted
    assert counted - gates <= {Gate.PHARMACIST, Gate.SLEEP_WINDOW}
    assert held(answers_for(counted)) == counted


def test_every_gate_has_words() -> None:
    assert set(WHO) == set(Gate)


def test_a_condition_is_said_in_plain_words() -> None:
    assert for_whom(Condition()) == ""
    only = for_whom(Condition(when=(Gate.OPIOIDS, Gate.OVER_75)))
    assert only == "Only for somebody who takes an opioid, or is over 75, or has not answered that yet"
    assert for_whom(Condition(unless=(Gate.CRASH,))).startswith("Only after a clear no to: crashes for")
