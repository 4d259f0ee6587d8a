"""Questions in the interface's own words: scales, choices, mood, and the gates."""

from __future__ import annotations

from collections.abc import Mapping

from painbot.core import gates
from painbot.core.asked import Asked, QuestionKind
from painbot.core.ids import QuestionId
from painbot.core.measures import PHQ4
from painbot.core.outgoing import Say, Words

PHQ_SCORES = ("0", "1", "2", "3")
SURE = ("yes", "no", "not-sure")

PHQ_IDS = tuple(measure.id for measure in PHQ4)

_TICKS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "gate-medicines": (gates.MEDICINE_GATES, "medicines"),
    "gate-sleep": (gates.SLEEP_TICKS, "sleep"),
}
"""The gate questions with several answers: what can be ticked, and how their words begin."""


def scale(question_id: str) -> Asked:
    """Return a 0-10 question."""
    return Asked(
        QuestionId(question_id),
        QuestionKind.SCALE,
        ask=Say(f"ask-{question_id}"),
        label=Say(f"label-{question_id}"),
        ends=Say(f"ends-{question_id}"),
    )


def choice(
    question_id: str,
    options: tuple[str, ...],
    answers: str | None = None,
    *,
    kind: QuestionKind = QuestionKind.CHOICE,
    slot: str = "",
    note: Words | None = None,
) -> Asked:
    """Return a question with buttons; `answers` names their words where several questions share them."""
    return Asked(
        QuestionId(question_id),
        kind,
        ask=Say(f"ask-{question_id}"),
        label=Say(f"label-{question_id}"),
        choices=tuple((option, Say(f"choice-{answers or question_id}-{option}")) for option in options),
        slot=slot,
        note=note,
    )


def phq_question(question_id: str, slot: str = "") -> Asked:
    """Return one of the four mood questions."""
    return choice(question_id, PHQ_SCORES, "phq", slot=slot, note=Say("phq-intro"))


def gate_question(question_id: str) -> Asked:
    """Return the question of a gate, or a mood question asked together with the gates."""
    slot = gates.slot_of(question_id)
    if question_id in PHQ_IDS:
        return phq_question(question_id, slot)
    ticks = _TICKS.get(question_id)
    if ticks is None:
        return choice(question_id, SURE, "gate", slot=slot, note=Say("gate-why"))
    options, answers = ticks
    several = QuestionKind.MULTI
    return choice(question_id, options, answers, kind=several, slot=slot, note=Say("gate-why"))
