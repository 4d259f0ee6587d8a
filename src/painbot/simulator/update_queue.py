"""Updates waiting for the bot, as Telegram keeps them: in order, until confirmed, for 24 hours at most."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from painbot.simulator.signal import Signal

UPDATE_LIFETIME = timedelta(hours=24)
NEVER_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class PendingUpdate:
    """One update nobody has confirmed. ``chat_id`` keeps webhook deliveries in order per chat."""

    id: int
    chat_id: int
    kind: str
    payload: dict[str, Any]
    created_at: datetime

    def to_json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """The queue behind both ``getUpdates`` and the webhook."""

    def __init__(self, *, first_id: int, now: Callable[[], datetime]) -> None:
        self.arrived = Signal()
        self._next_id = first_id
        self._now = now
        self._allowed: frozenset[str] | None = None
        self._waiting: dict[int, PendingUpdate] = {}

    def __len__(self) -> int:
        self._drop_expired()
        return len(self._waiting)

    @property
    def allowed(self) -> list[str] | None:
        """The kinds of update the bot asked for; None when it never said."""
        return None if self._allowed is None else sorted(self._allowed)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember which kinds the bot wants; an empty list means the default, None no change."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def push(self, kind: str, chat_id: int, payload: dict[str, Any]) -> int | None:
        """Queue an update and return its id; None when the bot did not ask for this kind."""
        if kind in NEVER_BY_DEFAULT if self._allowed is None else kind not in self._allowed:
            return None
        update_id = self._next_id
        self._next_id += 1
        self._waiting[update_id] = PendingUpdate(update_id, chat_id, kind, payload, self._now())
        self.arrived.notify()
        return update_id

    def waiting(self, limit: int) -> list[PendingUpdate]:
        """The oldest unconfirmed updates, at most ``limit``."""
        self._drop_expired()
        found: list[PendingUpdate] = []
        for update in self._waiting.values():
            if len(found) >= limit:
                break
            found.append(update)
        return found

    def all(self) -> Iterable[PendingUpdate]:
        """Every unconfirmed update, oldest first."""
        self._drop_expired()
        return list(self._waiting.values())

    def confirm_below(self, update_id: int) -> None:
        """Forget every update older than ``update_id``."""
        while self._waiting:
            oldest = next(iter(self._waiting))
            if oldest >= update_id:
                return
            del self._waiting[oldest]

    def confirm(self, update_id: int) -> None:
        """Forget this update; one already forgotten is no error."""
        self._waiting.pop(update_id, None)

    def keep_newest(self, count: int) -> None:
        """Forget all but the newest ``count``."""
        for update_id in list(self._waiting)[: max(len(self._waiting) - count, 0)]:
            del self._waiting[update_id]

    def clear(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()

    def _drop_expired(self) -> None:
        if not self._waiting:
            return
        oldest_allowed = self._now() - UPDATE_LIFETIME
        while self._waiting:
            update = next(iter(self._waiting.values()))
            if update.created_at >= oldest_allowed:
                return
            del self._waiting[update.id]
