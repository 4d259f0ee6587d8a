"""Sending: order, lanes, every outcome, limits and holds, stops and recovery."""

import asyncio
import time
from datetime import timedelta

import pytest

from painbot.core.delivery import (
    MAX_IN_FLIGHT,
    Delivered,
    EditTargetGone,
    NotSent,
    OutboxMessage,
    Outcome,
    Rejected,
    Throttled,
    Uncertain,
    Unreachable,
)
from painbot.core.ids import ChatId, MessageId
from painbot.core.outgoing import MessageKind
from painbot.services import dispatcher
from painbot.services.flow_control import FlowControl
from painbot.services.ports import Hold, NextCall, UnitOfWork
from painbot.storage.unit_of_work import SqlStorage
from tests.services.pumps import (
    ANNA,
    BEN,
    CLEO,
    NOON,
    Dispatching,
    ScriptedTransport,
    outbox_rows,
    owe,
    owed,
    until,
)

SECOND = timedelta(seconds=1)
NEVER = 3600.0
"""Seconds between two looks for whom nothing may wait."""


def once(outcome: Outcome) -> ScriptedTransport:
    """A transport that gives this outcome once and delivers ever after."""
    answers = [outcome]
    return ScriptedTransport(lambda message: answers.pop() if answers else Delivered(MessageId(message.id)))


async def test_owed_message_is_sent_once_and_its_text_dropped(storage: SqlStorage) -> None:
    async with Dispatching(storage).running() as bot:
        await bot.owe(owed("hello"))
        await bot.drain()
        assert bot.transport.texts == ["hello"]
    row = (await outbox_rows(storage))["hello"]
    assert row["status"] == "sent"
    assert row["message_id"] == row["id"] + 1000  # type: ignore[operator]
    assert row["message"] is None
    assert row["attempts"] == 1


async def test_reply_leaves_when_woken_and_waits_for_no_poll(
    storage: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "POLL_SECONDS", NEVER)
    async with Dispatching(storage).running() as bot:
        await bot.drain()
        await owe(storage, owed("reply"))
        bot.wake.set()
        await until(lambda: bot.transport.sent)


async def test_message_is_found_without_being_woken(storage: SqlStorage) -> None:
    async with Dispatching(storage).running() as bot:
        await bot.drain()
        await owe(storage, owed("hello"))
        await until(lambda: bot.transport.sent)


async def test_urgent_then_reply_then_push(storage: SqlStorage) -> None:
    await owe(
        storage,
        owed("nudge", ANNA, MessageKind.NUDGE),
        owed("lesson", ANNA, MessageKind.LESSON),
        owed("reply", ANNA),
        owed("card", ANNA, MessageKind.SAFETY),
        owed("second reply", ANNA),
    )
    async with Dispatching(storage).running() as bot:
        await bot.drain()
        assert bot.transport.texts == ["card", "reply", "second reply", "lesson", "nudge"]


async def test_never_more_than_100_leased(storage: SqlStorage) -> None:
    transport = ScriptedTransport()
    transport.gate = asyncio.Event()
    await owe(storage, *(owed("hello", ChatId(chat)) for chat in range(1, 251)))
    async with Dispatching(storage, transport=transport).running() as bot:
        await until(lambda: len(transport.sent) == MAX_IN_FLIGHT)
        await asyncio.sleep(0.1)
        assert len(transport.sent) == MAX_IN_FLIGHT
        transport.gate.set()
        await bot.drain()
        assert len(transport.sent) == 250


async def test_calls_of_one_message_keep_to_the_limit_one_by_one(storage: SqlStorage) -> None:
    """Three exports of two documents each, four calls a second: the fifth call waits for its second."""
    called: list[float] = []

    class TwoDocuments(ScriptedTransport):
        async def send(self, message: OutboxMessage, next_call: NextCall) -> Outcome:
            called.append(time.monotonic())
            await next_call()
            called.append(time.monotonic())
            return Delivered(MessageId(1))

    flow = FlowControl(per_second=4, chat_per_second=0)
    await owe(storage, *(owed("export", chat) for chat in (ANNA, BEN, CLEO)))
    async with Dispatching(storage, transport=TwoDocuments(), flow=flow).running() as bot:
        await bot.drain()
    assert len(called) == 6
    assert min(later - earlier for earlier, later in zip(called, called[4:], strict=False)) >= 1.0


async def test_few_outcomes_are_recorded_while_many_sends_hang(storage: SqlStorage) -> None:
    """A batch is never waited for: what is known is written though 80 others give no answer."""

    class Uneven(ScriptedTransport):
        async def send(self, message: OutboxMessage, next_call: NextCall) -> Outcome:
            self.sent.append(message)
            if message.chat_id > 20:
                assert self.gate is not None
                await self.gate.wait()
            return Delivered(MessageId(1))

    transport = Uneven()
    transport.gate = asyncio.Event()
    await owe(storage, *(owed(f"m{chat}", ChatId(chat)) for chat in range(1, 101)))
    async with Dispatching(storage, transport=transport).running():
        await until(lambda: len(transport.sent) == 100)
        async with asyncio.timeout(10):
            while (await sent_count(storage)) < 20:  # noqa: ASYNC110  (a row has no event)
                await asyncio.sleep(0.01)
        assert len(transport.sent) == 100
        assert await sent_count(storage) == 20


async def sent_count(storage: SqlStorage) -> int:
    return sum(row["status"] == "sent" for row in (await outbox_rows(storage)).values())


@pytest.mark.parametrize("outcome", [NotSent("refused"), Uncertain("no answer")])
async def test_network_trouble_is_tried_again_later(storage: SqlStorage, outcome: Outcome) -> None:
    async with Dispatching(storage, transport=once(outcome)).running() as bot:
        await bot.owe(owed("hello"))
        await bot.drain()
        assert len(bot.transport.sent) == 1
        await bot.later(SECOND)
        assert len(bot.transport.sent) == 2
    row = (await outbox_rows(storage))["hello"]
    assert (row["status"], row["attempts"]) == ("sent", 2)


async def test_retry_comes_due_by_the_clock_alone(storage: SqlStorage) -> None:
    async with Dispatching(storage, transport=once(NotSent("refused"))).running() as bot:
        await bot.owe(owed("hello"))
        await bot.drain()
        bot.clock.advance(SECOND)
        await until(lambda: len(bot.transport.sent) == 2)


async def test_unsure_nudge_is_not_sent_again(storage: SqlStorage) -> None:
    async with Dispatching(storage, transport=once(Uncertain("no answer"))).running() as bot:
        await bot.owe(owed("nudge", kind=MessageKind.NUDGE))
        await bot.drain()
        await bot.later(60 * SECOND)
        assert len(bot.transport.sent) == 1
    assert (await outbox_rows(storage))["nudge"]["status"] == "failed"


async def test_refused_message_is_given_up_and_the_next_one_sent(storage: SqlStorage) -> None:
    async with Dispatching(storage, transport=once(Rejected("Message is too long"))).running() as bot:
        await bot.owe(owed("long"), owed("next"))
        await bot.drain()
        assert bot.transport.texts == ["long", "next"]
    rows = await outbox_rows(storage)
    assert (rows["long"]["status"], rows["long"]["reason"]) == ("failed", "Message is too long")
    assert rows["next"]["status"] == "sent"


async def test_blocked_chat_is_told_of_and_its_pending_messages_cancelled(storage: SqlStorage) -> None:
    async with Dispatching(storage, transport=once(Unreachable("blocked"))).running() as bot:
        await bot.owe(owed("one"), owed("two"), owed("other", BEN))
        await bot.drain()
        assert bot.unreachable == [ANNA]
    rows = await outbox_rows(storage)
    assert [rows[name]["status"] for name in ("one", "two", "other")] == ["cancelled", "cancelled", "sent"]


async def test_failing_event_keeps_no_outcome_from_being_recorded(storage: SqlStorage) -> None:
    bot = Dispatching(storage, transport=ScriptedTransport(_ben_blocked))

    async def fail(uow: UnitOfWork, chat_id: ChatId) -> None:
        raise RuntimeError("broken event")

    bot.dispatcher._on_unreachable = fail
    async with bot.running():
        await bot.owe(owed("to anna"), owed("to ben", BEN), owed("to cleo", CLEO))
        await bot.drain()
    rows = await outbox_rows(storage)
    assert [rows[name]["status"] for name in ("to anna", "to ben", "to cleo")] == [
        "sent",
        "cancelled",
        "sent",
    ]
    assert len(bot.transport.sent) == 3


def _ben_blocked(message: OutboxMessage) -> Outcome:
    return Unreachable("blocked") if message.chat_id == BEN else Delivered(MessageId(1))


async def test_edit_of_a_vanished_message_becomes_a_new_message(storage: SqlStorage) -> None:
    async with Dispatching(storage, transport=once(EditTargetGone())).running() as bot:
        await bot.owe(owed("answer", edits=MessageId(7)))
        await bot.drain()
        assert [message.message.edits for message in bot.transport.sent] == [7, None]


async def test_transport_that_raises_counts_as_unsure(storage: SqlStorage) -> None:
    def broken(message: OutboxMessage) -> Outcome:
        raise RuntimeError(message.message.html)

    async with Dispatching(storage, transport=ScriptedTransport(broken)).running() as bot:
        await bot.owe(owed("private words"))
        await bot.drain()
    row = (await outbox_rows(storage))["private words"]
    assert (row["status"], row["reason"]) == ("pending", "RuntimeError")


async def test_429_holds_its_chat_only_and_is_no_failed_attempt(storage: SqlStorage) -> None:
    async with Dispatching(storage, transport=once(Throttled(7 * SECOND))).running() as bot:
        await bot.owe(owed("one"))
        await bot.drain()
        await bot.owe(owed("two"), owed("card", kind=MessageKind.SAFETY), owed("other", BEN))
        await bot.drain()
        assert bot.transport.texts == ["one", "other"]
        assert (await outbox_rows(storage))["one"]["attempts"] == 0
        await bot.later(6.9 * SECOND)
        assert bot.transport.texts == ["one", "other"]
        await bot.later(0.1 * SECOND)
        assert bot.transport.texts == ["one", "other", "card", "one", "two"]


async def test_second_chats_429_holds_the_bot(storage: SqlStorage) -> None:
    answers = {ANNA: [Throttled(3 * SECOND)], BEN: [Throttled(5 * SECOND)]}

    def answer(message: OutboxMessage) -> Outcome:
        waiting = answers.get(message.chat_id)
        return waiting.pop() if waiting else Delivered(MessageId(1))

    async with Dispatching(storage, transport=ScriptedTransport(answer)).running() as bot:
        await bot.owe(owed("to anna"))
        await bot.drain()
        await bot.owe(owed("to ben", BEN))
        await bot.drain()
        await bot.owe(owed("to cleo", CLEO), owed("card", CLEO, MessageKind.SAFETY))
        await bot.later(4 * SECOND)
        assert bot.transport.texts == ["to anna", "to ben"]
        await bot.later(SECOND)
        assert bot.transport.texts[2] == "card"
        assert sorted(bot.transport.texts[2:]) == ["card", "to anna", "to ben", "to cleo"]


async def test_hold_survives_a_restart(storage: SqlStorage) -> None:
    async with Dispatching(storage, transport=once(Throttled(60 * SECOND))).running() as bot:
        await bot.owe(owed("one"))
        await bot.drain()
    async with Dispatching(storage).running() as again:
        await again.owe(owed("two"))
        await again.drain()
        assert again.transport.sent == []
        await again.later(60 * SECOND)
        assert again.transport.texts == ["one", "two"]


async def test_stored_bot_hold_keeps_everything_back(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        await uow.outbox.set_hold(Hold("bot", NOON + 5 * SECOND))
    async with Dispatching(storage).running() as bot:
        await bot.owe(owed("one"))
        await bot.drain()
        assert bot.transport.sent == []
        await bot.later(5 * SECOND)
        assert bot.transport.texts == ["one"]


async def test_sixth_message_to_one_chat_waits_for_its_token(storage: SqlStorage) -> None:
    flow = FlowControl(per_second=0, chat_per_second=1, chat_burst=5)
    await owe(storage, *(owed(str(number)) for number in range(6)))
    async with Dispatching(storage, flow=flow).running() as bot:
        await bot.drain()
        assert len(bot.transport.sent) == 5
        start = asyncio.get_running_loop().time()
        await until(lambda: len(bot.transport.sent) == 6)
        assert asyncio.get_running_loop().time() - start > 0.5


async def test_bot_limit_is_kept(storage: SqlStorage) -> None:
    await owe(storage, *(owed("hello", ChatId(chat)) for chat in range(1, 41)))
    flow = FlowControl(per_second=30, chat_per_second=0)
    loop = asyncio.get_running_loop()
    times: list[float] = []

    def stamp(message: OutboxMessage) -> Outcome:
        times.append(loop.time())
        return Delivered(MessageId(1))

    async with Dispatching(storage, transport=ScriptedTransport(stamp), flow=flow).running() as bot:
        await bot.drain()
    assert len(times) == 40
    assert all(times[index + 30] - times[index] > 1 for index in range(10))


async def test_expired_message_is_given_up(storage: SqlStorage) -> None:
    await owe(storage, owed("stale", expires_at=NOON), owed("fresh", expires_at=NOON + SECOND))
    async with Dispatching(storage).running() as bot:
        await bot.drain()
        assert bot.transport.texts == ["fresh"]
    assert (await outbox_rows(storage))["stale"]["status"] == "expired"


async def test_stop_finishes_what_is_leased_and_claims_no_more(storage: SqlStorage) -> None:
    transport = ScriptedTransport()
    transport.gate = asyncio.Event()
    bot = Dispatching(storage, transport=transport)
    async with bot.running():
        await bot.owe(owed("one"), owed("two"))
        await until(lambda: transport.sent)
        stop = asyncio.create_task(bot.dispatcher.stop())
        await asyncio.sleep(0.05)
        transport.gate.set()
        await stop
    rows = await outbox_rows(storage)
    assert (rows["one"]["status"], rows["two"]["status"]) == ("sent", "pending")


async def test_stop_cuts_off_what_hangs_and_records_it(storage: SqlStorage) -> None:
    transport = ScriptedTransport()
    transport.gate = asyncio.Event()
    bot = Dispatching(storage, transport=transport)
    async with bot.running():
        await bot.owe(owed("lesson", ANNA, MessageKind.LESSON), owed("nudge", BEN, MessageKind.NUDGE))
        await until(lambda: len(transport.sent) == 2)
        await bot.dispatcher.stop(within=timedelta(seconds=0.1))
    rows = await outbox_rows(storage)
    assert (rows["lesson"]["status"], rows["nudge"]["status"]) == ("pending", "failed")


async def test_fault_points_are_passed_in_order(storage: SqlStorage) -> None:
    places: list[str] = []
    async with Dispatching(storage, fault_points=places.append).running() as bot:
        await bot.owe(owed("hello"))
        await bot.drain()
    assert places == ["after_claim", "before_send", "after_send", "before_record", "after_record"]


async def test_outcome_is_kept_while_the_database_is_away(
    storage: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Dispatching(storage).running() as bot:
        await bot.drain()
        whole, away = storage.begin, False

        def begin():  # type: ignore[no-untyped-def]
            if away:
                raise OSError("database away")
            return whole()

        def send_and_lose(message: OutboxMessage) -> Outcome:
            nonlocal away
            away = True
            return Delivered(MessageId(5))

        bot.transport.answer = send_and_lose
        monkeypatch.setattr(storage, "begin", begin)
        await bot.owe(owed("hello"))
        await until(lambda: bot.transport.sent)
        await asyncio.sleep(0.2)
        away = False
        await bot.drain()
        assert len(bot.transport.sent) == 1
    assert (await outbox_rows(storage))["hello"]["status"] == "sent"
