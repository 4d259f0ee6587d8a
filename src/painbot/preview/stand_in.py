"""A made-up learner who holds given gates, and the surroundings in which the core decides about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import painbot.understanding as understanding
from painbot.core.course import Course
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.enrollment import Answer, Delivery, Enrollment, EnrollmentStatus, Learner
from painbot.core.gates import CAREFUL, MEDICINE_GATES, NONE, Gate
from painbot.core.ids import ChatId, CourseId, EnrollmentId, ItemId, LearnerId
from painbot.core.levers import CHOSEN
from painbot.core.parts import Lever
from painbot.rendering.catalog import Catalog
from painbot.safety import SafetyNet

NOW: Final = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
"""A Monday, at the hour of the lesson: the preview stands still in time."""

_CONSENT: Final = "preview"

_PLAIN: Final = {
    Gate.CRASH: "gate/gate-crash",
    Gate.FALL: "gate/gate-fall",
    Gate.EXERCISE: "gate/gate-exercise",
    Gate.EATING: "gate/gate-eating",
}
_SLEEP_TICKS: Final = (Gate.EPILEPSY_BIPOLAR, Gate.SHIFT_WORK)


def stand_in(course: Course, gates: frozenset[Gate], met: Iterable[ItemId] = ()) -> LearnerFile:
    """Return a learner who holds these gates and was handed `met`, read to the end."""
    learner = Learner(LearnerId(1), ChatId(1), NOW, zone="UTC", consent_version=_CONSENT)
    enrollment = Enrollment(
        EnrollmentId(1), learner.id, CourseId(course.id), EnrollmentStatus.ACTIVE, NOW, started_on=NOW.date()
    )
    deliveries = {
        item_id: Delivery(item_id, NOW, NOW.date(), opened_at=NOW, finished_at=NOW) for item_id in met
    }
    return LearnerFile(learner, enrollment, deliveries=deliveries, answers=answers_for(gates))


def with_lever(file: LearnerFile, lever: Lever) -> LearnerFile:
    """Return the file of somebody who chose this lever on their pain map."""
    return replace(file, answers={**file.answers, CHOSEN: _answer(CHOSEN, lever.value)})


def answers_for(gates: frozenset[Gate]) -> Mapping[str, Answer]:
    """Return the stored answers that make exactly these gates count as yes.

    What follows from other answers (the sleep window from a risk of falling) comes along by itself.
    """
    if gates == CAREFUL:
        return {}
    values = {slot: "yes" if gate in gates else "no" for gate, slot in _PLAIN.items()}
    values["onboarding/clinician"] = "no" if Gate.NOT_SEEN in gates else "yes"
    values["gate/gate-medicines"] = _joined(gate for gate in MEDICINE_GATES if gate in gates)
    ticks = [gate.value for gate in _SLEEP_TICKS if gate in gates]
    if Gate.SLEEP_WINDOW in gates and not ticks:
        ticks = ["sleep-disorder"]
    values["gate/gate-sleep"] = _joined(ticks)
    return {slot: _answer(slot, value) for slot, value in values.items()}


def surroundings(course: Course, words: Catalog, safety: SafetyNet) -> Surroundings:
    """Return what the core needs beside the learner."""
    return Surroundings(
        course=course,
        now=NOW,
        operator_name="The clinic",
        contact="its contact",
        consent_version=_CONSENT,
        read=understanding,
        words=words.text,
        safety=safety,
    )


def _joined(ticks: Iterable[str]) -> str:
    return ",".join(ticks) or NONE


def _answer(slot: str, value: str) -> Answer:
    return Answer(slot, slot.rpartition("/")[2], value, on=NOW.date(), at=NOW)
