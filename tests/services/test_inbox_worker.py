"""Working through the inbox: triage first whatever fails, order per chat, retries, parking, stops."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from painbot.core.ids import ChatId
from painbot.services import inbox_worker
from painbot.services.error_place import place_of
from painbot.services.inbox_worker import AfterCommit, InboxSteps, InboxWorker
from painbot.services.intake import Intake
from painbot.services.ports import InboxUpdate, UnitOfWork
from painbot.storage.unit_of_work import SqlStorage
from painbot.testing.clock import ManualClock
from tests.services.pumps import (
    ANNA,
    BEN,
    NOON,
    ScriptedTransport,
    arrived,
    inbox_rows,
    outbox_rows,
    owed,
    until,
)

Hook = Callable[[InboxUpdate], Awaitable[object]]


class Working:
    """A running worker whose steps write down what they did, and fail or wait where a hook says so."""

    def __init__(self, storage: SqlStorage) -> None:
        self.storage = storage
        self.clock = ManualClock(NOON)
        self.transport = ScriptedTransport()
        self.wake, self.outbox_wake = asyncio.Event(), asyncio.Event()
        self.intake = Intake(storage, self.clock, self.wake)
        self.events: list[str] = []
        self.places: list[str] = []
        self.on_triage: Hook | None = None
        self.on_handle: Hook | None = None
        self.after: AfterCommit | None = None
        steps = InboxSteps(self._triage, self._triage_failed, self._handle, self._tell_parked)
        self.worker = InboxWorker(
            storage,
            self.clock,
            self.transport,
            steps,
            wake=self.wake,
            outbox_wake=self.outbox_wake,
            fault_points=self.places.append,
        )

    async def _triage(self, uow: UnitOfWork, update: InboxUpdate) -> bool:
        await uow.outbox.add(owed(f"card {update.update_id}", update.chat_id or ANNA))
        if self.on_triage is not None:
            await self.on_triage(update)
        self.events.append(f"triage {update.update_id}")
        return True

    async def _triage_failed(self, uow: UnitOfWork, update: InboxUpdate) -> None:
        await uow.outbox.add(owed(f"general card {update.update_id}", update.chat_id or ANNA))
        self.events.append(f"triage failed {update.update_id}")

    async def _handle(self, uow: UnitOfWork, update: InboxUpdate) -> AfterCommit | None:
        await uow.outbox.add(owed(f"answer {update.update_id}", update.chat_id or ANNA))
        if self.on_handle is not None:
            await self.on_handle(update)
        self.events.append(f"handle {update.update_id}")
        return self.after

    async def _tell_parked(self, uow: UnitOfWork, update: InboxUpdate) -> None:
        await uow.outbox.add(owed(f"sorry {update.update_id}", update.chat_id or ANNA))
        self.events.append(f"sorry {update.update_id}")

    async def put(self, number: int, chat_id: ChatId = ANNA, *, typed: bool = False) -> None:
        await self.intake.put(arrived(number, chat_id, typed=typed, payload="I want to die"))

    async def settle(self) -> None:
        """Let it do all that can be done now."""
        async with asyncio.timeout(10):
            await self.worker.wait_idle()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Working"]:
        task = asyncio.create_task(self.worker.run())
        try:
            yield self
        finally:
            await self.worker.stop()
            await task


@pytest.fixture
def working(storage: SqlStorage) -> Working:
    return Working(storage)


def failing_on(number: int, error: Exception, times: int = 99) -> Hook:
    left = [error] * times

    async def hook(update: InboxUpdate) -> None:
        if update.update_id == number and left:
            raise left.pop()

    return hook


async def test_typed_words_are_triaged_before_they_are_handled(working: Working) -> None:
    async with working.running():
        await working.put(1, typed=True)
        await working.settle()
    assert working.events == ["triage 1", "handle 1"]
    assert working.outbox_wake.is_set()


async def test_button_press_goes_straight_to_its_handler(
    working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No look by the clock comes to its help: it is handled because it woke the worker, and without triage.
    monkeypatch.setattr(inbox_worker, "POLL_SECONDS", 3600.0)
    async with working.running():
        await working.settle()
        await working.put(1)
        await working.settle()
    assert working.events == ["handle 1"]
    assert (await inbox_rows(working.storage))[1]["status"] == "done"
    assert (await inbox_rows(working.storage))[1]["payload"] is None


async def test_stored_updates_are_found_without_being_woken(working: Working) -> None:
    async with working.storage.begin() as uow:
        await uow.inbox.add_many([arrived(1, typed=True)], NOON)
    async with working.running():
        await until(lambda: working.events == ["triage 1", "handle 1"])


async def test_updates_of_a_chat_are_handled_in_order_and_once(working: Working) -> None:
    async with working.running():
        await asyncio.gather(*(working.put(number) for number in range(1, 31)))
        await working.settle()
    assert working.events == [f"handle {number}" for number in range(1, 31)]


async def test_slow_handler_delays_neither_triage_nor_is_it_overtaken(storage: SqlStorage) -> None:
    """Triage is out of chat order: the second message is read while the first is being handled.

    On SQLite a handler holds the only write lock, so there the slow one sleeps before its transaction.
    """
    working = Working(storage)
    gate = asyncio.Event()

    async def between_looks(update: InboxUpdate) -> None:
        if update.update_id == 1 and not gate.is_set():
            raise RuntimeError("come back later")

    working.on_handle = between_looks
    async with working.running():
        await working.put(1, typed=True)
        await working.settle()
        await working.put(2, typed=True)
        await working.settle()
        assert working.events == ["triage 1", "triage 2"]
        gate.set()
        working.clock.advance(timedelta(seconds=1))
        working.wake.set()
        await working.settle()
    assert working.events == ["triage 1", "triage 2", "handle 1", "handle 2"]


async def test_failing_handler_is_tried_again_after_1_and_5_seconds(working: Working) -> None:
    working.on_handle = failing_on(1, RuntimeError("I want to die"), times=2)
    async with working.running():
        await working.put(1)
        await working.settle()
        assert "answer 1" not in await outbox_rows(working.storage)
        for seconds, done in ((0.9, False), (0.1, False), (4.9, False), (0.1, True)):
            working.clock.advance(timedelta(seconds=seconds))
            working.wake.set()
            await working.settle()
            assert working.events == (["handle 1"] if done else []), seconds
    assert (await inbox_rows(working.storage))[1]["status"] == "done"


async def test_third_failure_parks_the_update_and_tells_the_learner(working: Working) -> None:
    working.on_handle = failing_on(1, RuntimeError("I want to die"))
    async with working.running():
        await working.put(1)
        await working.put(2)
        await working.put(3, BEN)
        await working.settle()
        assert working.events == ["handle 3"]
        for _ in range(2):
            working.clock.advance(timedelta(seconds=5))
            working.wake.set()
            await working.settle()
    assert working.events == ["handle 3", "sorry 1", "handle 2"]
    async with working.storage.begin() as uow:
        (parked,) = await uow.inbox.parked()
    assert parked.attempts == 3
    assert "RuntimeError" in parked.error
    assert "test_inbox_worker:" in parked.error
    assert "die" not in parked.error
    assert "sorry 1" in await outbox_rows(working.storage)


async def test_update_that_cannot_be_apologised_for_is_parked_all_the_same(
    working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    working.on_handle = failing_on(1, RuntimeError("broken"))

    async def broken(uow: UnitOfWork, update: InboxUpdate) -> None:
        raise RuntimeError("broken too")

    steps = working.worker._steps
    working.worker._steps = InboxSteps(steps.triage, steps.triage_failed, steps.handle, broken)
    async with working.running():
        await working.put(1)
        for _ in range(3):
            await working.settle()
            working.clock.advance(timedelta(seconds=5))
            working.wake.set()
        await working.put(2)
        await working.settle()
    assert working.events == ["handle 2"]
    assert (await inbox_rows(working.storage))[1]["status"] == "parked"


async def test_failing_triage_is_tried_three_times_at_once(working: Working) -> None:
    working.on_triage = failing_on(1, RuntimeError("broken"), times=2)
    async with working.running():
        await working.put(1, typed=True)
        await working.settle()
    assert working.events == ["triage 1", "handle 1"]
    assert list(await outbox_rows(working.storage)) == ["card 1", "answer 1"]


async def test_handling_waits_for_the_general_card_where_triage_keeps_failing(working: Working) -> None:
    working.on_triage = failing_on(1, RuntimeError("broken"))
    async with working.running():
        await working.put(1, typed=True)
        await working.put(2, typed=True)
        await working.put(3, BEN, typed=True)
        await working.settle()
    assert set(working.events[:3]) >= {"triage failed 1"}
    assert working.events.index("triage failed 1") < working.events.index("handle 1")
    assert {"triage 2", "triage 3", "handle 2", "handle 3"} <= set(working.events)
    assert "general card 1" in await outbox_rows(working.storage)


async def test_update_that_cannot_be_triaged_at_all_delays_no_other(working: Working) -> None:
    working.on_triage = failing_on(1, RuntimeError("broken"))
    attempts = 0

    async def broken(uow: UnitOfWork, update: InboxUpdate) -> None:
        nonlocal attempts
        attempts += 1
        raise RuntimeError("no card either")

    steps = working.worker._steps
    working.worker._steps = InboxSteps(steps.triage, broken, steps.handle, steps.tell_parked)
    async with working.running():
        await working.put(1, typed=True)
        await working.put(2, typed=True)
        await working.put(3, BEN, typed=True)
        await until(lambda: "handle 3" in working.events)
        assert "triage 2" in working.events
        assert "handle 1" not in working.events
        assert "handle 2" not in working.events
        await until(lambda: attempts > 1)


async def test_courtesies_follow_the_commit_and_hold_nothing_up(working: Working) -> None:
    gate = asyncio.Event()

    class SlowTransport(ScriptedTransport):
        async def acknowledge(self, callback_id: str, toast: str | None) -> None:
            await gate.wait()
            await super().acknowledge(callback_id, toast)

    slow = SlowTransport()
    working.worker._transport = slow
    working.after = AfterCommit("press-1", "Saved")
    async with working.running():
        await working.put(1)
        await working.put(2)
        await working.settle()
        assert working.events == ["handle 1", "handle 2"]
        gate.set()
        await until(lambda: len(slow.acknowledged) == 2)
    assert slow.acknowledged == [("press-1", "Saved")] * 2


async def test_failing_courtesy_harms_nothing(working: Working) -> None:
    class BrokenTransport(ScriptedTransport):
        async def acknowledge(self, callback_id: str, toast: str | None) -> None:
            raise OSError("network away")

    working.worker._transport = BrokenTransport()
    working.after = AfterCommit("press-1")
    async with working.running():
        await working.put(1)
        await working.settle()
        await asyncio.sleep(0)
    assert working.events == ["handle 1"]


async def test_stop_finishes_the_update_begun_and_begins_no_other(working: Working) -> None:
    begun, gate = asyncio.Event(), asyncio.Event()

    async def slow(update: InboxUpdate) -> None:
        begun.set()
        await gate.wait()

    working.on_handle = slow
    async with working.running():
        await working.put(1)
        await working.put(2)
        await begun.wait()
        stop = asyncio.create_task(working.worker.stop())
        await asyncio.sleep(0.05)
        assert not stop.done()
        gate.set()
        await stop
    assert working.events == ["handle 1"]
    assert (await inbox_rows(working.storage))[1]["status"] == "done"
    assert (await inbox_rows(working.storage))[2]["status"] == "pending"


async def test_database_that_was_away_is_worked_with_again(
    working: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, away = working.storage.begin, True

    def begin():  # type: ignore[no-untyped-def]
        if away:
            raise OSError("database away")
        return whole()

    async with working.storage.begin() as uow:
        await uow.inbox.add_many([arrived(1)], NOON)
    monkeypatch.setattr(working.storage, "begin", begin)
    async with working.running():
        await asyncio.sleep(0.1)
        away = False
        await until(lambda: working.events == ["handle 1"])


async def test_fault_points_are_passed_in_order(working: Working) -> None:
    async with working.running():
        await working.put(1, typed=True)
        await working.settle()
    assert working.places == [
        "after_triage_commit",
        "before_handle",
        "before_handle_commit",
        "after_handle_commit",
    ]


def test_place_of_an_error_names_its_class_and_line_and_no_word_of_it() -> None:
    try:
        raise ValueError("I want to die")
    except ValueError as error:
        place = place_of(error)
    assert place.startswith("ValueError at tests.services.test_inbox_worker:")
    assert "die" not in place
    assert place_of(KeyError("I want to die")) == "KeyError"


class Announcing:
    """The store, saying when a transaction that writes is asked for."""

    def __init__(self, storage: SqlStorage) -> None:
        self._storage = storage
        self.asked = asyncio.Event()
        self.begin_read = storage.begin_read

    def begin(self) -> AbstractAsyncContextManager[UnitOfWork]:
        self.asked.set()
        return self._storage.begin()


@pytest.mark.parametrize("step", ["triage", "handle"])
async def test_update_in_the_hands_of_two_workers_has_its_effects_once(
    storage: SqlStorage, step: str
) -> None:
    """A leader that lives on for a moment beside the next one has read the same rows."""
    first, second = Working(storage), Working(storage)
    begun, announcing = asyncio.Event(), Announcing(storage)
    second.worker._storage = announcing

    def owing(worker: Working, name: str) -> Callable[[UnitOfWork, InboxUpdate], Awaitable[None]]:
        async def owe_by(uow: UnitOfWork, update: InboxUpdate) -> None:
            begun.set()
            if worker is first:
                await announcing.asked.wait()
            await uow.outbox.add(owed(f"{step} by {name}"))

        return owe_by

    for worker, name in ((first, "first"), (second, "second")):
        worker.worker._steps = replace(worker.worker._steps, **{step: owing(worker, name)})
    async with first.running():
        await first.put(1, typed=step == "triage")
        await begun.wait()
        async with second.running():
            async with asyncio.timeout(10):
                await announcing.asked.wait()
            await first.settle()
            await second.settle()
    by = [key for key in await outbox_rows(storage) if key.startswith(step)]
    assert by in ([f"{step} by first"], [f"{step} by second"])
    loser = second if by == [f"{step} by first"] else first
    row = (await inbox_rows(storage))[1]
    assert (row["status"], row["attempts"]) == ("done", 0), "being second is no failure"
    assert f"after_{step}_commit" not in loser.places


async def test_update_done_by_another_worker_is_neither_parked_nor_apologised_for(working: Working) -> None:
    async with working.storage.begin() as uow:
        await uow.inbox.add_many([arrived(1)], NOON)
        (update,) = await uow.inbox.heads(NOON, 1)
        await uow.inbox.mark_done(update.update_id, NOON)
    await working.worker._park(update, "RuntimeError at x:1")
    assert await outbox_rows(working.storage) == {}
    assert (await inbox_rows(working.storage))[1]["status"] == "done"
