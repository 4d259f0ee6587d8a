"""Messages with a picture, as real calls to a simulated Telegram."""

from datetime import UTC, datetime, timedelta

import pytest

from painbot.core.delivery import (
    Delivered,
    EditTargetGone,
    OutboxMessage,
    Outcome,
    PictureKind,
    PictureRecipe,
    RenderedMessage,
    Throttled,
    Uncertain,
    Unreachable,
)
from painbot.core.ids import ChatId, CourseId, MessageId, OutboxId
from painbot.core.outgoing import Lane, MessageKind
from painbot.services.ports import FileMaker
from painbot.simulator.faults import Fault
from painbot.simulator.server import SimulatedTelegram
from painbot.telegram.application import TelegramLine
from painbot.telegram.transport import TelegramTransport
from tests.telegram.shelf_of_pictures import ShelfOfPictures, picture

NEXT = (("Next", "1|c|pne-02|1"),)
DESCRIBE = ("Describe the picture", "1|pd|alarm-dials")
WORDS = "<i>The picture:</i> Two dials."


def drawn(name: str = "alarm-dials", html: str = "<b>Alarm</b> is not damage.") -> RenderedMessage:
    recipe = PictureRecipe(name, CourseId("chronic-pain"), "en", WORDS, DESCRIBE, "1")
    return RenderedMessage(html, buttons=(NEXT,), picture=recipe)


def edited(message_id: MessageId, rendered: RenderedMessage) -> RenderedMessage:
    return RenderedMessage(
        rendered.html, buttons=rendered.buttons, edits=message_id, picture=rendered.picture
    )


class NoFiles:
    async def make(self, chat_id: ChatId, kind: str, as_of: datetime) -> list[tuple[str, bytes]]:
        raise AssertionError("no document is asked for here")


class Chat:
    """One learner's chat and the transport that writes into it."""

    def __init__(self, line: TelegramLine, simulated: SimulatedTelegram) -> None:
        files: FileMaker = NoFiles()
        self.pictures = ShelfOfPictures()
        self.transport = TelegramTransport(line.bot, files, self.pictures)
        self.simulated = simulated
        self.anna = simulated.people.create("Anna", started=True)
        self.further_calls = 0

    async def tries(self, rendered: RenderedMessage) -> Outcome:
        message = OutboxMessage(
            id=OutboxId(1),
            chat_id=ChatId(self.anna),
            enrollment_id=None,
            kind=MessageKind.REPLY,
            lane=Lane.REPLY,
            dedupe_key="test",
            message=rendered,
            attempts=0,
            leased_until=datetime(2026, 3, 2, 12, tzinfo=UTC),
            created_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
        )
        return await self.transport.send(message, self._next_call)

    async def sends(self, rendered: RenderedMessage) -> MessageId:
        outcome = await self.tries(rendered)
        assert isinstance(outcome, Delivered)
        assert outcome.message_id is not None
        return outcome.message_id

    async def _next_call(self) -> None:
        self.further_calls += 1

    def shown(self) -> list[tuple[str, str]]:
        return [(found.kind, found.html) for found in self.simulated.people.messages(self.anna)]

    def buttons(self, message_id: MessageId) -> list[str]:
        rows = self.simulated.people.buttons(self.anna, message_id)
        return [button.text for row in rows for button in row]

    def calls(self) -> list[str]:
        return [call.method for call in self.simulated.faults.calls if call.method != "getme"]


@pytest.fixture
def chat(line: TelegramLine, simulated: SimulatedTelegram) -> Chat:
    return Chat(line, simulated)


async def test_a_picture_stands_above_its_words_with_a_button_that_describes_it(chat: Chat) -> None:
    sent = await chat.sends(drawn())
    assert chat.shown() == [("photo", "<b>Alarm</b> is not damage.")]
    assert chat.buttons(sent) == ["Next", "Describe the picture"]


async def test_one_that_moves_is_sent_as_an_animation(chat: Chat) -> None:
    await chat.sends(drawn("breathing-pace"))
    await chat.sends(drawn("breathing-pace"))
    assert [kind for kind, _ in chat.shown()] == ["animation", "animation"]
    assert len(chat.simulated.state.files) == 1


async def test_a_picture_is_uploaded_once(chat: Chat) -> None:
    await chat.sends(drawn())
    await chat.sends(drawn(html="Once more."))
    assert len(chat.simulated.state.files) == 1
    assert [kind for kind, _ in chat.shown()] == ["photo", "photo"]
    assert chat.further_calls == 0


async def test_a_file_id_that_is_refused_is_forgotten_and_the_picture_uploaded_again(chat: Chat) -> None:
    await chat.sends(drawn())
    (before,) = chat.pictures.file_ids.values()
    chat.simulated.faults.add(Fault("refused_file_id", count=1))
    await chat.sends(drawn())
    (after,) = chat.pictures.file_ids.values()
    assert after != before
    assert [kind for kind, _ in chat.shown()] == ["photo", "photo"]
    assert chat.further_calls == 1, "the second upload takes a place of its own"


async def test_a_changed_picture_is_not_sent_under_the_old_file_id(chat: Chat) -> None:
    await chat.sends(drawn())
    moving = chat.pictures.pictures["breathing-pace"]
    chat.pictures.pictures["alarm-dials"] = picture(PictureKind.ANIMATION, "dials.gif", moving.content)
    await chat.sends(drawn())
    assert [kind for kind, _ in chat.shown()] == ["photo", "animation"]


async def test_a_missing_picture_goes_out_in_words_and_without_its_button(chat: Chat) -> None:
    sent = await chat.sends(drawn("gone"))
    assert chat.shown() == [("text", f"<b>Alarm</b> is not damage.\n\n{WORDS}")]
    assert chat.buttons(sent) == ["Next"]


async def test_a_picture_that_telegram_cannot_read_goes_out_in_words(chat: Chat) -> None:
    chat.pictures.pictures["alarm-dials"] = picture(PictureKind.PHOTO, "dials.png", b"not a picture")
    await chat.sends(drawn())
    assert chat.shown() == [("text", f"<b>Alarm</b> is not damage.\n\n{WORDS}")]
    assert chat.further_calls == 1


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault("throttled", retry_after=7), Throttled(timedelta(seconds=7))),
        (Fault("forbidden"), Unreachable("bot was blocked by the user")),
        (Fault("server_error"), Uncertain("Bad Gateway")),
        (Fault("drop"), Uncertain("aiohttp.ServerDisconnectedError")),
    ],
    ids=["throttled", "blocked", "server error", "no answer"],
)
@pytest.mark.parametrize("uploaded_before", [False, True])
async def test_other_failures_mean_what_they_mean_for_text(
    chat: Chat, fault: Fault, outcome: Outcome, uploaded_before: bool
) -> None:
    if uploaded_before:
        await chat.sends(drawn())
    known = dict(chat.pictures.file_ids)
    chat.simulated.faults.add(Fault(fault.kind, count=1, retry_after=fault.retry_after))
    assert await chat.tries(drawn()) == outcome
    assert chat.further_calls == 0
    assert chat.pictures.file_ids == known


async def test_words_under_a_picture_are_edited_and_its_button_stays(chat: Chat) -> None:
    sent = await chat.sends(drawn())
    assert await chat.sends(edited(sent, drawn(html="Read."))) == sent
    assert chat.shown() == [("photo", "Read.")]
    assert chat.buttons(sent) == ["Next", "Describe the picture"]
    assert chat.further_calls == 0


async def test_an_edit_that_changes_nothing_under_a_picture_counts_as_delivered(chat: Chat) -> None:
    sent = await chat.sends(drawn())
    assert await chat.sends(edited(sent, drawn())) == sent


async def test_an_edit_finds_the_words_that_went_out_instead_of_a_picture(chat: Chat) -> None:
    sent = await chat.sends(drawn("gone"))
    assert await chat.sends(edited(sent, drawn("gone", "Read."))) == sent
    assert chat.shown() == [("text", f"Read.\n\n{WORDS}")]


async def test_an_edit_without_a_picture_finds_the_words_under_one(chat: Chat) -> None:
    sent = await chat.sends(drawn())
    assert await chat.sends(RenderedMessage("Read.", edits=sent)) == sent
    assert chat.shown() == [("photo", "Read.")]


async def test_an_edit_too_long_for_a_caption_goes_out_as_a_new_message(chat: Chat) -> None:
    sent = await chat.sends(drawn())
    assert await chat.tries(RenderedMessage("x" * 1025, edits=sent)) == EditTargetGone()


async def test_an_edit_of_a_vanished_picture(chat: Chat) -> None:
    assert await chat.tries(edited(MessageId(404), drawn())) == EditTargetGone()
