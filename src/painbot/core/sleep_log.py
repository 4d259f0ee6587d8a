"""The sleep log: three taps in the morning, asked while they serve something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from painbot.core.asked import SKIPPED, Asked, QuestionKind
from painbot.core.course import Course
from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.enrollment import Answer
from painbot.core.ids import QuestionId
from painbot.core.outgoing import Outgoing, Say
from painbot.core.planning import reached_on
from painbot.core.replies import button, reply
from painbot.core.sleep import ASLEEP, TO_BED, UP, night_of
from painbot.core.sleep_window import current

EVENINGS = ("21:00", "21:30", "22:00", "22:30", "23:00", "23:30", "00:00", "00:30")
MORNINGS = ("05:30", "06:00", "06:30", "07:00", "07:30", "08:00", "08:30", "09:00")

LATE_HOUR = 18
"""Bedtimes of no known half of the day are taken from the evening on."""

EARLY_HOUR = 3
"""Rise times of no known half of the day are taken from the small hours on."""


def is_asked(file: LearnerFile, course: Course, on: date) -> bool:
    """Say whether this morning's check-in asks for the night.

    From the morning after the course says so until it says stop, and with a changed window for as long as
    it is changed. Check days keep to the calendar and lessons to the learner's pace: the lessons that lie
    between the two check days decide with them, so that a gentle pace logs when the sleep lessons come.
    """
    if current(file.answers) is not None:
        return True
    span = course.sleep_log
    if span is None:
        return False
    begun_on = reached_on(file, course, span.from_item)
    if begun_on is None or on <= begun_on:
        return False
    ended_on = reached_on(file, course, span.until_item)
    return ended_on is None or on <= ended_on


def questions(file: LearnerFile, on: date) -> list[Asked]:
    """Return the log's questions for a morning; a skipped bedtime skips the whole night."""
    to_bed = Asked(
        QuestionId(TO_BED),
        QuestionKind.CLOCK,
        ask=Say("ask-to-bed"),
        label=Say("label-to-bed"),
        note=Say("sleep-log-note"),
        ends=Say("ends-clock"),
        clocks=EVENINGS,
        first_hour=LATE_HOUR,
        fills=_as_yesterday(file, on),
    )
    stored = file.answers.get(f"checkin:{on.isoformat()}/{TO_BED}")
    if stored is not None and stored.value == SKIPPED:
        return [to_bed]
    asleep = Asked(
        QuestionId(ASLEEP),
        QuestionKind.ASLEEP,
        ask=Say("ask-asleep"),
        label=Say("label-asleep"),
        ends=Say("ends-asleep"),
    )
    up = Asked(
        QuestionId(UP),
        QuestionKind.CLOCK,
        ask=Say("ask-up"),
        label=Say("label-up"),
        ends=Say("ends-clock"),
        clocks=MORNINGS,
        first_hour=EARLY_HOUR,
    )
    return [to_bed, asleep, up]


def _as_yesterday(file: LearnerFile, on: date) -> dict[QuestionId, str]:
    night = night_of(file.answers, on - timedelta(days=1), file.zone)
    if night is None or not night.is_possible:
        return {}
    same = {TO_BED: f"{night.to_bed:%H:%M}", ASLEEP: str(night.asleep), UP: f"{night.up:%H:%M}"}
    return {QuestionId(question): value for question, value in same.items()}


def checked(
    file: LearnerFile, changed: list[Answer], s: Surroundings
) -> tuple[LearnerFile, tuple[Outgoing, ...]]:
    """Return the file without hours asleep that do not fit the time in bed: they are asked once more.

    Where it is the time in bed that cannot be, all of the night is asked once more.
    """
    on = file.today(s.now)
    prefix = f"checkin:{on.isoformat()}/"
    if not any(answer.slot in {prefix + each for each in (TO_BED, ASLEEP, UP)} for answer in changed):
        return file, ()
    night = night_of(file.answers, on, file.zone)
    if night is None or night.is_possible:
        return file, ()
    wrong = (ASLEEP,) if replace(night, asleep=0).is_possible else (TO_BED, ASLEEP, UP)
    kept = {slot: stored for slot, stored in file.answers.items() if slot not in {prefix + w for w in wrong}}
    key = "sleep-log-longer" if len(wrong) == 1 else "sleep-log-clocks"
    said = reply((Say(key),), ((button("form-change-one", "fc", f"checkin:{on.isoformat()}"),),))
    return replace(file, answers=kept), (said,)
