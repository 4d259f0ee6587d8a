"""Choosing wall times: buttons, words, and quiet hours that make room only when asked to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from painbot.core.decisions import LearnerFile
from painbot.core.outgoing import Action, Button, Plain, Row
from painbot.core.quiet_hours import QuietHours


def clock_words(at: time) -> str:
    """Return a wall time as people read it on a phone, such as 09:00."""
    return f"{at:%H:%M}"


def hour_rows(verb: str, step: str, hours: tuple[time, ...]) -> tuple[Row, ...]:
    """Return buttons for wall times, three to a row."""
    buttons = tuple(Button(Plain(clock_words(at)), Action(verb, (step, clock_words(at)))) for at in hours)
    return tuple(buttons[at : at + 3] for at in range(0, len(buttons), 3))


def quiet_without(quiet: QuietHours, at: time) -> QuietHours:
    """Return quiet hours that no longer hold `at`, moving the nearer end to the hour itself.

    A time in the evening part starts the quiet an hour later; one in the morning part ends it at that time.
    """
    if not quiet.contains(at):
        return quiet
    day = datetime(2000, 1, 1)  # noqa: DTZ001 - plain wall-clock arithmetic
    start, end, wanted = (datetime.combine(day, when) for when in (quiet.start, quiet.end, at))
    after_start = (wanted - start) % timedelta(days=1)
    before_end = (end - wanted) % timedelta(days=1)
    if after_start < before_end:
        later = (wanted + timedelta(hours=1)).time()
        return replace(quiet, start=later)
    return replace(quiet, end=at)


def moved_quiet_hours(file: LearnerFile, pending: tuple[str, time]) -> LearnerFile:
    """Return the file with the hour the learner asked for and quiet hours that make room for it."""
    which, at = pending
    enrollment = replace(file.enrollment, quiet=quiet_without(file.enrollment.quiet, at))
    if which == "lesson-hour":
        enrollment = replace(enrollment, lesson_time=at)
    else:
        enrollment = replace(enrollment, checkin_time=at)
    return replace(file, enrollment=enrollment)
