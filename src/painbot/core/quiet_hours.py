"""The hours of the local night in which nothing is pushed."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from painbot.core.pacing import next_instant


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A span of local wall time from `start` up to, not including, `end`.

    It may pass midnight. `start == end` means that there are no quiet hours.
    """

    start: time
    end: time

    def contains(self, local_time: time) -> bool:
        """Say whether a local wall time is quiet."""
        at = local_time.replace(tzinfo=None)
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def next_allowed(self, now_utc: datetime, zone: ZoneInfo) -> datetime:
        """Return `now_utc` itself where it is not quiet, else the end of the quiet span, in UTC.

        An end that a clock change skips moves forward by the gap, as every wall time does.
        """
        now = now_utc.astimezone(UTC)
        local = now.astimezone(zone)
        if not self.contains(local.time()):
            return now
        # Today's end, else tomorrow's; later only where a clock change swallowed the whole allowed span.
        on = local.date()
        while True:
            ends_at = next_instant(on, self.end, zone, after=now)
            if ends_at is not None and not self.contains(ends_at.astimezone(zone).time()):
                return ends_at
            on += timedelta(days=1)
