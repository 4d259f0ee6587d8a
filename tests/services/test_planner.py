"""The tick plans what is due, each thing once, and one broken enrollment holds up nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from painbot.core.decisions import LearnerFile
from painbot.core.delivery import RenderedMessage
from painbot.core.ids import ChatId
from painbot.core.outgoing import MessageKind, Outgoing
from painbot.rendering.messages import Rendering
from painbot.services import planner as services_planner
from painbot.services.planner import AFTER_FAILURE, Planner
from painbot.services.ports import UnitOfWork
from painbot.storage.unit_of_work import SqlStorage
from tests.core.people import RENDERING, START
from tests.services.use_cases import ANNA, UseCases

BEN = ChatId(7_002)


def planner(cases: UseCases) -> Planner:
    return Planner(cases.storage, cases.clock, cases.environment, asyncio.Event())


async def file_of(cases: UseCases, chat: ChatId = ANNA) -> LearnerFile:
    async with cases.storage.begin() as uow:
        file = await uow.learners.file(chat, cases.clock.now())
    assert file is not None
    return file


async def test_what_is_due_is_planned_once(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls(due_at=START - timedelta(minutes=1))
    assert await planner(cases).tick(START) == 1
    assert await planner(cases).tick(START) == 0
    owed = await cases.owed()
    assert len(owed) == 1
    due_at = (await file_of(cases)).enrollment.due_at
    assert due_at is not None
    assert due_at > START


async def test_whoever_waits_for_a_reply_goes_first_after_each_batch(
    storage: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services_planner, "BATCH", 2)
    cases = UseCases(storage)
    for chat in range(1, 6):
        await cases.enrolls(ChatId(chat), due_at=START)
    planned_by_then: list[int] = []

    async def replies_done() -> None:
        planned_by_then.append(len(await cases.owed()))

    ticking = Planner(
        cases.storage, cases.clock, cases.environment, asyncio.Event(), replies_done=replies_done
    )
    assert await ticking.tick(START) == 5
    assert planned_by_then == [2, 2]


async def test_people_who_never_stop_typing_do_not_hold_up_lessons_for_ever(
    storage: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services_planner, "BATCH", 2)
    cases = UseCases(storage)
    for chat in range(1, 4):
        await cases.enrolls(ChatId(chat), due_at=START)

    async def never() -> None:
        await asyncio.Event().wait()

    ticking = Planner(cases.storage, cases.clock, cases.environment, asyncio.Event(), replies_done=never)
    async with asyncio.timeout(10):
        assert await ticking.tick(START) == 3


async def test_loop_is_let_go_between_two_plans_of_a_batch(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    for chat in range(1, 11):
        await cases.enrolls(ChatId(chat), due_at=START)
    longest, since = 0, 0

    class Counting(Rendering):
        def render(self, outgoing: Outgoing) -> RenderedMessage:
            nonlocal since, longest
            since += 1
            longest = max(longest, since)
            return super().render(outgoing)

    async def others() -> None:
        nonlocal since
        while True:
            since = 0
            await asyncio.sleep(0)

    cases.environment = replace(cases.environment, renderer=Counting(RENDERING._words))
    other = asyncio.create_task(others())
    assert await planner(cases).tick(START) == 10
    other.cancel()
    assert longest == 1


async def test_nothing_is_planned_before_its_time(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls(due_at=START + timedelta(seconds=1))
    assert await planner(cases).tick(START) == 0
    assert await cases.owed() == []


class _BrokenFor(Rendering):
    """Fails on the first push it has to render."""

    def __init__(self) -> None:
        super().__init__(RENDERING._words)
        self.broke = False

    def render(self, outgoing: Outgoing) -> RenderedMessage:
        if outgoing.kind in (MessageKind.LESSON, MessageKind.CHECKIN) and not self.broke:
            self.broke = True
            raise ValueError("cannot be rendered")
        return super().render(outgoing)


async def test_a_broken_enrollment_is_set_aside_and_the_others_go_on(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls(ANNA, due_at=START - timedelta(minutes=2))
    await cases.enrolls(BEN, due_at=START - timedelta(minutes=1))
    cases.environment = replace(cases.environment, renderer=_BrokenFor())
    assert await planner(cases).tick(START) == 2
    assert [message.chat_id for message in await cases.owed()] == [BEN]
    broken = await file_of(cases, ANNA)
    assert broken.enrollment.due_at == START + AFTER_FAILURE
    assert broken.deliveries == {}


async def test_an_unreachable_person_is_owed_nothing_more(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls(due_at=START - timedelta(minutes=1))
    await planner(cases).tick(START)
    async with storage.begin() as uow:
        await planner(cases).on_unreachable(uow, ANNA)
    assert await cases.owed() == []
    assert (await file_of(cases)).enrollment.due_at is None


async def expire(cases: UseCases) -> None:
    """Do what the dispatcher does with what waited too long."""
    async with cases.storage.begin() as uow:
        gone = await uow.outbox.expire(cases.clock.now())
        if gone:
            await planner(cases).on_withdrawn(uow, gone)


async def test_after_two_days_without_telegram_one_thing_goes_out_and_nothing_at_night(
    storage: SqlStorage,
) -> None:
    cases = UseCases(storage)
    await cases.enrolls(due_at=START - timedelta(minutes=1))
    sent: list[tuple[str, str]] = []
    up_again_at = START + timedelta(days=2, hours=13)
    while cases.clock.now() < START + timedelta(days=4):
        await planner(cases).tick(cases.clock.now())
        await expire(cases)
        if cases.clock.now() >= up_again_at:
            local = cases.clock.now().astimezone((await file_of(cases)).zone)
            sent += [(f"{local:%d %H:%M}", message.kind.value) for message in await cases.owed()]
        cases.clock.advance(timedelta(minutes=15))
    hours = [int(at[3:5]) for at, _ in sent]
    assert sent, "what is owed goes out once Telegram is back"
    assert all(8 <= hour < 21 for hour in hours), sent
    days = [at[:2] for at, _ in sent]
    assert all(days.count(day) <= 2 for day in days), sent
    handed_out = [kind for _, kind in sent if kind == "lesson"]
    assert len(handed_out) <= len(set(days)), "one lesson or practice day a day"


class _FailsToSaveMany:
    """A store that refuses batches of several, and one learner even alone."""

    def __init__(self, storage: SqlStorage, broken: ChatId) -> None:
        self._storage, self._broken = storage, broken
        self.begin_read = storage.begin_read

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        async with self._storage.begin() as uow:
            save_many = uow.learners.save_many

            async def refuse(pairs: Sequence[tuple[LearnerFile, LearnerFile]]) -> None:
                if any(
                    before.learner.chat_id == self._broken and after.deliveries for before, after in pairs
                ):
                    raise ValueError("a row that cannot be written")
                await save_many(pairs)

            uow.learners.save_many = refuse  # type: ignore[method-assign]
            yield uow


async def test_a_row_that_cannot_be_written_is_set_aside_and_the_others_are_planned(
    storage: SqlStorage,
) -> None:
    cases = UseCases(storage)
    await cases.enrolls(ANNA, due_at=START - timedelta(minutes=2))
    await cases.enrolls(BEN, due_at=START - timedelta(minutes=1))
    refusing = _FailsToSaveMany(storage, ANNA)
    await Planner(refusing, cases.clock, cases.environment, asyncio.Event()).tick(START)
    assert [message.chat_id for message in await cases.owed()] == [BEN]
    assert (await file_of(cases, ANNA)).enrollment.due_at == START + AFTER_FAILURE
