"""What to do with something found late: after an outage, a long night, or a change of hours.

A lesson or practice day keeps its place and goes out at the next allowed time, however late. What
belongs to its time does not, and catching up is one thing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from painbot.core.due import Due, DueKind
from painbot.core.pacing import DAYS_A_WEEK, local_date, next_instant
from painbot.core.quiet_hours import QuietHours

LATE_CHECKIN: Final = timedelta(hours=1)
"""A check-in found this late beside a waiting item gives way to it."""


PUSH_KEEPS: Final = timedelta(minutes=115)
"""How long a push may wait for its turn; then the moment it was planned for has passed.

Shorter than the gap between two pushes, so that what became of one is known before the next is planned.
"""

SENT_LATE: Final = timedelta(seconds=1)
"""A push sent this long after it was planned counts from its sending; sooner, both are the same moment."""


def push_expires_at(now: datetime, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """Return until when a push planned now may still be sent: never into the quiet hours.

    One that could not go out by then is withdrawn and planned anew, so an outage ends neither in a
    message at night nor in a heap of them.
    """
    latest = now + PUSH_KEEPS
    if quiet.start == quiet.end:
        return latest
    today = local_date(now, zone)
    for on in (today, today + timedelta(days=1)):
        starts_at = next_instant(on, quiet.start, zone, after=now)
        if starts_at is not None:
            return min(latest, starts_at)
    return latest


def checkin_is_over(on: date, goes_at: datetime, zone: ZoneInfo) -> bool:
    """Say whether the check-in of this local date is dropped: it belongs to its day, and that has passed."""
    return local_date(goes_at, zone) > on


def first_check_kept(today: date) -> date:
    """Return the first check day that still goes out: one found a week late gives way to the next one."""
    return today - timedelta(days=DAYS_A_WEEK - 1)


def choose(due_now: tuple[Due, ...], now: datetime) -> Due | None:
    """Choose the one thing a tick sends out of what may go now.

    In the ordinary run a check-in goes first and the item follows after the gap. When a check-in is
    found late beside an item, the item goes and the check-in is passed over for the day.
    """
    by_kind = {due.kind: due for due in due_now}
    for kind in (DueKind.WELLBEING, DueKind.RESUME):
        if kind in by_kind:
            return by_kind[kind]
    item = next(
        (by_kind[kind] for kind in (DueKind.CHECK, DueKind.LESSON, DueKind.PRACTICE) if kind in by_kind), None
    )
    checkin = by_kind.get(DueKind.CHECKIN)
    if item is not None and checkin is not None:
        return item if now - checkin.wanted_at >= LATE_CHECKIN else checkin
    return item or checkin
