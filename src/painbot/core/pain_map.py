"""My pain map: answers about drivers in, what is shown out. No totals, no kinds of pain, no ranks.

The wording and the cut-off (two of four points) are the project's own and have not been tested in a
study. "Not sure" counts as no, and is shown as something to ask or watch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from painbot.core.parts import Lever

VERB: Final = "mp"
"""The verb of the map's own buttons."""

NOT_SURE: Final = "not-sure"
OFTEN: Final = ("0", "1", "2", NOT_SURE)
"""Never or no, sometimes, often, not sure."""

YES_NO: Final = ("yes", "no", NOT_SURE)
WISH: Final = ("yes", "no")
PLACES: Final = ("one", "few", "most", NOT_SURE)

ENOUGH: Final = 2
"""Two questions of 0 to 2 points each show their row from this sum."""

_POINTS: Final[Mapping[str, int]] = {"1": 1, "2": 2, "few": 1, "most": 2}


class Driver(StrEnum):
    """A row of the map, in the order they are asked."""

    SLEEP = "sleep"
    STRESS = "stress"
    PAST = "past"
    BOOM_BUST = "boom-bust"
    GUARDING = "guarding"
    EATING = "eating"
    MEDICINES = "medicines"
    HEADACHE = "headache"
    SHORTAGE = "shortage"
    ALONE = "alone"
    NERVE = "nerve"
    JOINT = "joint"
    SPREAD = "spread"
    MOOD = "mood"
    """Asked last: after a low mood nothing further is asked."""

    ALCOHOL = "alcohol"
    """Never asked by itself: the second question of eating, answered "often"."""


@dataclass(frozen=True)
class MapQuestion:
    """One question of a row and the ids of its answers, in the order they are shown."""

    id: str
    driver: Driver
    options: tuple[str, ...]


_TWO_OFTEN: Final = (
    *(Driver.SLEEP, Driver.STRESS, Driver.BOOM_BUST, Driver.GUARDING, Driver.EATING),
    *(Driver.ALONE, Driver.NERVE, Driver.JOINT),
)
_BOTH_YES: Final = (Driver.MEDICINES, Driver.SHORTAGE)


def _options(driver: Driver) -> tuple[tuple[str, ...], ...]:
    if driver in _TWO_OFTEN:
        return (OFTEN, OFTEN)
    if driver in _BOTH_YES:
        return (YES_NO, YES_NO)
    match driver:
        case Driver.SPREAD:
            return (PLACES, OFTEN)
        case Driver.HEADACHE:
            return (YES_NO,)
        case Driver.PAST:
            return (WISH,)
        case _:
            return ()


QUESTIONS: Final = tuple(
    MapQuestion(f"{driver.value}-{number}", driver, options)
    for driver in Driver
    for number, options in enumerate(_options(driver), start=1)
)

CLINICIAN: Final = (
    *(Driver.NERVE, Driver.JOINT, Driver.SHORTAGE, Driver.HEADACHE),
    *(Driver.MEDICINES, Driver.MOOD, Driver.ALCOHOL),
)
"""Rows that are for a clinician or pharmacist to look at; listed first, and apart from the levers."""

LEVERS: Final[Mapping[Driver, Lever]] = {
    Driver(lever.value): lever for lever in Lever if lever.value in {driver.value for driver in Driver}
}
"""Rows that a learner may choose to work on; two of them are for a clinician as well."""

EVIDENCE: Final = (
    *("map-not-origin", "map-sleep-driver", "sleep-cbti-first-line", "map-stress-driver"),
    *("trauma-link-not-destiny", "map-mood-driver", "map-boom-bust", "move-graded-exposure"),
    *("diet-pattern-modest", "diet-alcohol", "map-medicine-driver", "map-medication-overuse-headache"),
    *("map-deficiency-driver", "b12-test-first", "map-isolation-driver", "map-neuropathic-features"),
    *("map-inflammatory-features", "map-types-explained", "map-nociplastic-not-cs"),
)
"""The claims that the rows rest on."""


@dataclass(frozen=True)
class PainMap:
    """What a map shows: rows, and the questions somebody was not sure about."""

    shown: tuple[Driver, ...]
    unsure: tuple[str, ...] = ()

    @property
    def clinician(self) -> tuple[Driver, ...]:
        """The rows to show a clinician, most pressing first."""
        return tuple(driver for driver in CLINICIAN if driver in self.shown)

    @property
    def levers(self) -> tuple[Driver, ...]:
        """The rows to choose a lever from, in the order they were asked."""
        return tuple(driver for driver in self.shown if driver in LEVERS)

    @property
    def spread(self) -> bool:
        """Whether a word about a sensitive system belongs here; it is no lever and no finding."""
        return Driver.SPREAD in self.shown


def read_map(answers: Mapping[str, str], *, mood: bool, eating: bool = True) -> PainMap:
    """Return what these answers show, by question id; `mood` says that a mood pair was positive.

    A skipped or missing answer counts as no. Without `eating` the row about food and alcohol is left out
    altogether, as the eating gate asks.
    """
    asked = tuple(each for each in QUESTIONS if eating or each.driver is not Driver.EATING)
    known = {each.id: answers[each.id] for each in asked if answers.get(each.id) in each.options}
    shown = [driver for driver in Driver if _is_shown(driver, known, mood=mood)]
    unsure = tuple(each.id for each in asked if known.get(each.id) == NOT_SURE)
    return PainMap(tuple(shown), unsure)


def _is_shown(driver: Driver, answers: Mapping[str, str], *, mood: bool) -> bool:
    if driver is Driver.MOOD:
        return mood
    if driver is Driver.ALCOHOL:
        return answers.get("eating-2") == "2"
    given = [answers.get(each.id, "") for each in QUESTIONS if each.driver is driver]
    if driver in _BOTH_YES or len(given) == 1:
        return all(value == "yes" for value in given)
    return sum(_POINTS.get(value, 0) for value in given) >= ENOUGH


def asked_questions(answers: Mapping[str, str], *, eating: bool) -> tuple[MapQuestion, ...]:
    """Return the questions to ask after these answers: a second one that can change nothing is left out."""
    return tuple(
        each
        for each in QUESTIONS
        if (eating or each.driver is not Driver.EATING) and not _is_settled(each, answers)
    )


def _is_settled(question: MapQuestion, answers: Mapping[str, str]) -> bool:
    second = question.id.endswith("-2") and question.driver in _BOTH_YES
    return second and answers.get(f"{question.driver.value}-1") == "no"
