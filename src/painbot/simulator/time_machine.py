"""The bot's clock in the learner's hand: move it forward and live through what is due on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Something the bot will do for a learner: when (aware), what, and why then, in plain words."""

    at: datetime
    what: str
    why: str


class BotControls(Protocol):
    """What the chat page may ask of the bot it talks to."""

    async def now(self) -> datetime:
        """The bot's now, aware, in UTC."""
        ...

    async def zone(self, chat_id: int) -> str | None:
        """The learner's IANA zone, None while unknown."""
        ...

    async def scheduled(self, chat_id: int) -> Sequence[Scheduled]:
        """What will happen for this learner, in any order."""
        ...

    async def advance(self, to: datetime) -> None:
        """Move the bot's clock to ``to``, living through every due moment; returns when the bot is idle."""
        ...

    async def settle(self) -> None:
        """Wait until nothing is left to handle or to send."""
        ...


def _real_now() -> datetime:
    return datetime.now(UTC)


class MovableClock:
    """The real clock plus an offset that only grows: it runs on by itself and never goes back."""

    def __init__(
        self, offset: timedelta = timedelta(0), *, real_now: Callable[[], datetime] = _real_now
    ) -> None:
        if offset < timedelta(0):
            raise ValueError("a movable clock starts now or later, never in the past")
        self._real_now = real_now
        self._offset = offset
        self._latest = real_now() + offset

    @property
    def offset(self) -> timedelta:
        """How far the clock is ahead of the real one."""
        return self._offset

    def now(self) -> datetime:
        """The time, aware, in UTC. It stands still rather than go back when the real clock is set back."""
        self._latest = max(self._latest, self._real_now() + self._offset)
        return self._latest

    def advance(self, to: datetime) -> None:
        """Move to ``to`` (aware); a time already past leaves the clock as it is."""
        if to.tzinfo is None:
            raise ValueError("a movable clock needs an aware time")
        ahead = to - self.now()
        if ahead > timedelta(0):
            self._offset += ahead
            self._latest = to.astimezone(UTC)
