"""What comes after the course: a booster now and then, three questions a week, or quiet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from painbot.core.course import Course, Item
from painbot.core.decisions import Decision, LearnerFile, Surroundings
from painbot.core.enrollment import Answer
from painbot.core.outgoing import Action, Outgoing, Row, Say
from painbot.core.pacing import DAYS_A_WEEK, next_check_date
from painbot.core.replies import button, reply, say

VERB: Final = "kg"
SLOT: Final = "after-course"

LATEST: Final = timedelta(days=DAYS_A_WEEK)
"""How long after its day a booster may still come; then it is let go."""


class After(StrEnum):
    """What a learner chose for the time after the course."""

    BOOSTER = "booster"
    PEG = "peg"
    QUIET = "quiet"


def chosen(answers: Mapping[str, Answer]) -> After | None:
    """Return what was chosen, or nothing."""
    stored = answers.get(SLOT)
    return After(stored.value) if stored is not None and stored.value in set(After) else None


def rows() -> tuple[Row, ...]:
    """Return a button for each of the three."""
    return tuple((button(f"after-{after.value}", VERB, after.value),) for after in After)


def told(file: LearnerFile, s: Surroundings) -> Outgoing:
    """Ask what should come after the course."""
    return reply((Say("after-ask"),), rows())


def press(file: LearnerFile, action: Action, s: Surroundings) -> Decision:
    """Keep the choice; it can be changed at any time."""
    value = action.args[0] if action.args else ""
    if value not in set(After):
        return Decision(file, (told(file, s),))
    stored = Answer(SLOT, SLOT, value, on=file.today(s.now), at=s.now)
    file = replace(file, answers={**file.answers, SLOT: stored})
    return Decision(file, (say(f"after-{value}-kept"),))


def next_booster(file: LearnerFile, course: Course, today: date) -> tuple[Item, date] | None:
    """Return the booster that comes next and its day, where boosters were chosen.

    Its week is counted from the end of the learner's own course, so that a slower pace has its distance too.
    """
    if chosen(file.answers) is not After.BOOSTER:
        return None
    handed_out = (file.deliveries.get(item.id) for item in course.items)
    ended_on = max((one.handed_out_on for one in handed_out if one is not None), default=None)
    if ended_on is None:
        return None
    for booster in course.boosters:
        on = ended_on + timedelta(weeks=booster.week - len(course.weeks))
        if booster.item.id not in file.deliveries and today - on < LATEST:
            return booster.item, on
    return None


def next_weekly_peg(file: LearnerFile, today: date) -> date | None:
    """Return the day of the next three questions, where they were chosen: a week's check day."""
    enrollment = file.enrollment
    if chosen(file.answers) is not After.PEG or enrollment.started_on is None:
        return None
    return next_check_date(enrollment.started_on, enrollment.checkin_on, today)
