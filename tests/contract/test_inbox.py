"""The inbox: stored once, handled in order, parked when it must be."""

import asyncio

from painbot.core.ids import UpdateId
from painbot.storage.unit_of_work import SqlStorage
from tests.contract.factories import ANN, BEN, NOW, later, make_update


async def head_ids(storage: SqlStorage, seconds: float = 0, limit: int = 100) -> list[int]:
    async with storage.begin() as unit:
        return [update.update_id for update in await unit.inbox.heads(later(seconds), limit)]


async def test_an_update_is_stored_once(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        assert await unit.inbox.add_many([make_update(1), make_update(2)], NOW) == 2
        assert await unit.inbox.add_many([make_update(2), make_update(3)], NOW) == 1
        assert await unit.inbox.add_many([], NOW) == 0
    async with storage.begin() as unit:
        await unit.inbox.mark_done(UpdateId(1), NOW)
        assert await unit.inbox.add_many([make_update(1)], NOW) == 0, "also once it is done"


async def test_an_update_twice_in_one_batch_is_stored_once(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        assert await unit.inbox.add_many([make_update(1), make_update(1)], NOW) == 1


async def test_what_was_stored_comes_back(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.inbox.add_many([make_update(7, ANN, '{"text":"¿qué tal? 🙂"}')], NOW)
        (update,) = await unit.inbox.heads(NOW, 10)
    assert (update.update_id, update.chat_id, update.attempts) == (7, ANN, 0)
    assert update.payload == '{"text":"¿qué tal? 🙂"}'
    assert update.received_at == NOW
    assert update.received_at.tzinfo is not None


async def test_heads_are_each_chats_oldest_update_in_order(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.inbox.add_many(
            [make_update(4, BEN), make_update(2, ANN), make_update(3, ANN), make_update(5, BEN)], NOW
        )
    assert await head_ids(storage) == [2, 4]
    assert await head_ids(storage, limit=1) == [2]
    async with storage.begin() as unit:
        await unit.inbox.mark_done(UpdateId(2), NOW)
    assert await head_ids(storage) == [3, 4]


async def test_updates_without_a_chat_stand_in_nobodys_line(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.inbox.add_many([make_update(1, None), make_update(2, None)], NOW)
    assert await head_ids(storage) == [1, 2]


async def test_typed_words_wait_for_triage_and_hold_up_their_chat_only(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.inbox.add_many(
            [make_update(1, ANN, typed=True), make_update(2, ANN), make_update(3, BEN)], NOW
        )
        assert [update.update_id for update in await unit.inbox.untriaged(10)] == [1]
    assert await head_ids(storage) == [3]
    async with storage.begin() as unit:
        await unit.inbox.mark_triaged(UpdateId(1), NOW)
        assert not await unit.inbox.untriaged(10)
    assert await head_ids(storage) == [1, 3]


async def test_triage_sees_words_behind_a_stuck_update(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.inbox.add_many([make_update(1), make_update(2, typed=True)], NOW)
        await unit.inbox.mark_failed(UpdateId(1), later(60), "KeyError at x:1")
        assert [update.update_id for update in await unit.inbox.untriaged(10)] == [2]


async def test_a_failed_update_is_tried_again_when_its_time_comes(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.inbox.add_many([make_update(1), make_update(2)], NOW)
        await unit.inbox.mark_failed(UpdateId(1), later(5), "KeyError at x:1")
    assert await head_ids(storage) == [], "a later update of the chat must not overtake"
    async with storage.begin() as unit:
        (update,) = await unit.inbox.heads(later(5), 10)
    assert (update.update_id, update.attempts) == (1, 1)


async def test_a_parked_update_is_listed_and_lets_the_chat_go_on(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.inbox.add_many([make_update(1, payload="words"), make_update(2)], NOW)
        await unit.inbox.mark_failed(UpdateId(1), NOW, "KeyError at x:1")
        await unit.inbox.park(UpdateId(1), later(9), "KeyError at x:2")
        (parked,) = await unit.inbox.parked()
    assert (parked.update_id, parked.chat_id, parked.attempts) == (1, ANN, 2)
    assert (parked.received_at, parked.parked_at) == (NOW, later(9))
    assert parked.error == "KeyError at x:2"
    assert await head_ids(storage, 60) == [2]


async def test_payloads_of_long_parked_updates_are_dropped(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.inbox.add_many([make_update(1), make_update(2), make_update(3)], NOW)
        await unit.inbox.park(UpdateId(1), NOW, "e")
        await unit.inbox.park(UpdateId(2), later(days=6), "e")
        assert await unit.inbox.drop_old_payloads(later(days=1)) == 1
        assert await unit.inbox.drop_old_payloads(later(days=1)) == 0, "already dropped"
        assert len(await unit.inbox.parked()) == 2


async def test_an_update_is_finished_once(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.inbox.add_many([make_update(1, typed=True), make_update(2)], NOW)
        assert await unit.inbox.mark_triaged(UpdateId(1), NOW)
        assert not await unit.inbox.mark_triaged(UpdateId(1), NOW)
        assert await unit.inbox.mark_done(UpdateId(1), NOW)
        assert not await unit.inbox.mark_done(UpdateId(1), later(1))
        assert not await unit.inbox.park(UpdateId(1), later(1), "KeyError at x:1"), "done is done"
        assert await unit.inbox.park(UpdateId(2), NOW, "KeyError at x:1")
        assert not await unit.inbox.mark_done(UpdateId(2), later(1)), "parked is parked"
        assert not await unit.inbox.mark_done(UpdateId(3), NOW), "nobody knows of it"


async def test_two_transactions_that_finish_one_update_do_it_once(storage: SqlStorage) -> None:
    """On PostgreSQL the second waits for the first's row and then finds it done; SQLite has one writer."""
    async with storage.begin() as unit:
        await unit.inbox.add_many([make_update(1)], NOW)

    async def finish() -> bool:
        async with storage.begin() as unit:
            await unit.inbox.heads(NOW, 10)
            done = await unit.inbox.mark_done(UpdateId(1), NOW)
            await asyncio.sleep(0.05)
            return done

    assert sorted(await asyncio.gather(finish(), finish())) == [False, True]


async def test_an_error_in_the_block_undoes_all_of_it(storage: SqlStorage) -> None:
    try:
        async with storage.begin() as unit:
            await unit.inbox.add_many([make_update(1)], NOW)
            raise KeyError("handler")
    except KeyError:
        pass
    assert await head_ids(storage) == []


async def test_done_updates_are_forgotten_after_a_while_and_no_others(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.inbox.add_many([make_update(n) for n in range(1, 6)], NOW)
        await unit.inbox.mark_done(UpdateId(1), NOW)
        await unit.inbox.mark_done(UpdateId(2), later(5))
        await unit.inbox.mark_done(UpdateId(3), later(20))
        await unit.inbox.park(UpdateId(4), NOW, "KeyError at x:1")
        assert await unit.inbox.drop_done(later(10), 1) == 1
        assert await unit.inbox.drop_done(later(10), 10) == 1
        assert await unit.inbox.drop_done(later(10), 10) == 0
        assert await unit.inbox.add_many([make_update(n) for n in range(1, 6)], NOW) == 2
