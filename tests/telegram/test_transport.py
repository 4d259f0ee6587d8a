"""One message as real calls to a simulated Telegram, and every way they can end."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from painbot.core.delivery import (
    Delivered,
    EditTargetGone,
    NotSent,
    OutboxMessage,
    Outcome,
    Rejected,
    RenderedMessage,
    Throttled,
    Uncertain,
    Unreachable,
)
from painbot.core.ids import ChatId, MessageId, OutboxId
from painbot.core.outgoing import FileRecipe, Lane, MessageKind, ReplyKeyboard
from painbot.simulator.faults import Fault
from painbot.simulator.server import SimulatedTelegram
from painbot.telegram.application import TelegramLine
from painbot.telegram.transport import TelegramTransport
from tests.telegram.shelf_of_pictures import ShelfOfPictures

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class MadeFiles:
    """Makes two small documents, or fails as often as told."""

    def __init__(self) -> None:
        self.failures = 0
        self.made: list[tuple[int, str, datetime]] = []

    async def make(self, chat_id: ChatId, kind: str, as_of: datetime) -> Sequence[tuple[str, bytes]]:
        self.made.append((chat_id, kind, as_of))
        if self.failures:
            self.failures -= 1
            raise OSError("disk full of private words")
        return [("data.json", b"{}"), ("data.csv", b"a,b\n")]


@pytest.fixture
def files() -> MadeFiles:
    return MadeFiles()


@pytest.fixture
def transport(line: TelegramLine, files: MadeFiles) -> TelegramTransport:
    return TelegramTransport(line.bot, files, ShelfOfPictures())


@pytest.fixture
def anna(simulated: SimulatedTelegram) -> int:
    return simulated.people.create("Anna", started=True)


def message(chat_id: int, rendered: RenderedMessage, attempts: int = 0) -> OutboxMessage:
    return OutboxMessage(
        id=OutboxId(1),
        chat_id=ChatId(chat_id),
        enrollment_id=None,
        kind=MessageKind.REPLY,
        lane=Lane.REPLY,
        dedupe_key="test",
        message=rendered,
        attempts=attempts,
        leased_until=NOON,
        created_at=NOON,
    )


def hello(chat_id: int) -> OutboxMessage:
    return message(chat_id, RenderedMessage("Hello"))


async def at_once() -> None:
    """Lets every call be made at once."""


class Places:
    """Counts the further calls that were asked for."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self) -> None:
        self.asked += 1


async def send(transport: TelegramTransport, chat_id: int, rendered: RenderedMessage) -> MessageId:
    outcome = await transport.send(message(chat_id, rendered), at_once)
    assert isinstance(outcome, Delivered)
    assert outcome.message_id is not None
    return outcome.message_id


async def test_text_arrives_with_its_markup_and_buttons(
    simulated: SimulatedTelegram, transport: TelegramTransport, anna: int
) -> None:
    rendered = RenderedMessage(
        "<b>Pain</b> &amp; sleep",
        buttons=((("0", "v1:0"), ("1", "v1:1")), (("Find help", "https://findahelpline.com"),)),
    )
    sent = await send(transport, anna, rendered)
    (arrived,) = [found for found in simulated.people.messages(anna) if found.from_bot]
    assert (arrived.id, arrived.text, arrived.html) == (sent, "Pain & sleep", "<b>Pain</b> &amp; sleep")
    rows = simulated.people.buttons(anna, sent)
    assert [[(button.text, button.data, button.url) for button in row] for row in rows] == [
        [("0", "v1:0", None), ("1", "v1:1", None)],
        [("Find help", None, "https://findahelpline.com")],
    ]


async def test_plain_text_arrives_as_it_stands(
    simulated: SimulatedTelegram, transport: TelegramTransport, anna: int
) -> None:
    await send(transport, anna, RenderedMessage("1 < 2 & <b>so on", is_plain=True))
    (arrived,) = [found for found in simulated.people.messages(anna) if found.from_bot]
    assert arrived.text == "1 < 2 & <b>so on"


async def test_edit_changes_the_message_and_takes_its_buttons_away(
    simulated: SimulatedTelegram, transport: TelegramTransport, anna: int
) -> None:
    sent = await send(transport, anna, RenderedMessage("Pain today?", buttons=((("3", "v1:3"),),)))
    assert await send(transport, anna, RenderedMessage("Pain today: 3", edits=sent)) == sent
    assert simulated.people.buttons(anna, sent) == []
    assert [found.text for found in simulated.people.messages(anna) if found.from_bot] == ["Pain today: 3"]


async def test_edit_that_changes_nothing_counts_as_delivered(transport: TelegramTransport, anna: int) -> None:
    sent = await send(transport, anna, RenderedMessage("Same"))
    assert await send(transport, anna, RenderedMessage("Same", edits=sent)) == sent


async def test_edit_of_a_vanished_message(transport: TelegramTransport, anna: int) -> None:
    outcome = await transport.send(message(anna, RenderedMessage("New", edits=MessageId(1))), at_once)
    assert outcome == EditTargetGone()


async def test_location_is_asked_for_and_the_keyboard_removed_again(
    simulated: SimulatedTelegram, transport: TelegramTransport, anna: int
) -> None:
    asked = await send(
        transport,
        anna,
        RenderedMessage("Where?", keyboard=ReplyKeyboard.ASK_LOCATION, keyboard_label="Share my place"),
    )
    markup = simulated.state.chats[anna].messages[asked].markup
    assert markup is not None
    assert markup["keyboard"] == [[{"text": "Share my place", "request_location": True}]]
    thanked = await send(transport, anna, RenderedMessage("Thanks", keyboard=ReplyKeyboard.REMOVE))
    assert simulated.state.chats[anna].messages[thanked].markup == {"remove_keyboard": True}


async def test_documents_of_a_recipe_are_sent_one_after_another(
    simulated: SimulatedTelegram, transport: TelegramTransport, files: MadeFiles, anna: int
) -> None:
    rendered = RenderedMessage(
        "Your <b>data</b>", buttons=((("OK", "v1:ok"),),), file=FileRecipe("export", NOON)
    )
    last = await send(transport, anna, rendered)
    documents = [found for found in simulated.people.messages(anna) if found.kind == "document"]
    assert [found.media["document"]["file_name"] for found in documents] == ["data.json", "data.csv"]
    assert [found.text for found in documents] == ["Your data", ""]
    assert [bool(found.inline_keyboard) for found in documents] == [False, True]
    assert last == documents[-1].id
    assert files.made == [(anna, "export", NOON)]


async def test_documents_already_accepted_are_not_sent_again(
    simulated: SimulatedTelegram, transport: TelegramTransport, files: MadeFiles, anna: int
) -> None:
    simulated.faults.add(Fault("throttled", method="sendDocument", skip=1, count=1, retry_after=3))
    owed = message(anna, RenderedMessage("Your data", file=FileRecipe("export", NOON)))
    assert await transport.send(owed, at_once) == Throttled(timedelta(seconds=3))
    assert isinstance(await transport.send(owed, at_once), Delivered)
    documents = [found for found in simulated.people.messages(anna) if found.kind == "document"]
    assert [found.media["document"]["file_name"] for found in documents] == ["data.json", "data.csv"]
    assert len(files.made) == 1


async def test_each_call_but_the_first_asks_for_its_own_place(
    simulated: SimulatedTelegram, transport: TelegramTransport, anna: int
) -> None:
    two_documents, text_alone, text_and_leaving = Places(), Places(), Places()
    await transport.send(
        message(anna, RenderedMessage("Data", file=FileRecipe("export", NOON))), two_documents
    )
    await transport.send(hello(anna), text_alone)
    group = simulated.people.add_bot_to_group(anna)
    await transport.send(replace(hello(group), kind=MessageKind.GROUP_GOODBYE), text_and_leaving)
    assert (two_documents.asked, text_alone.asked, text_and_leaving.asked) == (1, 0, 1)


async def test_document_that_waits_for_its_place_is_not_sent(
    simulated: SimulatedTelegram, transport: TelegramTransport, anna: int
) -> None:
    async def never() -> None:
        await asyncio.Event().wait()

    owed = message(anna, RenderedMessage("Data", file=FileRecipe("export", NOON)))
    sending = asyncio.create_task(transport.send(owed, never))
    while not simulated.faults.calls_of("sendDocument"):  # noqa: ASYNC110  (a call has no event)
        await asyncio.sleep(0.002)
    await asyncio.sleep(0.05)
    assert not sending.done()
    assert len(simulated.faults.calls_of("sendDocument")) == 1
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)


async def test_file_that_cannot_be_made_is_tried_again_and_given_up_in_the_end(
    transport: TelegramTransport, files: MadeFiles, anna: int
) -> None:
    files.failures = 99
    owed = message(anna, RenderedMessage("Your data", file=FileRecipe("export", NOON)))
    assert await transport.send(owed, at_once) == NotSent("file could not be made")
    assert await transport.send(replace(owed, attempts=4), at_once) == Rejected("file could not be made")


FAULTS = [
    (Fault("throttled", retry_after=9), Throttled(timedelta(seconds=9))),
    (Fault("forbidden"), Unreachable("bot was blocked by the user")),
    (Fault("bad_request", description="message is too long"), Rejected("Message is too long")),
    (Fault("server_error", error_code=500), Uncertain("Bad Gateway")),
    (Fault("server_error", error_code=502), Uncertain("Bad Gateway")),
    (Fault("drop"), Uncertain("aiohttp.ServerDisconnectedError")),
]


@pytest.mark.parametrize(
    ("fault", "outcome"), FAULTS, ids=[f"{fault.kind}-{fault.error_code}" for fault, _ in FAULTS]
)
async def test_each_fault_has_its_outcome(
    simulated: SimulatedTelegram, transport: TelegramTransport, anna: int, fault: Fault, outcome: Outcome
) -> None:
    simulated.faults.add(replace(fault, method="sendMessage", count=1))
    assert await transport.send(hello(anna), at_once) == outcome
    assert isinstance(await transport.send(hello(anna), at_once), Delivered)


async def test_stranger_and_deleted_account_are_unreachable(
    simulated: SimulatedTelegram, transport: TelegramTransport, anna: int
) -> None:
    assert await transport.send(hello(77), at_once) == Unreachable("Chat not found")
    simulated.people.deactivate(anna)
    assert await transport.send(hello(anna), at_once) == Unreachable("user is deactivated")


async def test_server_that_is_down_got_nothing(
    simulated: SimulatedTelegram, transport: TelegramTransport, anna: int
) -> None:
    await simulated.stop()
    assert await transport.send(hello(anna), at_once) == NotSent("no connection")


async def test_refused_markup_is_given_up_without_quoting_it(transport: TelegramTransport, anna: int) -> None:
    outcome = await transport.send(message(anna, RenderedMessage("<pain>it burns")), at_once)
    assert outcome == Rejected("Can't parse entities")


async def test_spinner_is_stopped_with_a_toast(
    simulated: SimulatedTelegram, transport: TelegramTransport, anna: int
) -> None:
    sent = await send(transport, anna, RenderedMessage("Pain?", buttons=((("3", "v1:3"),),)))
    press = simulated.people.press(anna, sent, text="3")
    await transport.acknowledge(press.id, "Saved")
    assert press.answer is not None
    assert press.answer.text == "Saved"
    await transport.acknowledge("999", None)


async def test_group_is_left(simulated: SimulatedTelegram, transport: TelegramTransport, anna: int) -> None:
    group = simulated.people.add_bot_to_group(anna)
    await transport.send(
        replace(message(group, RenderedMessage("Goodbye")), kind=MessageKind.GROUP_GOODBYE), at_once
    )
    assert simulated.state.chats[group].bot_status == "left"
    assert [said.text for said in simulated.people.messages(group) if said.from_bot and said.text] == [
        "Goodbye"
    ]
