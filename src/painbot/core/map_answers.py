"""The answers of a learner's pain maps: which map is being filled in, what it still asks, what it showed.

A map is named by the day it was begun: its answers are in slots `map:<date>/...`. What it shows is kept
once it is complete, so that later answers elsewhere do not change it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from painbot.core.asked import SKIPPED, Asked, QuestionKind, accepts
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.enrollment import Answer
from painbot.core.gates import Gate, held
from painbot.core.ids import FormId, QuestionId
from painbot.core.measures import PHQ_MOOD, PHQ_WORRY, screen_phq4
from painbot.core.mood import MOOD_QUESTIONS
from painbot.core.outgoing import Say
from painbot.core.own_lines import with_answer
from painbot.core.own_questions import gate_question, phq_question
from painbot.core.pain_map import (
    OFTEN,
    PLACES,
    QUESTIONS,
    Driver,
    MapQuestion,
    PainMap,
    asked_questions,
    read_map,
)

PREFIX: Final = "map:"
SIGNS: Final = "map/signs"
"""The slot of the last answer to the danger signs of a map: `none`, `declined`, or a group."""

CLEAR: Final = frozenset({"none", "declined"})

_ROWS: Final = "rows"
_UNSURE: Final = "unsure"
_NOTHING: Final = "none"

GATE_DAYS: Final = timedelta(days=7)
"""A gate answered within this time before the map is not asked again."""

MOOD_DAYS: Final = timedelta(days=14)
"""The mood questions are about the last two weeks; an older answer is asked for again."""

OPEN_DAYS: Final = timedelta(days=7)
"""A map begun longer ago than this and not finished is begun anew."""

_GATES: Final = (
    *("gate-crash", "gate-sleep", "gate-fall", "gate-medicines", "gate-eating", "clinician", "gate-exercise"),
)


def form_id(on: date) -> FormId:
    """Return the id of the map begun on this day, and the beginning of its slots."""
    return FormId(f"{PREFIX}{on.isoformat()}")


def begun_on(name: str) -> date | None:
    """Return the day a map's id or slot names, or nothing."""
    if not name.startswith(PREFIX):
        return None
    try:
        return date.fromisoformat(name.removeprefix(PREFIX).partition("/")[0])
    except ValueError:
        return None


def is_done(file: LearnerFile, on: date) -> bool:
    """Say whether the map begun on this day has been completed."""
    return f"{form_id(on)}/{_ROWS}" in file.answers


def done_dates(file: LearnerFile) -> tuple[date, ...]:
    """Return the days of the maps that were completed, oldest first."""
    return tuple(on for on in _dates(file) if is_done(file, on))


def current_date(file: LearnerFile, today: date) -> date:
    """Return the day of the map to go on with: the last one still open, else today's."""
    last = max(_dates(file), default=today)
    if not is_done(file, last) and today - last <= OPEN_DAYS:
        return last
    return today


def _dates(file: LearnerFile) -> tuple[date, ...]:
    return tuple(sorted({on for slot in file.answers if (on := begun_on(slot)) is not None}))


def signs_clear(file: LearnerFile, today: date) -> bool:
    """Say whether the danger signs were answered today, and none of them was there."""
    stored = file.answers.get(SIGNS)
    return stored is not None and stored.on == today and stored.value in CLEAR


def no_map_today(file: LearnerFile, today: date) -> bool:
    """Say whether a danger sign was there today, so that there is no map before tomorrow."""
    stored = file.answers.get(SIGNS)
    return stored is not None and stored.on == today and stored.value not in CLEAR


# -- what is asked


def questions(file: LearnerFile, on: date) -> tuple[Asked, ...]:
    """Return what the map begun on this day asks, in order; answered ones stay among them."""
    given = _given(file, on)
    asked = tuple(_driver_question(each, on) for each in asked_questions(given, eating=_may_eat(file)))
    return (*_gates(file, on), *asked, *_mood_questions(file, on))


def answer_of(file: LearnerFile, asked: Asked, on: date) -> str | None:
    """Return the answer that counts for this map: a gate's from too long ago is none."""
    stored = file.answers.get(asked.slot)
    return None if stored is None or _is_over(asked, stored, on) else stored.value


def _is_over(asked: Asked, stored: Answer, on: date) -> bool:
    """Say whether an answer from before the map is asked for again: too old, skipped, or of another form."""
    if asked.slot.startswith(PREFIX) or stored.on >= on:
        return False
    return stored.on < on - GATE_DAYS or stored.value == SKIPPED or not accepts(asked, stored.value)


def next_open(file: LearnerFile, on: date) -> Asked | None:
    """Return the first question of the map without an answer, or nothing when it is complete."""
    return next((asked for asked in questions(file, on) if answer_of(file, asked, on) is None), None)


def _given(file: LearnerFile, on: date) -> dict[str, str]:
    prefix = f"{form_id(on)}/"
    return {
        slot.removeprefix(prefix): answer.value
        for slot, answer in file.answers.items()
        if slot.startswith(prefix)
    }


def _may_eat(file: LearnerFile) -> bool:
    return Gate.EATING not in held(file.answers)


def _gates(file: LearnerFile, on: date) -> Iterator[Asked]:
    for name in _GATES:
        asked = _clinician_question() if name == "clinician" else gate_question(name)
        stored = file.answers.get(asked.slot)
        # One answered since the map began stays in its order, so that the way back leads to it.
        if stored is None or stored.on >= on or _is_over(asked, stored, on):
            yield asked


def _clinician_question() -> Asked:
    return Asked(
        QuestionId("clinician"),
        QuestionKind.CHOICE,
        ask=Say("onb-clinician"),
        label=Say("label-clinician"),
        choices=tuple((value, Say(f"choice-clinician-{value}")) for value in ("yes", "no")),
        slot="onboarding/clinician",
        note=Say("gate-why"),
    )


def _driver_question(question: MapQuestion, on: date) -> Asked:
    shared = "often" if question.options == OFTEN else "places" if question.options == PLACES else "gate"
    return Asked(
        QuestionId(question.id),
        QuestionKind.CHOICE,
        ask=Say(f"ask-map-{question.id}"),
        label=Say(f"label-map-{question.id}"),
        choices=tuple((value, Say(_choice_key(shared, value))) for value in question.options),
        slot=f"{form_id(on)}/{question.id}",
        note=Say(f"map-why-{question.driver.value}"),
    )


def _choice_key(shared: str, value: str) -> str:
    return f"choice-gate-{value}" if shared == "gate" else f"choice-map-{shared}-{value}"


def _mood_questions(file: LearnerFile, on: date) -> Iterator[Asked]:
    """Yield the mood questions where they were not answered lately; after a low mood nothing further."""
    if len(_mood_elsewhere(file, on)) == len(MOOD_QUESTIONS):
        return
    for scale in PHQ_MOOD:
        yield phq_question(scale.id, f"{form_id(on)}/{scale.id}")
    if screen_phq4(_mood_here(file, on)).mood:
        return
    for scale in PHQ_WORRY:
        yield phq_question(scale.id, f"{form_id(on)}/{scale.id}")


def _mood_here(file: LearnerFile, on: date) -> dict[str, int]:
    given = _given(file, on)
    return {name: int(given[name]) for name in MOOD_QUESTIONS if given.get(name, "").isdecimal()}


def _mood_elsewhere(file: LearnerFile, on: date) -> dict[str, int]:
    """Return the latest mood answers that were given outside this map, lately enough to count for it."""
    latest: dict[str, Answer] = {}
    for slot, answer in file.answers.items():
        prefix, _, name = slot.rpartition("/")
        lately = name in MOOD_QUESTIONS and prefix != form_id(on) and answer.on >= on - MOOD_DAYS
        if lately and answer.value.isdecimal() and (name not in latest or latest[name].at < answer.at):
            latest[name] = answer
    return {name: int(answer.value) for name, answer in latest.items()}


# -- what was shown


def with_result(file: LearnerFile, on: date, s: Surroundings) -> LearnerFile:
    """Return the file with what the map shows, kept as it is now."""
    mood = screen_phq4(_mood_here(file, on) or _mood_elsewhere(file, on)).any_positive
    shown = read_map(_given(file, on), mood=mood, eating=_may_eat(file))
    rows = ",".join(driver.value for driver in shown.shown) or _NOTHING
    file = with_answer(file, f"{form_id(on)}/{_ROWS}", "map-rows", rows, s)
    unsure = ",".join(shown.unsure) or _NOTHING
    return with_answer(file, f"{form_id(on)}/{_UNSURE}", "map-unsure", unsure, s)


def result_of(file: LearnerFile, on: date) -> PainMap:
    """Return what a completed map showed; food and alcohol are left out where the eating gate asks it."""
    given = _given(file, on)
    hidden = set() if _may_eat(file) else {Driver.EATING.value, Driver.ALCOHOL.value}
    rows = set(given.get(_ROWS, "").split(",")) - hidden
    unsure = set(given.get(_UNSURE, "").split(","))
    return PainMap(
        tuple(driver for driver in Driver if driver.value in rows),
        tuple(each.id for each in QUESTIONS if each.id in unsure and each.driver.value not in hidden),
    )


def said_lines(file: LearnerFile, on: date, driver: Driver) -> tuple[tuple[Say, Say], ...]:
    """Return what somebody answered to a row's questions, where it speaks for the row: label and answer."""
    given = _given(file, on)
    asked = [_driver_question(each, on) for each in QUESTIONS if each.driver is driver]
    found: list[tuple[Say, Say]] = []
    for question in asked:
        words = dict(question.choices).get(given.get(question.id, ""))
        speaks = given.get(question.id) in ("1", "2", "yes")
        if speaks and isinstance(words, Say) and isinstance(question.label, Say):
            found.append((question.label, words))
    return tuple(found)
