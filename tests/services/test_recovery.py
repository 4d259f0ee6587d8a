"""After a crash: what was leased was maybe sent, and its kind decides."""

from datetime import timedelta

from painbot.core.delivery import LEASE
from painbot.core.outgoing import MessageKind
from painbot.services.recovery import recover_dead_leases, recover_expired_leases
from painbot.storage.unit_of_work import SqlStorage
from tests.services.pumps import ANNA, BEN, NOON, Dispatching, outbox_rows, owe, owed


async def lease_two(storage: SqlStorage) -> dict[str, int]:
    """Claim a lesson and a nudge as a process would that dies before recording."""
    await owe(storage, owed("lesson", ANNA, MessageKind.LESSON), owed("nudge", BEN, MessageKind.NUDGE))
    async with storage.begin() as uow:
        return {message.message.html: message.id for message in await uow.outbox.claim(NOON, 10)}


async def test_dead_lesson_goes_back_and_dead_nudge_is_dropped(storage: SqlStorage) -> None:
    await lease_two(storage)
    assert await recover_dead_leases(storage, NOON) == 2
    rows = await outbox_rows(storage)
    assert (rows["lesson"]["status"], rows["lesson"]["attempts"]) == ("pending", 1)
    assert (rows["nudge"]["status"], rows["nudge"]["reason"]) == ("failed", "lease lost")


async def test_lease_still_running_is_left_alone(storage: SqlStorage) -> None:
    await lease_two(storage)
    async with storage.begin() as uow:
        assert await recover_expired_leases(uow, NOON + LEASE - timedelta(seconds=1), ()) == 0
    assert {str(row["status"]) for row in (await outbox_rows(storage)).values()} == {"leased"}


async def test_expired_lease_of_a_send_under_way_is_left_alone(storage: SqlStorage) -> None:
    ids = await lease_two(storage)
    async with storage.begin() as uow:
        assert await recover_expired_leases(uow, NOON + LEASE, {ids["lesson"]}) == 1  # type: ignore[arg-type]
    rows = await outbox_rows(storage)
    assert (rows["lesson"]["status"], rows["nudge"]["status"]) == ("leased", "failed")


async def test_dispatcher_sends_again_what_its_predecessor_left(storage: SqlStorage) -> None:
    await lease_two(storage)
    async with Dispatching(storage).running() as bot:
        await bot.drain()
        assert bot.transport.texts == ["lesson"]
    rows = await outbox_rows(storage)
    assert (rows["lesson"]["status"], rows["lesson"]["attempts"]) == ("sent", 2)
