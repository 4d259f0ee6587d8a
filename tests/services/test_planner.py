"""The tick plans what is due, each thing once, and one broken enrollment holds up nobody."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from painbot.core.decisions import LearnerFile
from painbot.core.delivery import RenderedMessage
from painbot.core.ids import ChatId
from painbot.core.outgoing import MessageKind, Outgoing
from painbot.rendering.messages import Rendering
from painbot.services.planner import AFTER_FAILURE, Planner
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
