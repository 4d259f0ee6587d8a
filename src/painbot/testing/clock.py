"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class ManualClock:
    """Tells the instant it was last set to; aware, in UTC, and never moving backwards."""

    def __init__(self, start: datetime) -> None:
        self._now = _in_utc(start)

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        return self._now

    def advance(self, by: timedelta) -> None:
        """Move forward by a duration; raises ValueError for a negative one."""
        self.set(self._now + by)

    def set(self, to: datetime) -> None:
        """Move to an instant; raises ValueError for a naive or an earlier one."""
        to = _in_utc(to)
        if to < self._now:
            raise ValueError(f"the clock would move backwards, from {self._now} to {to}")
        self._now = to


def _in_utc(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError(f"{instant} says no time zone")
    return instant.astimezone(UTC)
