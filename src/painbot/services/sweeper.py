"""Cleaning up: the last traces of erased learners, and what nobody needs any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from painbot.services.fault_points import FaultPoints, no_faults
from painbot.services.ports import Storage

PARKED_KEEPS = timedelta(days=7)
"""How long the operator can look into an update whose handling failed."""

DONE_KEEPS = timedelta(days=2)
"""How long a handled update is remembered.

Telegram offers an update again for 24 hours at most, and may begin its numbers anew after a week without
any: an old row in the way would then swallow a new update.
"""

SCRUB_APART = timedelta(seconds=25)
"""Least time between two scrubs: each may write the whole file anew while others wait to write.

Short enough that what was erased is gone within a minute of its goodbye.
"""

TOGETHER = 5_000
"""Most rows removed in one transaction, so that a reply never waits for the cleaning."""


class Sweeper:
    """Wipes erased chats within seconds of their goodbye, and tidies up by the hour."""

    def __init__(self, storage: Storage, *, fault_points: FaultPoints = no_faults) -> None:
        self._storage = storage
        self._fault_points = fault_points
        self._scrub_owed = True
        """Whether erased bytes may still be readable; at a start nobody knows, so it is done once."""

        self._scrubbed_at: datetime | None = None

    async def wipe(self, now: datetime) -> int:
        """Remove what is left of erased chats whose goodbye is out; return how many there were.

        Scrubbing can fail while another process reads the log; it stays owed until it succeeds.
        """
        async with self._storage.begin_read() as uow:
            waiting = bool(await uow.learners.erasures_to_wipe())
        wiped = 0
        if waiting:
            async with self._storage.begin() as uow:
                for chat_id in await uow.learners.erasures_to_wipe():
                    await uow.learners.wipe(chat_id)
                    wiped += 1
                self._fault_points("before_wipe_commit")
            self._scrub_owed = True
            self._fault_points("after_wipe_commit")
        if self._scrub_owed and (self._scrubbed_at is None or now - self._scrubbed_at >= SCRUB_APART):
            await self._storage.scrub()
            self._scrub_owed, self._scrubbed_at = False, now
        return wiped

    async def tidy(self, now: datetime) -> int:
        """Forget old payloads, ended holds, done updates and settled answers; return how many rows went.

        Holds, which are few, are not counted.
        """
        async with self._storage.begin() as uow:
            await uow.outbox.holds(now)
            gone = await uow.inbox.drop_old_payloads(now - PARKED_KEEPS)
        while True:
            async with self._storage.begin() as uow:
                updates = await uow.inbox.drop_done(now - DONE_KEEPS, TOGETHER)
                answers = await uow.outbox.drop_answers(now - DONE_KEEPS, TOGETHER)
            gone += updates + answers
            if updates < TOGETHER and answers < TOGETHER:
                return gone
