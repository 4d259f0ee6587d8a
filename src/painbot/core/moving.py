"""Moving to another clock: the course's calendar comes along, so that no day is left out or asked twice.

Where two clocks differ by more than half a day, the same hour of the next day in the new zone is nearly
two days away, or hardly one hour: such a move crosses the date line, whichever way the person travelled.
Every date of the course then moves by one day. What comes next is so always 12 to 36 hours after the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from painbot.core.budget import DEFAULT_BUDGET, Pushes
from painbot.core.checkin import checkin_id
from painbot.core.decisions import LearnerFile
from painbot.core.enrollment import Answer
from painbot.core.pacing import instant, local_date
from painbot.core.slots import day_of

HALF_A_DAY = timedelta(hours=12)
ONE_DAY = timedelta(days=1)


def moved_to(file: LearnerFile, zone: str, now: datetime) -> LearnerFile:
    """Return the file of somebody who lives by the clock of `zone` from now on."""
    before, after = file.zone, ZoneInfo(zone)
    days = _days_moved(before, after, now)
    enrollment = file.enrollment
    until = enrollment.paused_until
    deliveries = {
        item_id: replace(delivery, handed_out_on=delivery.handed_out_on + days)
        for item_id, delivery in file.deliveries.items()
    }
    moved = replace(
        enrollment,
        started_on=_moved(enrollment.started_on, days),
        early_on=_moved(enrollment.early_on, days),
        checkin_on=_moved(enrollment.checkin_on, days),
        resumes_on=_moved(enrollment.resumes_on, days),
        # A pause ends with the start of a local day.
        paused_until=None if until is None else instant(local_date(until, before) + days, time(0), after),
        pushes=_seen_from(after, file),
    )
    return replace(
        file,
        learner=replace(file.learner, zone=zone),
        enrollment=moved,
        deliveries=deliveries,
        answers=_answers_moved(file, days, after, now),
    )


def _days_moved(before: ZoneInfo, after: ZoneInfo, now: datetime) -> timedelta:
    ahead = (now.astimezone(after).utcoffset() or timedelta()) - (
        now.astimezone(before).utcoffset() or timedelta()
    )
    if abs(ahead) <= HALF_A_DAY:
        return timedelta()
    return ONE_DAY if ahead > timedelta() else -ONE_DAY


def _moved(on: date | None, days: timedelta) -> date | None:
    return None if on is None else on + days


def _seen_from(after: ZoneInfo, file: LearnerFile) -> Pushes:
    """Return the tally of the local day, in the new zone, of the last push: two a day, whatever the clock.

    Only the last push's instant is kept; earlier ones are known by what was handed out and asked.
    """
    last_at = file.enrollment.pushes.last_at
    if last_at is None:
        return file.enrollment.pushes
    on = local_date(last_at, after)
    earlier = {at for at in _known_pushes(file) if at <= last_at - DEFAULT_BUDGET.min_gap}
    return Pushes(last_at, on, 1 + sum(local_date(at, after) == on for at in earlier))


def _known_pushes(file: LearnerFile) -> Iterable[datetime]:
    yield from (delivery.handed_out_at for delivery in file.deliveries.values())
    asked_on = file.enrollment.checkin_on
    if asked_on is not None:
        for on in (asked_on, asked_on - ONE_DAY):
            yield instant(on, file.enrollment.checkin_time, file.zone)


def _answers_moved(
    file: LearnerFile, days: timedelta, after: ZoneInfo, now: datetime
) -> Mapping[str, Answer]:
    """Return the answers with those of this day under its new date, so that each check-in has its own.

    Going west a date comes a second time. Today's answers and yesterday's go one date back; those of the day
    before keep their date with its offset, since their place is taken.
    """
    today = file.today(now)
    if not days or (days > timedelta() and local_date(now, after) <= today):
        return file.answers
    recent = (today,) if days > timedelta() else (today, today - ONE_DAY)
    moved: dict[str, Answer] = {}
    for answer in file.answers.values():
        form, slash, question = answer.slot.rpartition("/")
        is_checkin = form == checkin_id(answer.on)
        if answer.on in recent:
            on = answer.on + days
            slot = f"{checkin_id(on)}{slash}{question}" if is_checkin else answer.slot
            kept = replace(answer, slot=slot, on=on)
        elif is_checkin and days < timedelta() and answer.on == today + 2 * days:
            kept = replace(answer, slot=f"checkin:{day_of(answer.on, file.zone)}{slash}{question}")
        else:
            kept = answer
        moved[kept.slot] = kept
    return moved
