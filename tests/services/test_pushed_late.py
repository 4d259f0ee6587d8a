"""A push sent late counts from its sending: two pushes are never closer than the gap, whatever the delay."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta

import pytest

from painbot.core.budget import DEFAULT_BUDGET
from painbot.core.delivery import Delivered, OutboxMessage, Outcome, Uncertain
from painbot.core.ids import EnrollmentId, MessageId
from painbot.core.outgoing import MessageKind
from painbot.services.dispatcher import Dispatcher
from painbot.services.flow_control import FlowControl
from painbot.services.planner import Planner
from painbot.storage.unit_of_work import SqlStorage
from tests.services.pumps import ANNA as PUMPED
from tests.services.pumps import Dispatching, ScriptedTransport, owed
from tests.services.use_cases import ANNA, UseCases

MINUTE = timedelta(minutes=1)


class Sending:
    """Planner and dispatcher over one store and one clock, with a Telegram that can be away."""

    def __init__(self, storage: SqlStorage) -> None:
        self.cases = UseCases(storage)
        self.clock = self.cases.clock
        self.sent: list[tuple[datetime, MessageKind]] = []
        self.away = False
        self.wake = asyncio.Event()
        self.planner = Planner(storage, self.clock, self.cases.environment, self.wake)
        self.dispatcher = Dispatcher(
            storage,
            ScriptedTransport(self._answer),
            self.clock,
            FlowControl(per_second=0, chat_per_second=0),
            wake=self.wake,
            on_unreachable=self.planner.on_unreachable,
            on_withdrawn=self.planner.on_withdrawn,
            on_pushed_late=self.planner.on_pushed_late,
        )

    def _answer(self, message: OutboxMessage) -> Outcome:
        if self.away:
            return Uncertain("HTTP 502")
        self.sent.append((self.clock.now(), message.kind))
        return Delivered(MessageId(message.id))

    async def passes(self, minutes: int) -> None:
        """Let minutes pass, one by one, as a process lives through them."""
        for _ in range(minutes):
            await self.planner.tick(self.clock.now())
            self.wake.set()
            await self.dispatcher.wait_idle()
            self.clock.advance(MINUTE)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.dispatcher.run())
        try:
            yield
        finally:
            await self.dispatcher.stop()
            await task

    async def due_at(self) -> datetime | None:
        async with self.cases.storage.begin_read() as uow:
            file = await uow.learners.file(ANNA, self.clock.now())
        assert file is not None
        return file.enrollment.due_at


@pytest.mark.parametrize("away_for", [1, 112])
async def test_next_push_keeps_its_distance_from_one_sent_late(storage: SqlStorage, away_for: int) -> None:
    bot = Sending(storage)
    checkin_at = bot.clock.now()
    await bot.cases.enrolls(due_at=checkin_at, checkin_time=time(10), lesson_time=time(12))
    async with bot.running():
        bot.away = True
        await bot.passes(away_for)
        bot.away = False
        await bot.passes(3)
        assert [kind for _, kind in bot.sent] == [MessageKind.CHECKIN]
        sent_at = bot.sent[0][0]
        assert sent_at >= checkin_at + away_for * MINUTE
        due_at = await bot.due_at()
        assert due_at is not None
        assert due_at >= sent_at + DEFAULT_BUDGET.min_gap
        await bot.passes(130)
    assert len(bot.sent) == 2
    assert bot.sent[1][0] - sent_at >= DEFAULT_BUDGET.min_gap


async def test_only_a_push_delivered_late_is_told_of(storage: SqlStorage) -> None:
    async with Dispatching(storage).running() as bot:
        on_time, late = EnrollmentId(1), EnrollmentId(2)
        await bot.owe(owed("at once", kind=MessageKind.LESSON, enrollment_id=on_time))
        await bot.drain()
        bot.clock.advance(timedelta(seconds=1))
        await bot.owe(
            owed("reply", kind=MessageKind.REPLY, enrollment_id=on_time),
            owed("lesson", PUMPED, MessageKind.LESSON, enrollment_id=late),
        )
        await bot.drain()
        assert bot.pushed_late == [late]
