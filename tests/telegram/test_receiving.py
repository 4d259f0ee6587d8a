"""Polling with the library's own Updater: nothing is confirmed to Telegram that is not stored."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta

import pytest
from telegram.error import NetworkError

from painbot.services.intake import Intake
from painbot.services.ports import NewUpdate
from painbot.simulator.server import SimulatedTelegram
from painbot.storage.engine import create_engine
from painbot.storage.unit_of_work import SqlStorage
from painbot.telegram import conflicts
from painbot.telegram.application import (
    PolledElsewhere,
    TelegramLine,
    TokenRefused,
    register,
)
from painbot.telegram.conflicts import CONFLICTS
from painbot.telegram.receiver import Fetch, InboxQueue, RawUpdate
from painbot.testing.clock import ManualClock
from tests.contract.factories import NOW

NO_WAIT = timedelta(0)


class Inbox:
    """Takes updates in, fails or hangs where told."""

    def __init__(self) -> None:
        self.stored: list[NewUpdate] = []
        self.fetches: list[int] = []
        self.failing = False
        self.gate: asyncio.Event | None = None

    async def put_all(self, updates: Sequence[NewUpdate]) -> None:
        if self.failing:
            raise OSError("database away")
        if self.gate is not None:
            await self.gate.wait()
        self.stored += updates
        self.fetches.append(len(updates))

    @property
    def texts(self) -> list[str]:
        return [json.loads(update.payload)["message"]["text"] for update in self.stored]


async def until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  (what it waits for has no event)
            await asyncio.sleep(0.002)


def polled(simulated: SimulatedTelegram) -> bool:
    """Return whether a first poll has reached Telegram; the log of calls shows only ended ones."""
    return simulated.state.updates.allowed is not None


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[SqlStorage]:
    """A store on SQLite, then on PostgreSQL."""
    store = SqlStorage(create_engine(database_url))
    yield store
    await store.close()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def anna(simulated: SimulatedTelegram) -> int:
    return simulated.people.create("Anna", started=True)


async def test_updates_are_stored_in_order_as_telegram_sent_them(
    simulated: SimulatedTelegram, line: TelegramLine, inbox: Inbox, anna: int
) -> None:
    simulated.people.type_text(anna, "before the start")
    await line.start_polling(inbox.put_all)
    await until(lambda: len(inbox.stored) == 1)
    simulated.people.type_text(anna, "during the poll")
    await until(lambda: len(inbox.stored) == 2)
    assert inbox.texts == ["before the start", "during the poll"]
    assert [update.chat_id for update in inbox.stored] == [anna, anna]
    assert all(update.needs_triage for update in inbox.stored)


async def test_pending_updates_are_stored_a_fetch_at_a_time_in_order(
    simulated: SimulatedTelegram, line: TelegramLine, inbox: Inbox, anna: int
) -> None:
    texts = [f"text {number}" for number in range(250)]
    for text in texts:
        simulated.people.type_text(anna, text)
    await line.start_polling(inbox.put_all)
    await until(lambda: len(inbox.stored) == 250)
    assert inbox.texts == texts
    assert inbox.fetches == [100, 100, 50]


async def test_pending_updates_reach_the_inbox_once_though_each_fetch_fails_at_first(
    simulated: SimulatedTelegram, line: TelegramLine, storage: SqlStorage, anna: int
) -> None:
    for number in range(150):
        simulated.people.type_text(anna, f"text {number}")
    intake = Intake(storage, ManualClock(NOW), asyncio.Event())
    unconfirmed: list[tuple[int, int]] = []
    tries = stored = 0

    async def put_all(updates: Sequence[NewUpdate]) -> None:
        nonlocal tries, stored
        tries += 1
        unconfirmed.append((await pending(storage), len(simulated.state.updates)))
        if tries == 1:
            raise OSError("database away")
        await intake.put_all(updates)
        stored += 1
        if tries == 2:
            # As when the process is killed after the commit: Telegram sends what is stored already.
            raise OSError("cut off")

    await line.start_polling(put_all)
    await until(lambda: stored == 3, seconds=10)
    await line.stop_receiving()
    assert await pending(storage) == 150
    # Nothing had left Telegram that was not stored: the first fetch came three times.
    assert unconfirmed == [(0, 150), (0, 150), (100, 150), (100, 50)]


async def pending(storage: SqlStorage) -> int:
    async with storage.begin_read() as uow:
        return len(await uow.inbox.untriaged(1000))


async def test_what_was_stored_is_confirmed_on_stop(
    simulated: SimulatedTelegram, line: TelegramLine, inbox: Inbox, anna: int
) -> None:
    simulated.people.type_text(anna, "hello")
    await line.start_polling(inbox.put_all)
    await until(lambda: inbox.stored)
    await line.stop_receiving()
    assert len(simulated.state.updates) == 0


async def test_what_could_not_be_stored_comes_again(
    simulated: SimulatedTelegram, line: TelegramLine, inbox: Inbox, anna: int
) -> None:
    inbox.failing = True
    simulated.people.type_text(anna, "hello")
    await line.start_polling(inbox.put_all)
    await until(lambda: len(simulated.faults.calls_of("getUpdates")) >= 2)
    assert len(simulated.state.updates) == 1
    inbox.failing = False
    await until(lambda: inbox.texts == ["hello"])


async def test_stop_in_the_middle_of_storing_confirms_nothing_unstored(
    simulated: SimulatedTelegram, line: TelegramLine, inbox: Inbox, anna: int
) -> None:
    inbox.gate = asyncio.Event()
    for number in range(3):
        simulated.people.type_text(anna, f"text {number}")
    await line.start_polling(inbox.put_all)
    await until(lambda: simulated.faults.calls_of("getUpdates"))
    await asyncio.sleep(0.05)
    await line.stop_receiving()
    assert inbox.stored == []
    assert len(simulated.state.updates) == 3
    inbox.gate = None
    await line.start_polling(inbox.put_all)
    await until(lambda: inbox.texts == ["text 0", "text 1", "text 2"])


async def test_only_wanted_kinds_of_update_are_asked_for(
    simulated: SimulatedTelegram, line: TelegramLine, inbox: Inbox
) -> None:
    await line.start_polling(inbox.put_all)
    await until(lambda: polled(simulated))
    assert simulated.state.updates.allowed == [
        "callback_query",
        "edited_message",
        "message",
        "my_chat_member",
    ]


async def test_switching_between_webhook_and_polling_drops_nothing(
    simulated: SimulatedTelegram, line: TelegramLine, inbox: Inbox, anna: int
) -> None:
    # Nothing listens there, so what is written meanwhile stays with Telegram.
    await line.set_webhook("http://127.0.0.1:9/telegram", "secret-word")
    assert simulated.state.webhook.secret_token == "secret-word"
    simulated.people.type_text(anna, "hello")
    await line.start_polling(inbox.put_all)
    await until(lambda: inbox.texts == ["hello"])
    assert simulated.state.webhook.url == ""
    simulated.people.type_text(anna, "again")
    await until(lambda: len(inbox.stored) == 2)
    await line.stop_receiving()
    simulated.people.type_text(anna, "later")
    await line.set_webhook("http://127.0.0.1:9/telegram", "secret-word")
    assert len(simulated.state.updates) == 1


@pytest.mark.parametrize("settled", [True, False], ids=["one was there first", "both are new"])
async def test_of_two_pollers_one_gives_way_and_the_other_goes_on(
    simulated: SimulatedTelegram,
    line: TelegramLine,
    inbox: Inbox,
    anna: int,
    monkeypatch: pytest.MonkeyPatch,
    settled: bool,
) -> None:
    if settled:
        monkeypatch.setattr(conflicts, "UNDISTURBED_SECONDS", 0.2)
    await line.start_polling(inbox.put_all)
    for number in range(2):
        simulated.people.type_text(anna, f"text {number}")
        await until(lambda wanted=number: len(inbox.stored) == wanted + 1)
        await asyncio.sleep(0.3)
    monkeypatch.setattr(conflicts, "UNDISTURBED_SECONDS", 60.0)
    other, other_inbox = TelegramLine(simulated.token, api_url=simulated.base_url), Inbox()
    await other.open()
    await other.start_polling(other_inbox.put_all)
    ends = {asyncio.create_task(each.fatal()): each for each in (line, other)}
    done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED, timeout=20)
    (ended,) = done
    assert type(ended.result()) is PolledElsewhere
    assert "Another process" in str(ended.result())
    if settled:
        assert ends[ended] is other
    await ends[ended].close()
    stays, its_inbox = (line, inbox) if ends[ended] is other else (other, other_inbox)
    simulated.people.type_text(anna, "to the one that stays")
    await until(lambda: "to the one that stays" in its_inbox.texts)
    await asyncio.sleep(0.5)
    going_on = next(task for task, each in ends.items() if each is stays)
    assert not going_on.done()
    going_on.cancel()
    await other.close()


async def test_single_conflict_is_ridden_out(
    simulated: SimulatedTelegram, line: TelegramLine, inbox: Inbox, anna: int
) -> None:
    await line.start_polling(inbox.put_all)
    await until(lambda: polled(simulated))
    other = TelegramLine(simulated.token, api_url=simulated.base_url)
    await other.open()
    for _ in range(CONFLICTS - 1):
        await other.bot.get_updates(timeout=NO_WAIT)
    simulated.people.type_text(anna, "hello")
    await until(lambda: inbox.texts == ["hello"])
    await other.close()


async def test_wrong_token_is_named_without_showing_it(simulated: SimulatedTelegram) -> None:
    token = "42:wrong-token"
    line = TelegramLine(token, api_url=simulated.base_url)
    with pytest.raises(TokenRefused) as caught:
        await line.open()
    assert "BotFather" in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    await line.close()


async def test_token_revoked_while_polling_is_noticed(
    simulated: SimulatedTelegram, line: TelegramLine, inbox: Inbox
) -> None:
    await line.start_polling(inbox.put_all)
    await until(lambda: polled(simulated))
    simulated.state.token = "1:another"
    # The poll under way ends empty, and the next one meets the refusal.
    simulated.state.closing = True
    simulated.state.updates.arrived.notify()
    async with asyncio.timeout(5):
        assert type(await line.fatal()) is TokenRefused


async def test_telegram_out_of_reach_at_the_start_is_waited_for(simulated: SimulatedTelegram) -> None:
    address = simulated.base_url
    await simulated.stop()
    line = TelegramLine(simulated.token, api_url=address)
    opening = asyncio.create_task(line.open())
    await asyncio.sleep(0.1)
    assert not opening.done()
    await simulated.start(port=int(address.rsplit(":", 1)[1]))
    async with asyncio.timeout(5):
        me = await opening
    assert me.username == "painbot_simulated_bot"
    await line.close()


async def test_commands_and_descriptions_are_registered_once(
    simulated: SimulatedTelegram, line: TelegramLine
) -> None:
    words = ([("today", "What is on today"), ("help", "Help")], "A course about pain", "A pain course")
    await register(line, *words)
    assert list(simulated.state.profile.commands.values()) == [
        [
            {"command": "today", "description": "What is on today"},
            {"command": "help", "description": "Help"},
        ]
    ]
    await register(line, *words)
    for method in ("setMyCommands", "setMyDescription", "setMyShortDescription"):
        assert len(simulated.faults.calls_of(method)) == 1
    await register(line, words[0], "Another text", words[2])
    assert len(simulated.faults.calls_of("setMyDescription")) == 2


async def test_queue_passes_on_what_is_no_update(inbox: Inbox) -> None:
    queue = InboxQueue(inbox.put_all)
    mark = object()
    await queue.put(mark)
    assert queue.get_nowait() is mark
    assert inbox.stored == []


async def test_queue_raises_plain_network_error_only(inbox: Inbox) -> None:
    inbox.failing = True
    with pytest.raises(NetworkError) as caught:
        await InboxQueue(inbox.put_all).put(RawUpdate(5, Fetch([{"update_id": 5}])))
    assert type(caught.value) is NetworkError
    assert caught.value.__context__ is None
