"""Cleaning up: scrubbing until it succeeds, and forgetting what nobody needs any more."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from painbot.core.delivery import OutboxStatus, Settlement
from painbot.core.ids import OutboxId, UpdateId
from painbot.core.outgoing import MessageKind
from painbot.services.ports import Hold
from painbot.services.sweeper import DONE_KEEPS, Sweeper
from painbot.storage.tables import holds
from painbot.storage.unit_of_work import SqlStorage
from tests.contract.factories import ANN, NOW, make_message, make_update


class ScrubFailsOnce:
    """A storage whose first scrub finds a reader in the way."""

    def __init__(self, storage: SqlStorage) -> None:
        self.begin, self.begin_read = storage.begin, storage.begin_read
        self.scrubs = 0

    async def scrub(self) -> None:
        self.scrubs += 1
        if self.scrubs == 1:
            raise TimeoutError("a reader is in the way")


async def test_a_scrub_that_failed_is_tried_again(storage: SqlStorage) -> None:
    kept_from_scrubbing = ScrubFailsOnce(storage)
    sweeper = Sweeper(kept_from_scrubbing)
    with pytest.raises(TimeoutError):
        await sweeper.wipe(NOW)
    await sweeper.wipe(NOW)
    await sweeper.wipe(NOW)
    assert kept_from_scrubbing.scrubs == 2, "once more until it succeeds, and not after"


async def test_two_scrubs_are_some_time_apart(storage: SqlStorage) -> None:
    counting = ScrubFailsOnce(storage)
    counting.scrubs = 1
    sweeper = Sweeper(counting)
    await sweeper.wipe(NOW)
    for seconds, scrubs in ((5, 2), (20, 2), (25, 3)):
        sweeper._scrub_owed = True
        await sweeper.wipe(NOW + timedelta(seconds=seconds))
        assert counting.scrubs == scrubs


async def settle_all(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        claimed = await uow.outbox.claim(NOW, 10)
        for message in claimed:
            await uow.outbox.settle([Settlement(message.id, OutboxStatus.SENT, 1)], NOW)


async def test_done_updates_and_their_answers_are_forgotten_after_two_days(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        await uow.inbox.add_many([make_update(1), make_update(2)], NOW)
        await uow.inbox.mark_done(UpdateId(1), NOW)
        await uow.outbox.add(make_message(ANN, MessageKind.REPLY, "reply:1:0"))
    await settle_all(storage)
    sweeper = Sweeper(storage)
    assert await sweeper.tidy(NOW + DONE_KEEPS) == 0
    assert await sweeper.tidy(NOW + DONE_KEEPS + timedelta(seconds=1)) == 2
    async with storage.begin() as uow:
        assert await uow.inbox.add_many([make_update(1), make_update(2)], NOW) == 1, (
            "2 is still to be handled"
        )
        assert await uow.outbox.add(make_message(ANN, MessageKind.REPLY, "reply:1:0")) is not None


async def test_what_fills_a_slot_of_the_course_is_never_forgotten(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        await uow.outbox.add(make_message(ANN, MessageKind.LESSON, "lesson:1:pne-01"))
    await settle_all(storage)
    await Sweeper(storage).tidy(NOW + timedelta(days=400))
    async with storage.begin() as uow:
        assert await uow.outbox.add(make_message(ANN, MessageKind.LESSON, "lesson:1:pne-01")) is None


async def test_a_hold_that_ended_is_forgotten_and_names_no_chat(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        await uow.outbox.set_hold(Hold(f"chat:{ANN}", NOW + timedelta(seconds=5)))
        await uow.outbox.set_hold(Hold("bot", NOW + timedelta(hours=2)))
    await Sweeper(storage).tidy(NOW + timedelta(hours=1))
    async with storage.connection(read_only=True) as connection:
        left = (await connection.execute(select(holds.c.scope))).scalars().all()
    assert left == ["bot"]


async def test_an_answer_still_owed_is_kept(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        kept = await uow.outbox.add(make_message(ANN, MessageKind.REPLY, "reply:1:0"))
    assert isinstance(kept, int)
    await Sweeper(storage).tidy(NOW + timedelta(days=400))
    async with storage.begin() as uow:
        claimed = await uow.outbox.claim(NOW, 10)
    assert [message.id for message in claimed] == [OutboxId(kept)]
