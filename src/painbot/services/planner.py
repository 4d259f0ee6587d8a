"""The tick that turns what is due into owed messages, a batch of enrollments a transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from painbot.core.decisions import LearnerFile, Surroundings
from painbot.core.delivery import NewOutboxMessage
from painbot.core.dialogue import unreachable
from painbot.core.ids import ChatId, EnrollmentId
from painbot.core.planning import replanned, withdrawn
from painbot.core.ticking import tick
from painbot.services.environment import Environment
from painbot.services.error_place import place_of
from painbot.services.fault_points import FaultPoints, no_faults
from painbot.services.owing import outbox_row
from painbot.services.ports import Clock, Storage, UnitOfWork, Withdrawn

BATCH = 10
"""Enrollments planned in one transaction: few, so that replies get their turn in between."""

GIVE_WAY_SECONDS = 0.25
"""Longest wait for replies after a batch, so that no stream of them keeps lessons below Telegram's rate."""

AFTER_FAILURE = timedelta(hours=1)
"""When to look again at an enrollment whose planning failed."""

RepliesDone = Callable[[], Awaitable[object]]
"""Returns when nobody waits for a reply."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def nobody_waits() -> None:
    """Return at once: there is nobody to give way to."""


class Planner:
    """Plans what is due. Its cost grows with what is due, not with who is enrolled.

    Lessons leave at Telegram's rate, far slower than they are planned; so between two batches whoever
    waits for a reply goes first.
    """

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        environment: Environment,
        outbox_wake: asyncio.Event,
        *,
        replies_done: RepliesDone = nobody_waits,
        fault_points: FaultPoints = no_faults,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._environment = environment
        self._outbox_wake = outbox_wake
        self._replies_done = replies_done
        self._fault_points = fault_points

    async def tick(self, now: datetime) -> int:
        """Plan everything due at `now`; return how many enrollments were looked at."""
        looked_at = 0
        while True:
            try:
                found = await self._plan_batch(now, BATCH)
            except Exception as error:
                _log.error("batch_failed", error=place_of(error))
                return looked_at + await self._plan_one_by_one(now)
            looked_at += found
            if found < BATCH:
                return looked_at
            with suppress(TimeoutError):
                async with asyncio.timeout(GIVE_WAY_SECONDS):
                    await self._replies_done()

    async def _plan_one_by_one(self, now: datetime) -> int:
        """Plan a batch that failed as a whole, so that only the enrollment at fault is set aside."""
        for planned in range(BATCH):
            try:
                if not await self._plan_batch(now, 1):
                    return planned
            except Exception as error:
                async with self._storage.begin() as uow:
                    for file in await uow.learners.due_files(now, 1):
                        _log.error("planning_failed", enrollment_id=file.enrollment.id, error=place_of(error))
                        later = replace(file.enrollment, due_at=now + AFTER_FAILURE)
                        await uow.learners.save(file, replace(file, enrollment=later))
        return BATCH

    async def _plan_batch(self, now: datetime, at_most: int) -> int:
        surroundings = self._environment.at(now)
        async with self._storage.begin() as uow:
            files = await uow.learners.due_files(now, at_most)
            if not files:
                return 0
            pairs: list[tuple[LearnerFile, LearnerFile]] = []
            messages: list[NewOutboxMessage] = []
            for file in files:
                after, owed = self._plan_one(file, surroundings)
                pairs.append((file, after))
                messages.extend(owed)
                # Each takes a millisecond or two; a reply must not wait for all of them.
                await asyncio.sleep(0)
            await uow.learners.save_many(pairs)
            if messages:
                await uow.outbox.add_many(messages)
            self._fault_points("before_plan_commit")
        self._fault_points("after_plan_commit")
        self._outbox_wake.set()
        _log.info("planned", enrollments=len(files), messages=len(messages))
        return len(files)

    def _plan_one(
        self, file: LearnerFile, surroundings: Surroundings
    ) -> tuple[LearnerFile, list[NewOutboxMessage]]:
        """Plan one enrollment; one that fails is set aside for a while and never holds up the others."""
        try:
            decision = tick(file, surroundings)
            rows = [
                outbox_row(
                    outgoing,
                    outgoing.slot,
                    file.learner.chat_id,
                    file.enrollment.id,
                    self._environment.renderer,
                    surroundings.now,
                )
                for outgoing in decision.outgoing
            ]
        except Exception as error:
            _log.error("planning_failed", enrollment_id=file.enrollment.id, error=place_of(error))
            later = replace(file.enrollment, due_at=surroundings.now + AFTER_FAILURE)
            return replace(file, enrollment=later), []
        return decision.file, rows

    async def on_unreachable(self, uow: UnitOfWork, chat_id: ChatId) -> None:
        """Note that a person cannot be reached; nothing more is due until they come back."""
        now = self._clock.now()
        file = await uow.learners.file(chat_id, now)
        gone = await uow.outbox.cancel_pending(chat_id, pushes_only=False, now=now)
        if file is not None:
            kept = withdrawn(file, (message.slot for message in gone))
            await uow.learners.save(file, unreachable(kept, self._environment.at(now)))

    async def on_pushed_late(
        self, uow: UnitOfWork, enrollment_ids: Sequence[EnrollmentId], at: datetime
    ) -> None:
        """Count pushes from `at`, when they went out: the next one keeps its distance from there."""
        files = await uow.learners.enrolled_files(enrollment_ids, at)
        await uow.learners.save_many([(file, self._counted_from(file, at)) for file in files])

    def _counted_from(self, file: LearnerFile, at: datetime) -> LearnerFile:
        pushes = file.enrollment.pushes.sent_late(at, file.zone)
        counted = replace(file, enrollment=replace(file.enrollment, pushes=pushes))
        before = file.enrollment.due_at
        later = replanned(counted, self._environment.course, at)
        # Nothing comes sooner by it: what is set aside or waits for consent stays as it is.
        moved = later.enrollment.due_at
        return later if before is not None and moved is not None and moved > before else counted

    async def on_withdrawn(self, uow: UnitOfWork, messages: Sequence[Withdrawn]) -> None:
        """Plan anew what expired unsent; nothing owed is lost by an outage."""
        now = self._clock.now()
        slots: dict[ChatId, list[str]] = {}
        for message in messages:
            slots.setdefault(message.chat_id, []).append(message.slot)
        for chat_id, expired in slots.items():
            file = await uow.learners.file(chat_id, now)
            if file is not None:
                kept = replanned(withdrawn(file, expired), self._environment.course, now)
                await uow.learners.save(file, kept)
