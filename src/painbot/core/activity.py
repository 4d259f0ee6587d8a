"""The starting line of the movement weeks: three trials, small steps, hold and drop, by rule.

The numbers are rules of practice, not of science. Whoever crashes after effort, needs care with movement
or has not been seen yet gets no number at all. A line is kept in half minutes, so that a tenth of a short
line is a small step too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.enrollment import Answer
from painbot.core.flare import FLARE, flare_is_open, harm_since
from painbot.core.gates import Gate, held
from painbot.core.measures import HARM
from painbot.core.pacing import DAYS_A_WEEK

TRIALS: Final = ("trial-1", "trial-2", "trial-3")
LINE_MINUTES: Final = "line-minutes"
ACHE: Final = "next-day-ache"
LINE_DAY: Final = "line-day"
"""The check-in's question about the day before."""

ON_THE_DAY: Final[Mapping[str, Mapping[str, str]]] = {
    "line-today": {"under": "less", "about": "yes", "over": "more"},
    "did-line": {"less": "less", "yes": "yes", "more": "more"},
}
"""Questions of the course about the same, and what their answers mean."""

STEADY_DAYS: Final = frozenset({Gate.CRASH, Gate.EXERCISE, Gate.NOT_SEEN})
"""Gates with which there is never a number and never an increase."""

ENOUGH_TRIALS: Final = 2
CALM_DAYS: Final = 3
WEEK: Final = timedelta(days=DAYS_A_WEEK)
SMALLEST: Final = 2
"""The smallest line, in half minutes."""

SLOT: Final = "line"


class Kind(StrEnum):
    """What was done with the line on a day."""

    START = "start"
    OWN = "own"
    """Set by the learner without trials."""

    STEP = "step"
    HOLD = "hold"
    DROP = "drop"
    BACK = "back"
    """The last step taken back."""


class Why(StrEnum):
    """Why no step is offered."""

    REST = "rest"
    FLARE = "flare"
    HARM = "harm"
    ACHE = "ache"
    EARLY = "early"
    """Less than a week since the line last changed."""

    FEW = "few"
    """Fewer than three calm days on the line."""

    ROUGH = "rough"
    """Two rough weeks in a row: a drop is suggested."""


@dataclass(frozen=True)
class Record:
    """One day's entry in the line's history; the line in half minutes."""

    on: date
    kind: Kind
    halves: int


@dataclass(frozen=True)
class Choices:
    """What a learner may choose from: a step where one is offered, hold, and a drop where there is room."""

    line: int
    step: int | None
    drop: int | None
    why: Why | None = None


def words_of(halves: int) -> str:
    """Return half minutes as a number people read, such as 6 or 6½."""
    whole, half = divmod(halves, 2)
    return f"{whole}½" if half else str(whole)


# -- the starting line


def trials(answers: Mapping[str, Answer]) -> tuple[int, ...]:
    """Return the minutes of the trials that were made, in their order; a trial of no minutes was none."""
    latest: dict[str, Answer] = {}
    for stored in answers.values():
        if stored.question in TRIALS and stored.slot.startswith("lesson:"):
            latest[stored.question] = stored
    values = (latest[name].value for name in TRIALS if name in latest)
    return tuple(int(value) for value in values if value.isascii() and value.isdecimal() and int(value) > 0)


def starting_line(minutes: tuple[int, ...]) -> int | None:
    """Return 80 percent of the trials' average to the nearest whole minute (a half goes down), at least 1.

    Nothing where fewer than two trials were made: one day alone says little.
    """
    if len(minutes) < ENOUGH_TRIALS:
        return None
    tenths = sum(minutes) * 8 // len(minutes)
    return max(1, (tenths + 4) // 10)


def may_have_a_line(answers: Mapping[str, Answer]) -> bool:
    """Say whether this learner's movement weeks know numbers at all."""
    return held(answers).isdisjoint(STEADY_DAYS)


# -- the line and its history


def history(answers: Mapping[str, Answer]) -> tuple[Record, ...]:
    """Return every entry about the line, oldest first."""
    found = (_record(stored) for slot, stored in answers.items() if slot.startswith(f"{SLOT}/"))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.on))


def _record(stored: Answer) -> Record | None:
    kind, _, halves = stored.value.partition(" ")
    if kind not in set(Kind) or not (halves.isascii() and halves.isdecimal()):
        return None
    return Record(stored.on, Kind(kind), int(halves))


def current(answers: Mapping[str, Answer]) -> int | None:
    """Return the line in half minutes, or nothing where there is none or may be none."""
    entries = history(answers)
    return entries[-1].halves if entries and may_have_a_line(answers) else None


def with_line(file: LearnerFile, kind: Kind, halves: int, s: Surroundings) -> LearnerFile:
    """Return the file with today's entry about the line."""
    on = file.today(s.now)
    slot = f"{SLOT}/{on.isoformat()}"
    stored = Answer(slot, SLOT, f"{kind.value} {halves}", on=on, at=s.now)
    return replace(file, answers={**file.answers, slot: stored})


def started(file: LearnerFile, s: Surroundings) -> LearnerFile:
    """Return the file with the starting line its trials give; one that has moved on since stays."""
    minutes = starting_line(trials(file.answers))
    entries = history(file.answers)
    moved_on = bool(entries) and entries[-1].kind is not Kind.START
    if minutes is None or moved_on or not may_have_a_line(file.answers):
        return file
    if entries and entries[-1].halves == 2 * minutes:
        return file
    return with_line(file, Kind.START, 2 * minutes, s)


# -- days on the line


def days(answers: Mapping[str, Answer]) -> Mapping[date, str]:
    """Return what was said of each day: none, less, yes or more. The check-in's answer counts first."""
    found: dict[date, str] = {}
    for stored in answers.values():
        meaning = ON_THE_DAY.get(stored.question, {}).get(stored.value)
        if meaning is not None:
            found[stored.on] = meaning
    for slot, stored in answers.items():
        name, _, day = slot.partition("/")
        if name == LINE_DAY and stored.value in ("none", "less", "yes", "more"):
            found[date.fromisoformat(day)] = stored.value
    return dict(sorted(found.items()))


def day_slot(on: date) -> str:
    """Return the slot of one day's answer to the check-in's question about the line."""
    return f"{LINE_DAY}/{on.isoformat()}"


def calm_days(answers: Mapping[str, Answer], since: date) -> int:
    """Return on how many days from one on the line was done, about as it is."""
    return sum(1 for on, value in days(answers).items() if on >= since and value == "yes")


def is_rough(answers: Mapping[str, Answer], last_day: date) -> bool:
    """Say whether the seven days up to this one were rough.

    A flare, something made worse, a lot of ache, or mostly less than the line on the days told of.
    """
    first_day = last_day - WEEK + timedelta(days=1)
    bad = {(FLARE, "yes"), (HARM.id, "yes"), (HARM.id, "a-bit"), (ACHE, "lots")}
    if any(
        (stored.question, stored.value) in bad and first_day <= stored.on <= last_day
        for stored in answers.values()
    ):
        return True
    told = [value for on, value in days(answers).items() if first_day <= on <= last_day]
    return len(told) > 1 and 2 * sum(value in ("none", "less") for value in told) > len(told)


# -- step, hold, drop


def a_step(halves: int) -> int:
    """Return the line a step up: about a tenth more, at least half a minute."""
    return halves + max(1, halves // 10)


def a_drop(halves: int) -> int:
    """Return the line a fifth lower, at least one minute."""
    return max(SMALLEST, halves * 4 // 5)


def choices(file: LearnerFile, s: Surroundings) -> Choices | None:
    """Return what may be chosen today; nothing where there is no line."""
    line = current(file.answers)
    if line is None:
        return None
    why = _against_a_step(file, file.today(s.now))
    lower = a_drop(line)
    return Choices(line, None if why else a_step(line), lower if lower < line else None, why)


def _against_a_step(file: LearnerFile, today: date) -> Why | None:
    answers = file.answers
    if file.enrollment.rest is not None:
        return Why.REST
    if is_rough(answers, today) and is_rough(answers, today - WEEK):
        return Why.ROUGH
    if flare_is_open(answers, today):
        return Why.FLARE
    if harm_since(answers, today - WEEK) is not None:
        return Why.HARM
    if any(
        stored.question == ACHE and stored.value == "lots" and stored.on > today - WEEK
        for stored in answers.values()
    ):
        return Why.ACHE
    changes = [one for one in history(answers) if one.kind is not Kind.HOLD]
    latest = changes[-1]
    if latest.kind not in (Kind.START, Kind.OWN) and today - latest.on < WEEK:
        return Why.EARLY
    return Why.FEW if calm_days(answers, latest.on) < CALM_DAYS else None


def step_taken_back(file: LearnerFile, s: Surroundings) -> LearnerFile:
    """Return the file with the last step taken back; a line that last fell or never grew stays."""
    changes = [one for one in history(file.answers) if one.kind is not Kind.HOLD]
    if len(changes) < 2 or changes[-1].kind is not Kind.STEP:
        return file
    return with_line(file, Kind.BACK, min(changes[-2].halves, changes[-1].halves), s)


def own_line(file: LearnerFile, minutes: int, s: Surroundings) -> LearnerFile:
    """Return the file with a line the learner named.

    Without a line it is taken as it is. With one it grows no further than the step that is offered.
    """
    if minutes < 1 or not may_have_a_line(file.answers):
        return file
    offered = choices(file, s)
    if offered is None:
        return with_line(file, Kind.OWN, 2 * minutes, s)
    if 2 * minutes < offered.line:
        return with_line(file, Kind.DROP, 2 * minutes, s)
    if offered.step is not None and 2 * minutes >= offered.step:
        return with_line(file, Kind.STEP, offered.step, s)
    return with_line(file, Kind.HOLD, offered.line, s)
