"""One question of a form: its kinds, which answers it takes, and how an answer reads back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from painbot.core.decisions import Surroundings
from painbot.core.ids import QuestionId
from painbot.core.outgoing import Action, Button, Marked, Plain, Row, Say, Words

SKIPPED = "skip"
"""The value of a question the learner chose not to answer; it counts as asked, never as a number."""

NONE = "none"
"""What is stored where none of several answers fits."""

SAME = "same"
"""What the button carries that fills several questions as on another day; never stored itself."""

ANSWER = "f"
TOGGLE = "ft"

SCALE_VALUES = tuple(str(number) for number in range(11))

MOST_MINUTES = 240
MOST_ASLEEP = 16 * 60

OFFERED_MINUTES = ("2", "5", "10", "15", "20", "30")
OFFERED_ASLEEP = ("240", "300", "330", "360", "390", "420", "450", "480")
OFFERED_CLOCK = ("08:00", "10:00", "12:00", "14:00", "16:00", "18:00")


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    CHOICE = "choice"
    MULTI = "multi"
    MINUTES = "minutes"
    ASLEEP = "asleep"
    """A length of sleep, stored in minutes."""

    CLOCK = "clock"
    """A time of day, stored as 23:30."""


@dataclass(frozen=True)
class Asked:
    """One question of a form. `choices` are (id, label); a scale runs 0-10 with worded ends."""

    id: QuestionId
    kind: QuestionKind
    ask: Words
    label: Words
    choices: tuple[tuple[str, Words], ...] = ()
    ends: Words | None = None
    slot: str = ""
    """Where the answer is kept when not under the form itself."""

    note: Words | None = None
    listed: tuple[Words, ...] = ()
    """What stands between the note and the question, such as earlier answers."""

    clocks: tuple[str, ...] = OFFERED_CLOCK
    """The times that get a button, where a time is asked."""

    first_hour: int = 6
    """From which hour a typed time is taken that could be twelve hours later."""

    fills: Mapping[QuestionId, str] = field(default_factory=dict)
    """Answers that one button ("same as yesterday") gives to this and the questions after it."""

    leads: Mapping[str, str] = field(default_factory=dict)
    """What an answer opens at once: `urgent`, `flare` or `gate:<id>`, by the answer's value."""


def answer_rows(form_id: str, asked: Asked, ticked: frozenset[str]) -> tuple[Row, ...]:
    """Return the buttons that answer a question."""

    def tap(value: str, label: Words, verb: str = ANSWER) -> Button:
        return Button(label, Action(verb, (form_id, asked.id, value)))

    def plainly(values: tuple[str, ...], in_a_row: int) -> tuple[Row, ...]:
        buttons = tuple(tap(value, value_label(asked, value)) for value in values)
        return tuple(buttons[at : at + in_a_row] for at in range(0, len(buttons), in_a_row))

    skip = tap(SKIPPED, Say("form-skip"))
    match asked.kind:
        case QuestionKind.SCALE:
            return (*plainly(SCALE_VALUES, 6), (skip,))
        case QuestionKind.MULTI:
            boxes = tuple(
                (tap(value, Marked(label, value in ticked), TOGGLE),) for value, label in asked.choices
            )
            done = tap("done", Say("form-done"), TOGGLE) if ticked else tap(NONE, Say("form-none"))
            return (*boxes, (done, skip))
        case QuestionKind.MINUTES:
            return (*plainly(OFFERED_MINUTES, 6), (skip,))
        case QuestionKind.ASLEEP:
            return (*plainly(OFFERED_ASLEEP, 4), (skip,))
        case QuestionKind.CLOCK:
            same: tuple[Row, ...] = ((tap(SAME, Say("form-same")),),) if asked.fills else ()
            return (*same, *plainly(asked.clocks, 4), (skip,))
        case QuestionKind.CHOICE:
            short = len(asked.choices) <= 3
            choices = tuple(tap(value, label) for value, label in asked.choices)
            rows: tuple[Row, ...] = (choices,) if short else tuple((choice,) for choice in choices)
            return (*rows, (skip,))


def accepts(asked: Asked, value: str) -> bool:
    """Return whether this value can be an answer; an old button may carry one that no longer can."""
    if value == SKIPPED:
        return True
    known = {choice for choice, _ in asked.choices}
    match asked.kind:
        case QuestionKind.SCALE:
            return value in SCALE_VALUES
        case QuestionKind.MULTI:
            return value == NONE or set(value.split(",")) <= known
        case QuestionKind.MINUTES:
            return _is_count(value, MOST_MINUTES)
        case QuestionKind.ASLEEP:
            return _is_count(value, MOST_ASLEEP)
        case QuestionKind.CLOCK:
            return clock_of(value) is not None
        case QuestionKind.CHOICE:
            return value in known


def _is_count(value: str, most: int) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= 4 and int(value) <= most


def clock_of(value: str) -> time | None:
    """Return the time of day that a stored answer names, or nothing where it names none."""
    hour, _, minute = value.partition(":")
    if len(hour) != 2 or len(minute) != 2 or not (hour + minute).isascii() or not (hour + minute).isdecimal():
        return None
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None


def value_label(asked: Asked, value: str) -> Words:
    """Return the words for a stored value."""
    if value == SKIPPED:
        return Say("form-skipped")
    labels = dict(asked.choices)
    match asked.kind:
        case QuestionKind.MULTI if value == NONE:
            return Say("form-none")
        case QuestionKind.MULTI if value not in labels:
            return Say("form-several", {"count": len(value.split(","))})
        case QuestionKind.MINUTES if _is_count(value, MOST_MINUTES):
            return Say("minutes-short", {"minutes": int(value)})
        case QuestionKind.ASLEEP if _is_count(value, MOST_ASLEEP):
            return hours_words(int(value))
        case _:
            return labels.get(value) or Plain(value)


def hours_words(minutes: int) -> Words:
    """Return a length of time in hours and minutes."""
    return Say("hours-and-minutes", {"hours": minutes // 60, "minutes": minutes % 60})


def hint(asked: Asked) -> Words:
    """Return what helps somebody whose words were not understood."""
    match asked.kind:
        case QuestionKind.SCALE | QuestionKind.MINUTES | QuestionKind.ASLEEP | QuestionKind.CLOCK:
            return Say(f"form-hint-{asked.kind.value}")
        case _:
            return Say("form-hint-choice")


def understand(asked: Asked, text: str, s: Surroundings) -> tuple[str | None, bool]:
    """Read typed words as an answer: its value, if any, and whether it is sure."""
    if s.read.read_skip(text):
        return SKIPPED, True
    match asked.kind:
        case QuestionKind.SCALE:
            number = s.read.read_scale(text)
            return _counted(number.value), not number.confirm
        case QuestionKind.MINUTES:
            minutes = s.read.read_minutes(text, MOST_MINUTES)
            return _counted(minutes.value), not minutes.confirm
        case QuestionKind.ASLEEP:
            asleep = s.read.read_hours_asleep(text)
            return _counted(asleep.value), not asleep.confirm
        case QuestionKind.CLOCK:
            at = s.read.read_time(text, asked.first_hour)
            return (None if at.value is None else f"{at.value:%H:%M}"), not at.confirm
        case _:
            labels = {value: _spoken(label, s) for value, label in asked.choices}
            if asked.kind is QuestionKind.MULTI:
                labels[NONE] = s.words("form-none")
            chosen = s.read.read_choice(text, labels)
            # One of several may not be all of them: it is shown first.
            return chosen.value, not chosen.confirm and asked.kind is not QuestionKind.MULTI


def _counted(number: int | None) -> str | None:
    return None if number is None else str(number)


def _spoken(label: Words, s: Surroundings) -> str:
    match label:
        case Say(key):
            return s.words(key)
        case Plain(text):
            return text
        case _:
            return ""
