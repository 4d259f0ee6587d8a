"""Gates in plain English, for authors and clinicians; a learner never reads these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from painbot.core.gates import Condition, Gate

WHO: Final[Mapping[Gate, str]] = {
    Gate.CRASH: "crashes for a day or more after small efforts",
    Gate.FALL: "could fall, or finds it hard to get up at night",
    Gate.EXERCISE: "needs care with movement (heart, lungs, fainting, thin bones, a recent operation)",
    Gate.NOT_SEEN: "has not had this pain looked at by a clinician",
    Gate.SLEEP_WINDOW: "must not shorten the time in bed",
    Gate.EPILEPSY_BIPOLAR: "has epilepsy or bipolar disorder",
    Gate.SHIFT_WORK: "works shifts",
    Gate.EATING: "has or had an eating disorder",
    Gate.OPIOIDS: "takes an opioid",
    Gate.SEDATIVES: "takes sedatives or sleeping pills",
    Gate.BLOOD_THINNERS: "takes a blood thinner",
    Gate.DIABETES_THYROID: "takes diabetes or thyroid medicine",
    Gate.SEIZURE_TRANSPLANT: "takes seizure or transplant medicine",
    Gate.PREGNANCY: "is pregnant or breastfeeding",
    Gate.ORGANS: "has kidney, liver or heart disease",
    Gate.CANCER_SURGERY: "is in cancer care, or has surgery planned",
    Gate.OVER_75: "is over 75",
    Gate.PHARMACIST: "should ask a pharmacist first (any of the medicine answers)",
}
"""Each gate as the end of "somebody who ..."."""


def for_whom(condition: Condition) -> str:
    """Say who gets a part of the course; nothing for a part that everybody gets."""
    said: list[str] = []
    if condition.when:
        said.append(f"Only for somebody who {_either(condition.when)}, or has not answered that yet")
    if condition.unless:
        said.append(f"Only after a clear no to: {_listed(condition.unless)}")
    return ". ".join(said)


def _either(gates: Iterable[Gate]) -> str:
    *first, last = (WHO[gate] for gate in gates)
    return f"{', '.join(first)}, or {last}" if first else last


def _listed(gates: Iterable[Gate]) -> str:
    return "; ".join(WHO[gate] for gate in gates)
