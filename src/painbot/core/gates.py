"""Gates: safety answers that change the course. A gate counts as yes until a clear no is stored.

Gates are asked in onboarding and in the check-ins of days 2 to 4. Lessons never read the answers
themselves: they name gates, and `held` says which of them count as yes for a learner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from painbot.core.enrollment import Answer


class Gate(StrEnum):
    """What a course file may name in `when` and `unless`."""

    CRASH = "crash"
    FALL = "fall"
    EXERCISE = "exercise"
    NOT_SEEN = "not-seen"
    SLEEP_WINDOW = "sleep-window"
    EPILEPSY_BIPOLAR = "epilepsy-bipolar"
    SHIFT_WORK = "shift-work"
    EATING = "eating"
    OPIOIDS = "opioids"
    SEDATIVES = "sedatives"
    BLOOD_THINNERS = "blood-thinners"
    DIABETES_THYROID = "diabetes-thyroid"
    SEIZURE_TRANSPLANT = "seizure-transplant"
    PREGNANCY = "pregnancy"
    ORGANS = "organs"
    CANCER_SURGERY = "cancer-surgery"
    OVER_75 = "over-75"
    PHARMACIST = "pharmacist"
    """Any of the medicine gates."""


MEDICINE_GATES: Final = (
    Gate.OPIOIDS,
    Gate.SEDATIVES,
    Gate.BLOOD_THINNERS,
    Gate.DIABETES_THYROID,
    Gate.SEIZURE_TRANSPLANT,
    Gate.PREGNANCY,
    Gate.ORGANS,
    Gate.CANCER_SURGERY,
    Gate.OVER_75,
)
"""The ticks of the question "Which of these fit you?", by their ids."""

SLEEP_TICKS: Final = (
    "epilepsy-bipolar",
    "sleep-disorder",
    "shift-work",
    "driving",
    "sleepy",
    "frail",
)
"""The ticks of the sleep question; each of them keeps the sleep window as it is."""

NONE: Final = "none"

CRISIS: Final = "safety/crisis"
"""The slot that notes a crisis card, whenever it was: the sleep window stays as it is from then on."""

QUESTIONS: Final = (
    "gate-crash",
    "gate-fall",
    "gate-exercise",
    "gate-sleep",
    "gate-medicines",
    "gate-eating",
)
"""The questions behind the gates, in the order they are asked."""

FRESH: Final = timedelta(days=7)
"""How old an answer may be where the gates are looked at once more."""

_KEEPS_THE_WINDOW: Final = frozenset(
    {
        Gate.FALL,
        Gate.PREGNANCY,
        Gate.SEIZURE_TRANSPLANT,
        Gate.NOT_SEEN,
        # They may make drowsy; whether they do is for a clinician to judge.
        Gate.OPIOIDS,
        Gate.SEDATIVES,
    }
)

_YES_NO: Final[Mapping[Gate, str]] = {
    Gate.CRASH: "gate/gate-crash",
    Gate.FALL: "gate/gate-fall",
    Gate.EXERCISE: "gate/gate-exercise",
    Gate.EATING: "gate/gate-eating",
}
_MEDICINES: Final = "gate/gate-medicines"
_SLEEP: Final = "gate/gate-sleep"
_CLINICIAN: Final = "onboarding/clinician"

WINDOW_KEPT: Final = "map/window-kept"
"""The slot whose yes keeps the sleep window as it is, whatever else is answered."""

_SIGNS: Final = "onboarding/signs"
_DARK: Final = frozenset({"declined", "suicide-active", "self-harm"})
"""What a learner may have answered to the question about ending life that keeps the window, too."""


@dataclass(frozen=True)
class Condition:
    """For whom a part of the course is: `when` any of these gates counts as yes, `unless` any does."""

    when: tuple[Gate, ...] = ()
    unless: tuple[Gate, ...] = ()

    def holds(self, gates: frozenset[Gate]) -> bool:
        """Say whether a learner whose `gates` count as yes gets the part."""
        wanted = not self.when or not gates.isdisjoint(self.when)
        return wanted and gates.isdisjoint(self.unless)


ALWAYS: Final = Condition()

CAREFUL: Final = frozenset(Gate)
"""Everything counts as yes: what holds for somebody who has answered nothing."""


def held(answers: Mapping[str, Answer]) -> frozenset[Gate]:
    """Return the gates that count as yes: all those without a clear no."""

    def value(slot: str) -> str | None:
        stored = answers.get(slot)
        return stored.value if stored else None

    gates = {gate for gate, slot in _YES_NO.items() if value(slot) != "no"}
    if value(_CLINICIAN) != "yes":
        gates.add(Gate.NOT_SEEN)
    gates |= _medicines(value(_MEDICINES))
    gates |= _sleep(value(_SLEEP))
    dark = value(WINDOW_KEPT) == "yes" or value(_SIGNS) in _DARK or CRISIS in answers
    if dark or gates & _KEEPS_THE_WINDOW:
        gates.add(Gate.SLEEP_WINDOW)
    return frozenset(gates)


def slot_of(question: str) -> str:
    """Return the slot of a gate question's answer."""
    return f"gate/{question}"


def is_clear(question: str, value: str | None) -> bool:
    """Say whether an answer settles its gate question; a skip, or one of an earlier form, does not."""
    match question:
        case "gate-medicines":
            return _ticks(value, MEDICINE_GATES) is not None
        case "gate-sleep":
            return _ticks(value, SLEEP_TICKS) is not None
        case _:
            return value in ("yes", "no", "not-sure")


def answered_on(answers: Mapping[str, Answer], question: str) -> date | None:
    """Return the local day on which a gate question was last answered clearly, or nothing."""
    stored = answers.get(slot_of(question))
    return stored.on if stored is not None and is_clear(question, stored.value) else None


def to_ask_again(answers: Mapping[str, Answer], today: date) -> tuple[str, ...]:
    """Return the gate questions without a clear answer of the last seven days, in their order."""
    found = ((question, answered_on(answers, question)) for question in QUESTIONS)
    return tuple(question for question, on in found if on is None or today - on > FRESH)


def _medicines(value: str | None) -> set[Gate]:
    ticked = _ticks(value, MEDICINE_GATES)
    if ticked is None:
        return {*MEDICINE_GATES, Gate.PHARMACIST}
    return {*(Gate(tick) for tick in ticked), *([Gate.PHARMACIST] if ticked else [])}


def _sleep(value: str | None) -> set[Gate]:
    ticked = _ticks(value, SLEEP_TICKS)
    if ticked is None:
        return {Gate.SLEEP_WINDOW, Gate.EPILEPSY_BIPOLAR, Gate.SHIFT_WORK}
    named = {Gate(tick) for tick in ticked if tick in (Gate.EPILEPSY_BIPOLAR, Gate.SHIFT_WORK)}
    return {*named, Gate.SLEEP_WINDOW} if ticked else set()


def _ticks(value: str | None, known: tuple[str, ...]) -> frozenset[str] | None:
    """Return what was ticked, nothing at all for "none", None where there is no clear answer.

    An answer from an earlier form of the question (a plain yes, an unknown tick) is not clear.
    """
    if value == NONE:
        return frozenset()
    ticked = frozenset(filter(None, (value or "").split(",")))
    return ticked if ticked and ticked <= frozenset(known) else None
