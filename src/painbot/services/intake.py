"""Taking updates in: a caller goes on only when its update is safely stored."""

from __future__ import annotations

import asyncio

from painbot.services.fault_points import FaultPoints, no_faults
from painbot.services.ports import Clock, NewUpdate, Storage

MOST_TOGETHER = 500
"""Most updates in one transaction, so that a flood still gives others their turn."""


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
        self._waiting: list[tuple[NewUpdate, asyncio.Future[None]]] = []
        self._committer: asyncio.Task[None] | None = None

    async def put(self, update: NewUpdate) -> None:
        """Return once the update is durably stored; one already stored is left as it is.

        Raises whatever the storage raised; the update then counts as not received, and whoever sent
        it sends it again.
        """
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, stored))
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
            batch = self._waiting[:MOST_TOGETHER]
            del self._waiting[:MOST_TOGETHER]
            try:
                await self._store([update for update, _ in batch])
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

    async def _store(self, updates: list[NewUpdate]) -> None:
        async with self._storage.begin() as uow:
            await uow.inbox.add_many(updates, self._clock.now())
            self._fault_points("before_intake_commit")
        self._fault_points("after_intake_commit")
        self._wake.set()
