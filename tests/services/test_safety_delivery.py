"""A safety card is never given up because Telegram refused it or the person could not be reached."""

from datetime import timedelta

import pytest

from painbot.core.commands import BlockedBot, Slash, Typed, UnblockedBot
from painbot.core.delivery import Delivered, OutboxMessage, Outcome, Rejected, RenderedMessage, Unreachable
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.ids import MessageId
from painbot.core.outgoing import MessageKind
from painbot.core.replies import safety
from painbot.services.planner import Planner
from painbot.storage.unit_of_work import SqlStorage
from tests.core.people import RENDERING, safety_net
from tests.services.pumps import Dispatching, ScriptedTransport, outbox_rows
from tests.services.use_cases import ANNA, UseCases

DANGER = Typed("I want to kill myself")


class Stage:
    """Use cases and a dispatcher over one store; Telegram refuses as told."""

    def __init__(self, storage: SqlStorage) -> None:
        self.cases = UseCases(storage)
        self.refusals: list[Outcome] = []
        self.bot = Dispatching(storage, transport=ScriptedTransport(self._answer))
        self.bot.clock = self.bot.dispatcher._clock = self.cases.clock
        planner = Planner(storage, self.cases.clock, self.cases.environment, self.bot.wake)
        self.bot.dispatcher._on_unreachable = planner.on_unreachable
        self._number = 0

    def _answer(self, message: OutboxMessage) -> Outcome:
        return self.refusals.pop(0) if self.refusals else Delivered(MessageId(1))

    async def says(self, command: object, *refusals: Outcome) -> list[OutboxMessage]:
        """Have the person do something; return what was tried to be sent, in that order."""
        self._number += 1
        self.refusals = list(refusals)
        before = len(self.bot.transport.sent)
        update = self.cases.update(self._number, command)  # type: ignore[arg-type]
        if isinstance(command, Typed):
            await self.cases.triages(update)
        await self.cases.handles(update)
        self.bot.wake.set()
        await self.bot.drain()
        return self.bot.transport.sent[before:]


@pytest.fixture
def stage(storage: SqlStorage) -> Stage:
    return Stage(storage)


def cards(messages: list[OutboxMessage]) -> list[OutboxMessage]:
    """Leave out the note after a card that the course waits."""
    return [message for message in messages if not message.dedupe_key.endswith(":waits")]


def kinds(messages: list[OutboxMessage]) -> list[MessageKind]:
    return [message.kind for message in messages]


async def test_refused_card_goes_out_again_in_bare_words(stage: Stage) -> None:
    await stage.cases.enrolls()
    async with stage.bot.running():
        full, bare = cards(await stage.says(DANGER, Rejected("can't parse entities")))
    assert full.message.buttons
    assert bare.message.is_plain
    assert not bare.message.buttons
    assert "116 123" in bare.message.html
    assert "https://findahelpline.com" in bare.message.html, "the button's address is said in words"
    assert "&amp;" not in bare.message.html
    row = (await outbox_rows(stage.cases.storage))["1"]
    assert (row["status"], row["attempts"], row["message"]) == ("sent", 2, None)


async def test_card_refused_twice_goes_out_in_the_shortest_words(stage: Stage) -> None:
    async with stage.bot.running():
        tried = await stage.says(DANGER, Rejected("no"), Rejected("no"))
    assert [message.message.is_plain for message in tried] == [False, True, True]
    assert tried[-1].message.html == RENDERING.text("safety-in-short")
    assert "112" in tried[-1].message.html
    assert (await outbox_rows(stage.cases.storage))["1"]["status"] == "sent"


async def test_card_refused_in_every_form_ends(stage: Stage) -> None:
    async with stage.bot.running():
        assert len(await stage.says(DANGER, *[Rejected("no")] * 9)) == 3
        await stage.bot.later(timedelta(days=3))
    assert len(stage.bot.transport.sent) == 3
    assert (await outbox_rows(stage.cases.storage))["1"]["status"] == "failed"


async def test_edited_card_that_is_refused_goes_out_as_a_new_message(stage: Stage) -> None:
    from dataclasses import replace

    from painbot.services.owing import outbox_row

    card = replace(safety(safety_net().urgent("GB")), edits=MessageId(7))
    row = outbox_row(card, "safety:9", ANNA, None, RENDERING, stage.cases.clock.now())
    stage.refusals = [Rejected("no")]
    async with stage.bot.running():
        await stage.bot.owe(row)
        await stage.bot.drain()
    assert [message.message.edits for message in stage.bot.transport.sent] == [7, None]


async def test_other_messages_have_no_second_form(stage: Stage) -> None:
    await stage.cases.enrolls()
    async with stage.bot.running():
        tried = await stage.says(Slash("help"), Rejected("no"))
    assert len(tried) == 1


@pytest.mark.parametrize("back", [Slash("today"), Typed("I am here again"), UnblockedBot()])
async def test_card_that_could_not_arrive_goes_out_first_when_the_person_is_back(
    stage: Stage, back: object
) -> None:
    await stage.cases.enrolls()
    async with stage.bot.running():
        assert kinds(await stage.says(DANGER, Unreachable("blocked"))) == [MessageKind.SAFETY]
        async with stage.cases.storage.begin() as uow:
            file = await uow.learners.file(ANNA, stage.cases.clock.now())
        assert file is not None
        assert file.enrollment.status is EnrollmentStatus.UNREACHABLE
        tried = await stage.says(back)
    assert [message.dedupe_key for message in tried[:2]] == ["safety:1", "safety:1:waits"]
    assert MessageKind.SAFETY not in kinds(tried[2:])


async def test_strangers_card_that_could_not_arrive_goes_out_first(stage: Stage) -> None:
    async with stage.bot.running():
        await stage.says(DANGER, Unreachable("blocked"))
        tried = await stage.says(Slash("start"))
    assert kinds(tried) == [MessageKind.SAFETY, MessageKind.REPLY]


async def test_waiting_card_does_not_hold_up_a_new_one(stage: Stage) -> None:
    await stage.cases.enrolls()
    async with stage.bot.running():
        await stage.says(DANGER, Unreachable("blocked"))
        tried = await stage.says(Typed("I have crushing chest pain and cannot breathe"))
    assert [message.dedupe_key for message in cards(tried)] == ["safety:1", "safety:2"]


async def test_card_for_somebody_unreachable_is_tried_by_itself_ever_more_seldom(stage: Stage) -> None:
    async with stage.bot.running():
        await stage.says(DANGER, *[Unreachable("blocked")] * 99)
        await stage.bot.later(timedelta(seconds=59))
        assert len(stage.bot.transport.sent) == 1
        await stage.bot.later(timedelta(seconds=1))
        assert len(stage.bot.transport.sent) == 2
        await stage.bot.later(timedelta(minutes=1))
        assert len(stage.bot.transport.sent) == 2
        for _ in range(20):
            await stage.bot.later(timedelta(days=1))
        assert len(stage.bot.transport.sent) == 22
        stage.refusals = []
        await stage.bot.later(timedelta(days=1))
    assert (await outbox_rows(stage.cases.storage))["1"]["status"] == "sent"


async def test_blocking_the_bot_does_not_try_the_card_again(stage: Stage) -> None:
    await stage.cases.enrolls()
    async with stage.bot.running():
        await stage.says(DANGER, Unreachable("blocked"))
        assert await stage.says(BlockedBot()) == []


def test_message_without_another_form_has_none() -> None:
    assert RenderedMessage("words").plainer is None
