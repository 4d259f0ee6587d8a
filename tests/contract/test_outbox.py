"""The outbox: who may be sent when, and what an outcome leaves behind."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from painbot.core.delivery import LEASE, OutboxStatus, PictureRecipe, RenderedMessage, Settlement
from painbot.core.ids import ChatId, MessageId, OutboxId
from painbot.core.outgoing import FileRecipe, MessageKind, ReplyKeyboard
from painbot.services.ports import Hold
from painbot.storage.outbox_statements import GONE
from painbot.storage.tables import outbox_messages
from painbot.storage.unit_of_work import SqlStorage
from tests.contract.factories import ANN, BEN, CEM, COURSE, NOW, back, claim, later, make_message, owe, sent

SAFETY, REPLY, LESSON, CHECKIN, NUDGE, GOODBYE, PUZZLED = (
    MessageKind.SAFETY,
    MessageKind.REPLY,
    MessageKind.LESSON,
    MessageKind.CHECKIN,
    MessageKind.NUDGE,
    MessageKind.GOODBYE,
    MessageKind.PUZZLED,
)


async def settle(storage: SqlStorage, *settlements: Settlement) -> None:
    async with storage.begin() as unit:
        await unit.outbox.settle(settlements, NOW)


async def stored(storage: SqlStorage, key: str) -> dict[str, object]:
    async with storage.connection(read_only=True) as connection:
        slot = outbox_messages.c.dedupe_key
        asked = select(outbox_messages).where((slot == key) | slot.startswith(f"{key}{GONE}"))
        return dict((await connection.execute(asked)).mappings().one())


async def test_a_message_comes_back_as_it_was_owed(storage: SqlStorage) -> None:
    message = RenderedMessage(
        html="<b>Day 1</b> — ünïcode 🙂",
        buttons=((("Yes", "v1:yes"), ("Read", "https://example.org/a")), (("No", "v1:no"),)),
        edits=MessageId(77),
        keyboard=ReplyKeyboard.ASK_LOCATION,
        keyboard_label="Share",
        file=FileRecipe("export", later(5)),
        picture=PictureRecipe("dials", COURSE, "en", "<i>Dials.</i>", ("Describe", "1|pd|dials"), "7"),
    )
    (made,) = await owe(storage, make_message(message=message, expires_at=later(hours=1)))
    async with storage.begin() as unit:
        (claimed,) = await unit.outbox.claim(NOW, 10)
    assert claimed.message == message
    assert (claimed.id, claimed.chat_id, claimed.enrollment_id, claimed.attempts) == (made, ANN, 1, 0)
    assert (claimed.kind, claimed.lane, claimed.dedupe_key) == (REPLY, REPLY.lane, "k")
    assert (claimed.leased_until, claimed.expires_at) == (NOW + LEASE, later(hours=1))


async def test_owing_a_slot_twice_sends_once(storage: SqlStorage) -> None:
    (made,) = await owe(storage, make_message(key="lesson:1:a"))
    async with storage.begin() as unit:
        assert await unit.outbox.add(make_message(BEN, key="lesson:1:a")) is None
        assert await unit.outbox.add_many([make_message(key="lesson:1:a"), make_message(key="x")]) == 1
        assert await unit.outbox.add_many([]) == 0
        await unit.outbox.claim(NOW, 1)
        await unit.outbox.settle([sent(made)], NOW)
    async with storage.begin() as unit:
        assert await unit.outbox.add(make_message(key="lesson:1:a")) is None, "whatever became of it"


async def test_urgent_lanes_first_then_oldest_first(storage: SqlStorage) -> None:
    chats = [ChatId(100 + number) for number in range(6)]
    kinds = [NUDGE, LESSON, REPLY, SAFETY, CHECKIN, REPLY]
    async with storage.begin() as unit:
        await unit.outbox.add_many(
            [make_message(chat, kind, f"{kind}-{chat}") for chat, kind in zip(chats, kinds, strict=True)]
        )
    assert await claim(storage, limit=3) == ["safety-103", "reply-102", "reply-105"]
    assert await claim(storage) == ["checkin-104", "lesson-101", "nudge-100"]


async def test_a_chat_has_one_message_in_flight_at_a_time_in_order(storage: SqlStorage) -> None:
    ids = await owe(storage, *(make_message(key=f"r{number}") for number in range(3)))
    for number in range(3):
        assert await claim(storage) == [f"r{number}"]
        assert await claim(storage) == []
        await settle(storage, sent(ids[number]))


async def test_a_reply_goes_before_an_unsent_lesson_of_the_same_chat(storage: SqlStorage) -> None:
    lesson, reply = await owe(storage, make_message(kind=LESSON, key="lesson"), make_message(key="reply"))
    assert await claim(storage) == ["reply"]
    await settle(storage, sent(reply))
    assert await claim(storage) == ["lesson"]
    await settle(storage, sent(lesson))


async def test_a_message_waiting_to_retry_blocks_only_its_own_lane(storage: SqlStorage) -> None:
    first, _ = await owe(storage, make_message(key="r1"), make_message(key="r2"))
    await owe(storage, make_message(kind=LESSON, key="lesson"))
    assert await claim(storage) == ["r1"]
    await settle(storage, back(first, later(30)))
    assert await claim(storage) == ["lesson"], "and r2 does not overtake r1"
    assert await claim(storage, later(29)) == []
    async with storage.begin() as unit:
        (lesson,) = await unit.outbox.leased()
        await unit.outbox.settle([sent(lesson.id)], NOW)
    assert await claim(storage, later(30)) == ["r1"]


async def test_an_urgent_message_does_not_wait_for_a_lease_but_others_wait_for_it(
    storage: SqlStorage,
) -> None:
    await owe(storage, make_message(kind=LESSON, key="lesson"))
    assert await claim(storage) == ["lesson"]
    one, two = await owe(storage, make_message(kind=SAFETY, key="s1"), make_message(kind=SAFETY, key="s2"))
    assert await claim(storage) == ["s1"]
    assert await claim(storage) == [], "urgent messages keep their order among themselves"
    await settle(storage, sent(one))
    assert await claim(storage) == ["s2"]
    async with storage.begin() as unit:
        lesson = next(m for m in await unit.outbox.leased() if m.kind is LESSON)
        await unit.outbox.settle([sent(lesson.id)], NOW)
    await owe(storage, make_message(key="reply"))
    assert await claim(storage) == [], "the card comes before what is said after it"
    await settle(storage, sent(two))
    assert await claim(storage) == ["reply"]


async def test_held_chats_are_passed_over(storage: SqlStorage) -> None:
    await owe(storage, make_message(ANN, key="a"), make_message(BEN, SAFETY, "b"), make_message(CEM, key="c"))
    assert await claim(storage, held=(ANN, BEN)) == ["c"]
    assert await claim(storage, held=tuple(ChatId(n) for n in range(40_000))) == ["b", "a"]


async def test_a_claim_takes_no_more_than_asked(storage: SqlStorage) -> None:
    await owe(storage, *(make_message(ChatId(n), key=f"k{n}") for n in range(1, 8)))
    assert await claim(storage, limit=0) == []
    assert len(await claim(storage, limit=3)) == 3
    assert len(await claim(storage, limit=100)) == 4


async def test_an_expired_message_is_neither_claimed_nor_kept(storage: SqlStorage) -> None:
    await owe(storage, make_message(kind=CHECKIN, key="old", expires_at=later(10)))
    await owe(storage, make_message(BEN, kind=CHECKIN, key="fresh", expires_at=later(11)))
    assert await claim(storage, later(10)) == ["fresh"]
    async with storage.begin() as unit:
        assert [gone.slot for gone in await unit.outbox.expire(later(10))] == ["old"]
        assert await unit.outbox.expire(later(60)) == [], "one in flight is not given up"
    row = await stored(storage, "old")
    assert (row["status"], row["message"], row["settled_at"]) == ("expired", None, later(10))


async def test_a_message_that_never_went_out_frees_its_slot(storage: SqlStorage) -> None:
    await owe(storage, make_message(kind=CHECKIN, key="late", expires_at=later(10)))
    await owe(storage, make_message(BEN, kind=CHECKIN, key="paused"))
    async with storage.begin() as unit:
        await unit.outbox.expire(later(10))
        cancelled = await unit.outbox.cancel_pending(BEN, pushes_only=True, now=later(20))
    assert [(gone.chat_id, gone.slot) for gone in cancelled] == [(BEN, "paused")]
    assert (await stored(storage, "paused"))["settled_at"] == later(20)
    await owe(storage, make_message(kind=CHECKIN, key="late"), make_message(BEN, kind=CHECKIN, key="paused"))
    assert await claim(storage, later(30)) == ["late", "paused"]


@pytest.mark.parametrize(
    "status", [OutboxStatus.SENT, OutboxStatus.FAILED, OutboxStatus.CANCELLED, OutboxStatus.EXPIRED]
)
async def test_a_final_outcome_keeps_ids_and_times_and_drops_the_words(
    storage: SqlStorage, status: OutboxStatus
) -> None:
    (made,) = await owe(storage, make_message(html="my knee hurts"))
    await claim(storage)
    async with storage.begin() as unit:
        await unit.outbox.settle(
            [Settlement(made, status, 2, message_id=MessageId(9), reason="because")], later(3)
        )
    row = await stored(storage, "k")
    assert row["message"] is None
    assert (row["status"], row["attempts"], row["message_id"]) == (status.value, 2, 9)
    assert (row["reason"], row["settled_at"], row["leased_until"]) == ("because", later(3), None)
    assert await claim(storage, later(days=1)) == []


async def test_outcomes_of_many_messages_are_written_together(storage: SqlStorage) -> None:
    ids = await owe(storage, *(make_message(ChatId(n), key=f"k{n}") for n in range(1, 5)))
    assert len(await claim(storage)) == 4
    await settle(storage, sent(ids[0]), back(ids[1], later(1)), sent(ids[2]), back(ids[3]))
    assert await claim(storage) == ["k4"]
    assert await claim(storage, later(1)) == ["k2"]


async def test_a_retry_counts_attempts_and_keeps_the_words(storage: SqlStorage) -> None:
    (made,) = await owe(storage, make_message(html="words"))
    await claim(storage)
    await settle(storage, back(made, attempts=3))
    async with storage.begin() as unit:
        (claimed,) = await unit.outbox.claim(NOW, 1)
    assert (claimed.attempts, claimed.message.html) == (3, "words")


async def test_an_edit_whose_target_is_gone_goes_back_as_a_new_message(storage: SqlStorage) -> None:
    (made,) = await owe(storage, make_message(message=RenderedMessage("x", edits=MessageId(5))))
    await claim(storage)
    await settle(storage, Settlement(made, OutboxStatus.PENDING, 1, as_new=True))
    async with storage.begin() as unit:
        (claimed,) = await unit.outbox.claim(NOW, 1)
    assert claimed.message == RenderedMessage("x", edits=None)


async def test_a_retried_edit_stays_an_edit(storage: SqlStorage) -> None:
    (made,) = await owe(storage, make_message(message=RenderedMessage("x", edits=MessageId(5))))
    await claim(storage)
    await settle(storage, back(made))
    async with storage.begin() as unit:
        (claimed,) = await unit.outbox.claim(NOW, 1)
    assert claimed.message.edits == 5


async def test_an_outcome_that_comes_late_still_counts_and_a_second_one_does_not(
    storage: SqlStorage,
) -> None:
    (made,) = await owe(storage, make_message())
    await claim(storage)
    await settle(storage, back(made))
    await settle(storage, sent(made))
    assert (await stored(storage, "k"))["status"] == "sent"
    await settle(storage, Settlement(made, OutboxStatus.FAILED, 2), back(made))
    assert (await stored(storage, "k"))["status"] == "sent"


async def test_leases_are_found_when_they_run_out_and_all_of_them_at_start(storage: SqlStorage) -> None:
    await owe(storage, make_message(key="a"))
    await claim(storage)
    await owe(storage, make_message(BEN, key="b"))
    await claim(storage, later(30))
    async with storage.begin() as unit:
        assert await unit.outbox.expired_leases(NOW + LEASE - timedelta(seconds=1)) == []
        assert [m.dedupe_key for m in await unit.outbox.expired_leases(NOW + LEASE)] == ["a"]
        assert [m.dedupe_key for m in await unit.outbox.leased()] == ["a", "b"]


async def test_cancelling_pushes_leaves_replies_and_other_chats(storage: SqlStorage) -> None:
    await owe(
        storage,
        make_message(kind=LESSON, key="lesson"),
        make_message(kind=CHECKIN, key="checkin"),
        make_message(kind=MessageKind.WELLBEING, key="wellbeing"),
        make_message(key="reply"),
        make_message(BEN, LESSON, "other"),
    )
    async with storage.begin() as unit:
        assert len(await unit.outbox.cancel_pending(ANN, pushes_only=True, now=NOW)) == 3
        assert len(await unit.outbox.cancel_pending(ANN, pushes_only=True, now=NOW)) == 0
    assert await claim(storage) == ["reply", "other"]
    assert (await stored(storage, "lesson"))["message"] is None


async def test_cancelling_everything_leaves_safety(storage: SqlStorage) -> None:
    await owe(storage, make_message(key="reply"), make_message(kind=SAFETY, key="card"))
    async with storage.begin() as unit:
        assert len(await unit.outbox.cancel_pending(ANN, pushes_only=False, now=NOW)) == 1
    assert await claim(storage) == ["card"]


async def test_a_cancelled_message_in_flight_never_returns_to_the_queue(storage: SqlStorage) -> None:
    ids = await owe(storage, make_message(kind=LESSON, key="lost"), make_message(BEN, LESSON, "out"))
    await claim(storage)
    async with storage.begin() as unit:
        assert len(await unit.outbox.cancel_pending(ANN, pushes_only=True, now=NOW)) == 0
        assert len(await unit.outbox.cancel_pending(BEN, pushes_only=True, now=NOW)) == 0
    await settle(storage, back(ids[0]), sent(ids[1]))
    assert await claim(storage, later(60)) == []
    lost, out = await stored(storage, "lost"), await stored(storage, "out")
    assert (lost["status"], lost["message"]) == ("cancelled", None)
    assert out["status"] == "sent"


async def test_one_unsent_puzzled_reply_is_seen_until_it_is_sent(storage: SqlStorage) -> None:
    async def unsent() -> bool:
        async with storage.begin() as unit:
            return await unit.outbox.has_unsent_puzzled(ANN)

    assert not await unsent()
    await owe(storage, make_message(key="reply"), make_message(BEN, PUZZLED, "other"))
    assert not await unsent()
    (made,) = await owe(storage, make_message(kind=PUZZLED, key="p"))
    assert await unsent()
    async with storage.begin() as unit:
        await unit.outbox.cancel_pending(ANN, pushes_only=False, now=NOW)
    assert not await unsent()
    (made,) = await owe(storage, make_message(kind=PUZZLED, key="p2"))
    await claim(storage)
    assert await unsent(), "in flight is unsent"
    await settle(storage, sent(made))
    assert not await unsent()


async def test_nothing_shortens_a_hold(storage: SqlStorage) -> None:
    async with storage.begin() as unit:
        await unit.outbox.set_hold(Hold("bot", later(30)))
        await unit.outbox.set_hold(Hold("chat:5", later(10)))
        await unit.outbox.set_hold(Hold("bot", later(20)))
    async with storage.begin() as unit:
        assert await unit.outbox.holds(NOW) == [Hold("bot", later(30)), Hold("chat:5", later(10))]
        await unit.outbox.set_hold(Hold("bot", later(40)))
    async with storage.begin() as unit:
        assert await unit.outbox.holds(later(10)) == [Hold("bot", later(40))]
        assert await unit.outbox.holds(later(40)) == []


async def test_the_next_retry_is_the_earliest_that_waits(storage: SqlStorage) -> None:
    async def next_retry() -> object:
        async with storage.begin() as unit:
            return await unit.outbox.next_retry_at()

    one, two = await owe(storage, make_message(ANN, key="a"), make_message(BEN, key="b"))
    assert await next_retry() is None
    await claim(storage)
    await settle(storage, back(one, later(9)), back(two, later(4)))
    assert await next_retry() == later(4)
    await claim(storage, later(5))
    assert await next_retry() == later(9)


async def test_two_claims_at_once_never_share_a_message_or_a_chat(storage: SqlStorage) -> None:
    chats = [ChatId(n) for n in range(1, 31)]
    async with storage.begin() as unit:
        await unit.outbox.add_many(
            [make_message(chat, LESSON, f"{chat}-{n}") for n in range(5) for chat in chats]
        )
    order: dict[ChatId, list[OutboxId]] = {chat: [] for chat in chats}

    async def dispatch() -> None:
        misses = 0
        while misses < 20:
            async with storage.begin() as unit:
                claimed = await unit.outbox.claim(NOW, 7)
            misses = 0 if claimed else misses + 1
            assert len({message.chat_id for message in claimed}) == len(claimed)
            for message in claimed:
                order[message.chat_id].append(message.id)
            await asyncio.sleep(0.001)
            async with storage.begin() as unit:
                await unit.outbox.settle([sent(message.id) for message in claimed], NOW)

    await asyncio.gather(*(dispatch() for _ in range(4)))
    assert all(len(ids) == 5 and ids == sorted(set(ids)) for ids in order.values())


async def test_settled_answers_are_forgotten_and_slots_of_the_course_are_not(storage: SqlStorage) -> None:
    keys = {
        "reply:1": REPLY,
        "safety:2": SAFETY,
        "lesson:1:a": LESSON,
        "goodbye:1": GOODBYE,
        "reply:3": REPLY,
    }
    ids = await owe(
        storage, *(make_message(ChatId(n), kind, key) for n, (key, kind) in enumerate(keys.items(), 1))
    )
    await claim(storage)
    await settle(storage, *(sent(made) for made in ids[:4]))
    async with storage.begin() as unit:
        assert await unit.outbox.drop_answers(NOW, 10) == 0, "not old enough"
        assert await unit.outbox.drop_answers(later(1), 1) == 1
        assert await unit.outbox.drop_answers(later(1), 10) == 1
        assert await unit.outbox.drop_answers(later(1), 10) == 0
        known = [await unit.outbox.add(make_message(key=key)) is None for key in keys]
    assert known == [False, False, True, True, True], "also what has not been sent yet"
