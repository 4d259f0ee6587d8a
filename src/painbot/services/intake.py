"""Taking updates in: a caller goes on only when its update is safely stored."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from painbot.services.fault_points import FaultPoints, no_faults
from painbot.services.ports import Clock, NewUpdate, Storage

MOST_TOGETHER = 500
"""Most updates in one transaction, so that a flood still gives others their turn.

More than Telegram hands out in one fetch (100), so that a fetch is never split.
"""


_Caller = tuple[Sequence[NewUpdate], asyncio.Future[None]]
"""What one caller handed in, and what tells it that all of it is stored."""


class Intake:
    """Stores updates, many callers sharing one transaction (group commit).

    A lone update is written at once; updates that come while a commit runs go into the next one.
    `wake` is set after each commit.
    """

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        wake: asyncio.Event,
        *,
        fault_points: FaultPoints = no_faults,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._wake = wake
        self._fault_points = fault_points
        self._waiting: list[_Caller] = []
        self._committer: asyncio.Task[None] | None = None

    async def put(self, update: NewUpdate) -> None:
        """Return once the update is durably stored; one already stored is left as it is.

        Raises whatever the storage raised; the update then counts as not received, and whoever sent
        it sends it again.
        """
        await self.put_all((update,))

    async def put_all(self, updates: Sequence[NewUpdate]) -> None:
        """Return once these updates are durably stored, all in one transaction or none of them.

        Raises as `put` does.
        """
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((updates, stored))
        if self._committer is None or self._committer.done():
            # Its own task: a caller that is cancelled must not tear down the commit of the others.
            self._committer = asyncio.create_task(self._commit_waiting(), name="intake")
        await stored

    async def close(self) -> None:
        """Wait until everything handed in has been stored or refused."""
        if self._committer is not None:
            await self._committer

    async def _commit_waiting(self) -> None:
        while self._waiting:
            batch = self._next_batch()
            try:
                await self._store([update for updates, _ in batch for update in updates])
            except Exception as error:
                for _, stored in batch:
                    if not stored.done():
                        stored.set_exception(error)
            except asyncio.CancelledError:
                for _, stored in batch + self._waiting:
                    stored.cancel()
                self._waiting.clear()
                raise
            else:
                for _, stored in batch:
                    if not stored.done():
                        stored.set_result(None)

    def _next_batch(self) -> list[_Caller]:
        """Take what one transaction holds; what was handed in together stays together."""
        callers = updates = 0
        for together, _ in self._waiting:
            updates += len(together)
            if callers and updates > MOST_TOGETHER:
                break
            callers += 1
        batch = self._waiting[:callers]
        del self._waiting[:callers]
        return batch

    async def _store(self, updates: list[NewUpdate]) -> None:
        async with self._storage.begin() as uow:
            await uow.inbox.add_many(updates, self._clock.now())
            self._fault_points("before_intake_commit")
        self._fault_points("after_intake_commit")
        self._wake.set()
