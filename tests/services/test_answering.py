"""One update, one transaction: answered once however often it is handled."""

import pytest

from painbot.core.commands import (
    BlockedBot,
    Command,
    Edited,
    GroupContact,
    Media,
    Pressed,
    SentMedia,
    Slash,
    Typed,
    UnblockedBot,
)
from painbot.core.enrollment import EnrollmentStatus
from painbot.core.ids import ChatId
from painbot.core.outgoing import Action, MessageKind
from painbot.services.ports import NewUpdate
from painbot.storage.unit_of_work import SqlStorage
from tests.services.pumps import inbox_rows, outbox_rows
from tests.services.use_cases import ANNA, LONG_AGO, UseCases


async def test_an_update_handled_again_owes_nothing_twice(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls()
    update = cases.update(1, Slash("help"))
    await cases.handles(update)
    await cases.handles(update)
    assert len(await outbox_rows(storage)) == 1


async def test_only_one_puzzled_reply_waits_in_a_chat(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls()
    for number, words in enumerate(("hm", "what now", "and this"), start=1):
        await cases.handles(cases.update(number, Typed(words)))
    assert [message.kind for message in await cases.owed()] == [MessageKind.PUZZLED]


async def test_voice_is_always_answered_with_the_way_to_help(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls()
    await cases.handles(cases.update(1, Typed("hm")))
    await cases.handles(cases.update(2, SentMedia(Media.VOICE)))
    newest = (await outbox_rows(storage))["0"]
    assert newest["kind"] == MessageKind.REPLY
    assert "1|u" in str(newest["message"])


@pytest.mark.parametrize("command", [BlockedBot(), UnblockedBot()])
async def test_a_block_by_somebody_unknown_keeps_no_chat(storage: SqlStorage, command: Command) -> None:
    cases = UseCases(storage)
    update = cases.update(1, command)
    async with storage.begin() as uow:
        await uow.inbox.add_many([NewUpdate(update.update_id, ANNA, "{}", needs_triage=False)], LONG_AGO)
    await cases.handles(update)
    async with storage.begin() as uow:
        await uow.inbox.mark_done(update.update_id, LONG_AGO)
    row = (await inbox_rows(storage))[1]
    assert (row["status"], row["chat_id"]) == ("done", None)


async def test_a_danger_sign_gets_its_card_and_no_second_answer(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls()
    update = cases.update(1, Typed("I want to kill myself"))
    assert await cases.triages(update)
    await cases.handles(update)
    owed = await cases.owed()
    assert [message.kind for message in owed] == [MessageKind.SAFETY]
    assert "999" in owed[0].message.html


async def test_a_danger_sign_rests_the_course_and_withdraws_what_was_on_its_way(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls()
    await cases.triages(cases.update(1, Typed("I want to kill myself")))
    async with storage.begin() as uow:
        file = await uow.learners.file(ANNA, cases.clock.now())
    assert file is not None
    assert file.enrollment.rest is not None
    assert file.enrollment.due_why == "wellbeing"


NUMBERS = [Slash("urgent"), Pressed(Action("u"), None)]


@pytest.mark.parametrize("command", NUMBERS)
async def test_asking_for_the_numbers_is_answered_in_triage_and_once(
    storage: SqlStorage, command: Command
) -> None:
    cases = UseCases(storage)
    await cases.enrolls()
    update = cases.update(1, command)
    assert await cases.triages(update)
    (card,) = await cases.owed()
    assert card.kind is MessageKind.SAFETY
    assert "999" in card.message.html
    await cases.handles(update)
    assert len(await outbox_rows(storage)) == 1


@pytest.mark.parametrize("command", NUMBERS)
async def test_a_stranger_who_asks_for_the_numbers_gets_them_in_triage_and_once(
    storage: SqlStorage, command: Command
) -> None:
    cases = UseCases(storage)
    update = cases.update(1, command)
    assert await cases.triages(update)
    assert [message.kind for message in await cases.owed()] == [MessageKind.SAFETY]
    await cases.handles(update)
    assert len(await outbox_rows(storage)) == 1


async def test_the_numbers_are_never_lost_where_triage_did_not_see_the_update(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.handles(cases.update(1, Slash("urgent")))
    assert [message.kind for message in await cases.owed()] == [MessageKind.SAFETY]


async def test_asking_for_the_numbers_with_a_danger_sign_gets_the_cards_of_the_sign(
    storage: SqlStorage,
) -> None:
    cases = UseCases(storage)
    await cases.enrolls()
    update = cases.update(1, Slash("urgent", "I want to kill myself"), words="/urgent I want to kill myself")
    assert await cases.triages(update)
    await cases.handles(update)
    assert list(await outbox_rows(storage)) == ["1", "waits"]
    async with storage.begin() as uow:
        file = await uow.learners.file(ANNA, cases.clock.now())
    assert file is not None
    assert file.enrollment.rest is not None


async def test_asking_for_the_numbers_rests_nothing(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls()
    await cases.triages(cases.update(1, Slash("urgent")))
    async with storage.begin() as uow:
        file = await uow.learners.file(ANNA, cases.clock.now())
    assert file is not None
    assert file.enrollment.rest is None


@pytest.mark.parametrize(
    ("command", "words"),
    [(Slash("kill_myself"), "/kill myself"), (Edited("kill myself"), "kill myself")],
)
async def test_an_unknown_slash_word_or_an_edit_with_a_danger_sign_is_not_puzzled_at(
    storage: SqlStorage, command: Command, words: str
) -> None:
    cases = UseCases(storage)
    await cases.enrolls()
    update = cases.update(1, command, words=words)
    assert await cases.triages(update)
    await cases.handles(update)
    assert list(await outbox_rows(storage)) == ["1", "waits"], "the card, that the course waits, nothing else"


@pytest.mark.parametrize("name", ["stop", "pause", "delete", "start", "next", "resume"])
async def test_a_command_with_a_danger_sign_behind_it_does_not_run(storage: SqlStorage, name: str) -> None:
    cases = UseCases(storage)
    await cases.enrolls()
    update = cases.update(1, Slash(name, "I want to die"), words=f"/{name} I want to die")
    assert await cases.triages(update)
    await cases.handles(update)
    assert list(await outbox_rows(storage)) == ["1", "waits"]
    async with storage.begin() as uow:
        file = await uow.learners.file(ANNA, cases.clock.now())
    assert file is not None
    assert file.enrollment.status is EnrollmentStatus.ACTIVE
    await cases.handles(cases.update(2, Slash("stop")))
    async with storage.begin() as uow:
        file = await uow.learners.file(ANNA, cases.clock.now())
    assert file is not None
    assert file.enrollment.status is EnrollmentStatus.LEFT


async def test_a_stranger_whose_start_holds_a_danger_sign_gets_its_card_alone(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    update = cases.update(1, Slash("start", "I want to die"), words="/start I want to die")
    assert await cases.triages(update)
    await cases.handles(update)
    assert list(await outbox_rows(storage)) == ["1"]


@pytest.mark.parametrize(
    ("words", "said", "seen"),
    [
        ("crushing chest pain and I can't breathe", "The course waits now", True),
        ("a hot swollen joint since this morning and a fever", "The course waits now", True),
        ("I want to kill myself", "The course rests for today", False),
    ],
)
async def test_after_the_card_of_a_typed_sign_it_is_said_that_the_course_waits_and_what_ends_that(
    storage: SqlStorage, words: str, said: str, seen: bool
) -> None:
    cases = UseCases(storage)
    await cases.enrolls()
    await cases.triages(cases.update(1, Typed(words)))
    card, waits = (await outbox_rows(storage)).values()
    assert (card["kind"], waits["kind"]) == ("safety", "safety")
    assert said in str(waits["message"])
    assert ("I have been seen" in str(waits["message"])) is seen
    await cases.triages(cases.update(2, Typed(words)))
    assert list(await outbox_rows(storage)) == ["1", "waits", "2"], "said once"


@pytest.mark.parametrize("words", ["my husband hits me", "my husband hits me and I want to kill myself"])
async def test_nothing_follows_the_card_about_abuse(storage: SqlStorage, words: str) -> None:
    cases = UseCases(storage)
    await cases.enrolls()
    await cases.triages(cases.update(1, Typed(words)))
    await cases.triages(cases.update(2, Typed("I want to kill myself")))
    assert list(await outbox_rows(storage)) == ["1", "2"]


async def test_somebody_who_left_is_not_told_that_the_course_waits(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls(status=EnrollmentStatus.LEFT)
    await cases.triages(cases.update(1, Typed("I want to kill myself")))
    assert list(await outbox_rows(storage)) == ["1"]


async def test_a_danger_sign_brings_back_somebody_marked_unreachable(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.enrolls(status=EnrollmentStatus.UNREACHABLE, status_before=EnrollmentStatus.ACTIVE)
    update = cases.update(1, Typed("I want to kill myself"))
    assert await cases.triages(update)
    await cases.handles(update)
    async with storage.begin() as uow:
        file = await uow.learners.file(ANNA, cases.clock.now())
    assert file is not None
    assert file.enrollment.status is EnrollmentStatus.ACTIVE
    assert file.enrollment.rest is not None
    assert file.enrollment.due_why == "wellbeing"


async def test_ordinary_words_and_no_words_owe_no_card(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    assert not await cases.triages(cases.update(1, Typed("good morning")))
    assert not await cases.triages(cases.update(2, Slash("help")))
    assert await cases.owed() == []


async def test_a_group_is_told_once_why_the_bot_leaves(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    group = ChatId(-100)
    await cases.handles(cases.update(1, GroupContact(), group))
    await cases.handles(cases.update(2, GroupContact(), group))
    assert [message.kind for message in await cases.owed()] == [MessageKind.GROUP_GOODBYE]


async def test_a_stranger_is_answered_and_not_kept(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    await cases.handles(cases.update(1, Slash("start")))
    assert len(await cases.owed()) == 1
    async with storage.begin() as uow:
        assert await uow.learners.file(ANNA, cases.clock.now()) is None


async def test_a_parked_update_is_owned_up_to(storage: SqlStorage) -> None:
    cases = UseCases(storage)
    async with storage.begin() as uow:
        await cases.answering.tell_parked(uow, cases.update(1, Slash("help")))
    assert "Something went wrong on my side" in (await cases.owed())[0].message.html
