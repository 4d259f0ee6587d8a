"""What to do with something found late: after an outage, a long night, or a change of hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from painbot.core.pacing import DAYS_A_WEEK, local_date
from painbot.core.quiet_hours import QuietHours

NUDGE_KEEPS: Final = timedelta(days=1)


class DueKind(StrEnum):
    """What a due row owes a learner, most pressing first."""

    WELLBEING = "wellbeing"
    """The plain "how are you" after a safety rest."""

    RESUME = "resume"
    """The end of a pause."""

    CHECKIN = "checkin"
    CHECK = "check"
    """A check day's card."""

    LESSON = "lesson"
    PRACTICE = "practice"
    NUDGE = "nudge"


_PRESSING: Final = {kind: place for place, kind in enumerate(DueKind)}


class Lateness(StrEnum):
    """The fate of something found late."""

    SEND = "send"
    """It goes out now."""

    DEFER = "defer"
    """It stays owed and goes out at a later allowed time."""

    FOLD = "fold"
    """It gets no push of its own: the next one of its kind takes its place."""

    DROP = "drop"
    """It is over."""


def decide_late(
    kind: DueKind, due_at: datetime, now: datetime, zone: ZoneInfo, quiet: QuietHours
) -> Lateness:
    """Decide what becomes of one thing that was due at `due_at` and is found at `now`.

    A lesson is never lost. What belongs to its day (check-in, practice) ends with that local day, and a
    check day gives way to the next one. A nudge more than a day late would only puzzle.
    """
    goes_at = quiet.next_allowed(now, zone)
    days_late = (local_date(goes_at, zone) - local_date(due_at, zone)).days
    if kind is DueKind.CHECKIN and days_late > 0:
        return Lateness.DROP
    if kind is DueKind.PRACTICE and days_late > 0:
        return Lateness.FOLD
    if kind is DueKind.CHECK and days_late >= DAYS_A_WEEK:
        return Lateness.FOLD
    if kind is DueKind.NUDGE and now - due_at > NUDGE_KEEPS:
        return Lateness.DROP
    return Lateness.SEND if goes_at <= now else Lateness.DEFER


@dataclass(frozen=True, slots=True)
class LateItem:
    """One thing of a learner's that is past its due time."""

    kind: DueKind
    due_at: datetime


def catch_up(
    items: Sequence[LateItem], now: datetime, zone: ZoneInfo, quiet: QuietHours
) -> tuple[Lateness, ...]:
    """Decide the fates of everything a learner missed, in the order given: at most one is sent.

    The most pressing kind goes first, the oldest of its kind first. Of the rest, practice is folded,
    nudges are dropped, and everything else stays owed.
    """
    fates = [decide_late(item.kind, item.due_at, now, zone, quiet) for item in items]
    ready = [place for place, fate in enumerate(fates) if fate is Lateness.SEND]
    if not ready:
        return tuple(fates)
    chosen = min(ready, key=lambda place: (_PRESSING[items[place].kind], items[place].due_at))
    rest = {DueKind.PRACTICE: Lateness.FOLD, DueKind.NUDGE: Lateness.DROP}
    for place in ready:
        if place != chosen:
            fates[place] = rest.get(items[place].kind, Lateness.DEFER)
    return tuple(fates)
