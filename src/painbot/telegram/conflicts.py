"""Who gives way when two processes fetch updates with one bot token: the newcomer.

Telegram ends the older poll with a conflict whenever a newer one comes, so both are refused in turn and
neither can tell from a refusal who was there first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CONFLICTS: Final = 3
"""After so many refusals a newcomer knows that the other process is there to stay."""

UNDISTURBED_SECONDS: Final = 20.0
"""Whoever fetched for this long without a conflict was there first."""

RIDES_OUT_SECONDS: Final = 300.0
"""How long whoever was there first puts up with conflicts; a newcomer needs a few seconds."""


@dataclass
class Conflicts:
    """What one process has seen of another one's polling. Times are in seconds of any steady clock."""

    conflicts: int = 0
    was_first: bool = False
    _quiet_since: float | None = None
    _contested_since: float | None = None

    def fetched(self, now: float) -> None:
        """Note a fetch that was answered."""
        if self._quiet_since is None:
            self._quiet_since = now
        self._settle(now)

    def refused(self, now: float) -> bool:
        """Note a conflict; return whether to give way."""
        self._settle(now)
        self._quiet_since = None
        self.conflicts += 1
        if self._contested_since is None:
            self._contested_since = now
        if self.was_first:
            return now - self._contested_since >= RIDES_OUT_SECONDS
        return self.conflicts >= CONFLICTS

    def _settle(self, now: float) -> None:
        if self._quiet_since is not None and now - self._quiet_since >= UNDISTURBED_SECONDS:
            self.was_first, self.conflicts, self._contested_since = True, 0, None
