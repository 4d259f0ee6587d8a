"""Somebody who blocked the bot: what is owed is cancelled in the transaction that notes it."""

import asyncio

from painbot.bootstrap import build_environment, load_configured_course
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.outgoing import MessageKind
from painbot.services.planner import Planner
from painbot.settings import trial_settings
from painbot.storage.unit_of_work import SqlStorage
from painbot.testing.clock import ManualClock
from tests.contract.factories import ANN, BEN, NOW, claim, enroll, make_message, owe


async def test_the_pending_messages_of_an_unreachable_chat_are_cancelled_with_the_note(
    storage: SqlStorage,
) -> None:
    settings = trial_settings("sqlite://")
    course = load_configured_course(settings)
    environment = await build_environment(settings, storage, course, "Clinic", "clinic@example.org")
    planner = Planner(storage, ManualClock(NOW), environment, asyncio.Event())
    await enroll(storage, ANN, status=EnrollmentStatus.ACTIVE)
    await owe(
        storage,
        make_message(ANN, MessageKind.LESSON, "lesson"),
        make_message(ANN, MessageKind.REPLY, "reply"),
        make_message(BEN, MessageKind.LESSON, "other"),
    )
    async with storage.begin() as uow:
        await planner.on_unreachable(uow, ANN)
    assert await claim(storage) == ["other"]
    async with storage.begin() as uow:
        file = await uow.learners.file(ANN, NOW)
    assert file is not None
    assert file.enrollment.status is EnrollmentStatus.UNREACHABLE
    assert file.enrollment.status_before is EnrollmentStatus.ACTIVE
    assert file.enrollment.due_at is None
