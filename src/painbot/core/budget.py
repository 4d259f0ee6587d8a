"""How many pushes a learner gets, and how far apart.

A push is what the bot sends of its own accord. Replies and safety cards are not pushes and never come
through here.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from painbot.core.pacing import local_date, next_instant
from painbot.core.quiet_hours import QuietHours


@dataclass(frozen=True, slots=True)
class Budget:
    """The most pushes in one local day, and the least time between two."""

    max_per_day: int = 2
    min_gap: timedelta = timedelta(hours=2)

    def __post_init__(self) -> None:
        """Refuse a budget under which nothing could ever be sent, or which runs backwards."""
        if self.max_per_day < 1:
            raise ValueError(f"max_per_day must be at least 1, not {self.max_per_day}")
        if self.min_gap < timedelta(0):
            raise ValueError(f"min_gap must not be negative, not {self.min_gap}")


DEFAULT_BUDGET = Budget()


@dataclass(frozen=True, slots=True)
class Pushes:
    """What was pushed to a learner lately: the last instant, its local date, and that date's count."""

    last_at: datetime | None = None
    on: date | None = None
    count: int = 0

    def record(self, now: datetime, zone: ZoneInfo) -> "Pushes":
        """Return the tally after one more push at `now`."""
        today = local_date(now, zone)
        # A learner who moved west can be back on yesterday's date: the tally of the later date goes on,
        # so that a change of zone never earns extra pushes.
        if self.on is None or today > self.on:
            return Pushes(last_at=now, on=today, count=1)
        return Pushes(last_at=now, on=self.on, count=self.count + 1)

    def sent_late(self, at: datetime, zone: ZoneInfo) -> "Pushes":
        """Return the tally whose last push was sent only at `at`: what follows counts from there."""
        if self.last_at is None or at <= self.last_at:
            return self
        today = local_date(at, zone)
        if self.on is None or today > self.on:
            return Pushes(last_at=at, on=today, count=1)
        return Pushes(last_at=at, on=self.on, count=self.count)


NO_PUSHES = Pushes()


def earliest_push(
    wanted: datetime,
    zone: ZoneInfo,
    quiet: QuietHours,
    pushes: Pushes = NO_PUSHES,
    budget: Budget = DEFAULT_BUDGET,
) -> datetime:
    """Return the first UTC instant from `wanted` on at which a push is allowed.

    Never in quiet hours, never within the gap after the last push, never more than the day's number.
    Asking again with the answer gives the same answer.
    """
    at = wanted.astimezone(UTC)
    if pushes.last_at is not None:
        at = max(at, pushes.last_at.astimezone(UTC) + budget.min_gap)
    # Each round moves forward or ends; a second one is rare (a night in which the date goes back).
    while True:
        moved = quiet.next_allowed(_past_full_day(at, zone, pushes, budget), zone)
        if moved == at:
            return at
        at = moved


def _past_full_day(at: datetime, zone: ZoneInfo, pushes: Pushes, budget: Budget) -> datetime:
    """Return `at`, or the start of the next local day where this one has had its pushes."""
    if pushes.on is None or pushes.count < budget.max_per_day or local_date(at, zone) > pushes.on:
        return at
    tomorrow = pushes.on + timedelta(days=1)
    while (midnight := next_instant(tomorrow, time(0), zone, after=at)) is None:
        tomorrow += timedelta(days=1)
    return midnight
