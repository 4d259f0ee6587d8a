"""Erasing: nothing of a learner is left, and a restore does not bring it back."""

import random
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select, text

from painbot.core.enrollment import Dialogue
from painbot.core.ids import ChatId, UpdateId
from painbot.core.outgoing import MessageKind
from painbot.services.ports import Hold
from painbot.storage.engine import create_engine
from painbot.storage.erasure import (
    LedgerEntry,
    add_to_ledger,
    erasure_key,
    ledger_mark,
    read_ledger,
    reapply_ledger,
)
from painbot.storage.tables import metadata
from painbot.storage.unit_of_work import SqlStorage
from tests.contract.factories import (
    ANN,
    BEN,
    COURSE,
    NOW,
    back,
    claim,
    enroll,
    later,
    load,
    make_answer,
    make_message,
    make_update,
    owe,
    sent,
)

WORDS = "Zwölf-Treppen-Geheimnis"
KEY = b"k" * 32


async def live(storage: SqlStorage, chat: ChatId = ANN, words: str = WORDS, first_update: int = 1) -> None:
    """Leave a learner's traces in every table that can hold one."""
    file = await enroll(storage, chat, goal=words, due_at=later(60))
    async with storage.begin() as unit:
        await unit.learners.save(
            file,
            replace(
                file,
                dialogue=Dialogue("asking", {"typed": words}),
                answers={"free:1": make_answer("free:1", f"{words} {words * 30}")},
                deliveries={},
            ),
        )
        await unit.safety.record(chat, "urgent", "night", "rule-3", "v1", NOW)
        payloads = [f'{{"chat":{{"id":{chat}}},"text":"{words}"}}'] * 3
        await unit.inbox.add_many(
            [make_update(first_update + n, chat, payload) for n, payload in enumerate(payloads)], NOW
        )
        await unit.inbox.mark_done(UpdateId(first_update), NOW)
        await unit.inbox.park(UpdateId(first_update + 1), NOW, "KeyError at x:1")
        await unit.outbox.add_many(
            [
                make_message(chat, MessageKind.REPLY, f"sent:{chat}", html=words),
                make_message(chat, MessageKind.LESSON, f"lesson:{chat}", html=words),
            ]
        )
        await unit.outbox.set_hold(Hold(f"chat:{chat}", later(5)))
        await unit.outbox.set_hold(Hold("bot", later(5)))
    async with storage.begin() as unit:
        claimed = [m for m in await unit.outbox.claim(NOW, 100) if m.chat_id == chat]
        await unit.outbox.settle([sent(message.id) for message in claimed], NOW)


async def say_goodbye_and_erase(storage: SqlStorage, chat: ChatId = ANN, update: int = 3) -> None:
    async with storage.begin() as unit:
        await unit.outbox.add(
            make_message(chat, MessageKind.GOODBYE, f"goodbye:{chat}", created_at=later(60))
        )
        await unit.learners.erase(chat, later(60), ledger_mark(KEY, chat))
        await unit.inbox.mark_done(UpdateId(update), later(60))


async def rows_naming(storage: SqlStorage, chat: ChatId, words: str = WORDS) -> dict[str, list[object]]:
    """Return every stored value that holds the chat id, as a number or in text, or the words."""
    found: dict[str, list[object]] = {}
    async with storage.connection(read_only=True) as connection:
        for table in metadata.sorted_tables:
            for row in (await connection.execute(select(table))).mappings():
                for name, value in row.items():
                    if value == chat or str(chat) in str(value) or words in str(value):
                        found.setdefault(table.name, []).append((name, value))
    return found


async def to_wipe(storage: SqlStorage) -> list[ChatId]:
    async with storage.begin() as unit:
        return list(await unit.learners.erasures_to_wipe())


async def wipe(storage: SqlStorage, chat: ChatId = ANN) -> None:
    async with storage.begin() as unit:
        await unit.learners.wipe(chat)


async def test_erasing_leaves_the_goodbye_and_not_a_word(storage: SqlStorage) -> None:
    await live(storage)
    await say_goodbye_and_erase(storage)
    assert await load(storage) is None
    left = await rows_naming(storage, ANN)
    assert set(left) == {"outbox_messages", "inbox_updates", "erasures_pending", "holds"}
    assert not any(WORDS in str(value) for values in left.values() for _, value in values)  # type: ignore[misc]
    assert await claim(storage, later(60)) == [f"goodbye:{ANN}"], "the unsent lesson is gone"


async def test_the_last_traces_go_after_the_goodbyes_outcome(storage: SqlStorage) -> None:
    await live(storage)
    await live(storage, BEN, "other words", first_update=10)
    await say_goodbye_and_erase(storage)
    assert await to_wipe(storage) == []
    async with storage.begin() as unit:
        (goodbye,) = [m for m in await unit.outbox.claim(later(60), 100) if m.chat_id == ANN]
    assert await to_wipe(storage) == [], "in flight is no outcome"
    async with storage.begin() as unit:
        await unit.outbox.settle([sent(goodbye.id)], later(61))
    assert await to_wipe(storage) == [ANN]
    await wipe(storage)
    assert await rows_naming(storage, ANN) == {}
    assert await to_wipe(storage) == []
    assert await load(storage, BEN) is not None
    assert {"learners", "outbox_messages", "inbox_updates"} <= set(await rows_naming(storage, BEN))


async def test_safety_events_stay_and_belong_to_nobody(storage: SqlStorage) -> None:
    await live(storage)
    async with storage.connection(read_only=True) as connection:
        before = (await connection.execute(select(metadata.tables["pseudonyms"]))).all()
    await say_goodbye_and_erase(storage)
    async with storage.connection(read_only=True) as connection:
        events = (await connection.execute(select(metadata.tables["safety_events"]))).all()
        links = (await connection.execute(select(metadata.tables["pseudonyms"]))).all()
    assert (len(before), len(events), links) == (1, 1, [])


async def test_an_unsent_safety_card_is_still_sent(storage: SqlStorage) -> None:
    await live(storage)
    await owe(storage, make_message(ANN, MessageKind.SAFETY, "card"))
    await say_goodbye_and_erase(storage)
    assert await claim(storage, later(60)) == ["card"]


async def test_words_typed_behind_the_erasure_still_reach_triage(storage: SqlStorage) -> None:
    await live(storage)
    async with storage.begin() as unit:
        await unit.inbox.add_many([make_update(9, ANN, "I want to die", typed=True)], later(59))
    await say_goodbye_and_erase(storage)
    async with storage.begin() as unit:
        assert [update.update_id for update in await unit.inbox.untriaged(10)] == [9]
        (goodbye,) = await unit.outbox.claim(later(60), 10)
        await unit.outbox.settle([sent(goodbye.id)], later(61))
    assert await to_wipe(storage) == [], "until it is handled"
    async with storage.begin() as unit:
        await unit.inbox.mark_triaged(UpdateId(9), later(62))
        await unit.inbox.mark_done(UpdateId(9), later(62))
    assert await to_wipe(storage) == [ANN]


async def test_an_outcome_for_an_erased_message_is_no_error(storage: SqlStorage) -> None:
    await enroll(storage)
    (lesson,) = await owe(storage, make_message(kind=MessageKind.LESSON, key="lesson"))
    await claim(storage)
    await say_goodbye_and_erase(storage)
    async with storage.begin() as unit:
        await unit.outbox.settle([sent(lesson)], later(61))
    assert await claim(storage, later(61)) == [f"goodbye:{ANN}"]


async def test_a_second_answer_still_unsent_holds_the_wipe_back(storage: SqlStorage) -> None:
    """As when "Yes, erase it" is tapped twice and Telegram throttles the answer to the second tap."""
    await live(storage)
    await say_goodbye_and_erase(storage)
    (second,) = await owe(storage, make_message(ANN, key="reply:8:0", created_at=later(60.5)))
    async with storage.begin() as unit:
        (goodbye,) = await unit.outbox.claim(later(61), 10)
        await unit.outbox.settle([sent(goodbye.id), back(second, later(69))], later(61))
    assert await to_wipe(storage) == []
    async with storage.begin() as unit:
        (reply,) = await unit.outbox.claim(later(70), 10)
        await unit.outbox.settle([sent(reply.id)], later(70))
    assert await to_wipe(storage) == [ANN]
    await wipe(storage)
    assert await rows_naming(storage, ANN) == {}


async def test_answers_to_somebody_who_enrolled_again_do_not_hold_the_wipe_back(storage: SqlStorage) -> None:
    await live(storage)
    await say_goodbye_and_erase(storage)
    async with storage.begin() as unit:
        (goodbye,) = await unit.outbox.claim(later(61), 10)
        await unit.outbox.settle([sent(goodbye.id)], later(61))
    await enroll(storage)
    await owe(storage, make_message(ANN, key="reply:9:0", created_at=later(62)))
    assert await to_wipe(storage) == [ANN]


async def test_a_person_who_comes_back_before_the_wipe_keeps_what_is_new(storage: SqlStorage) -> None:
    await live(storage)
    await say_goodbye_and_erase(storage)
    async with storage.begin() as unit:
        (goodbye,) = await unit.outbox.claim(later(60), 10)
        await unit.outbox.settle([sent(goodbye.id)], later(61))
        await unit.learners.enroll(ANN, COURSE, later(80))
        await unit.outbox.add(make_message(ANN, key="welcome", created_at=later(80)))
        (welcome,) = await unit.outbox.claim(later(80), 10)
        await unit.outbox.settle([sent(welcome.id)], later(81))
        await unit.inbox.add_many([make_update(20, ANN)], later(80))
    await wipe(storage)
    assert await load(storage) is not None
    async with storage.begin() as unit:
        assert await unit.outbox.add(make_message(ANN, key="welcome")) is None, "still owed only once"
        assert [update.update_id for update in await unit.inbox.heads(later(90), 10)] == [20]
        assert await unit.outbox.add(make_message(ANN, key=f"sent:{ANN}")) is not None, "the old is gone"


async def test_wiping_without_an_erasure_does_nothing(storage: SqlStorage) -> None:
    await live(storage)
    before = await rows_naming(storage, ANN)
    await wipe(storage)
    assert await rows_naming(storage, ANN) == before


async def test_ids_are_never_given_out_twice(storage: SqlStorage) -> None:
    first = await enroll(storage)
    (old,) = await owe(storage, make_message(kind=MessageKind.LESSON, key="lesson"))
    async with storage.begin() as unit:
        await unit.learners.erase(ANN, later(60), ledger_mark(KEY, ANN))
        await unit.learners.wipe(ANN)
    again = await enroll(storage)
    (new,) = await owe(storage, make_message(key="new"))
    assert again.learner.id > first.learner.id
    assert again.enrollment.id > first.enrollment.id
    assert new > old


def test_a_ledger_mark_is_an_hmac_of_the_decimal_chat_id() -> None:
    # Checked with: printf 42 | openssl dgst -sha256 -hmac key
    assert ledger_mark(b"key", ChatId(42)) == MARK_OF_42
    assert ledger_mark(b"other", ChatId(42)) != MARK_OF_42


MARK_OF_42 = "f2991b7ce981d0b5adc5e6a0f31acaeb407bfc21354bbcc31a0c43eaffa83d65"


async def test_the_erasure_key_is_made_once(storage: SqlStorage) -> None:
    key = await erasure_key(storage)
    assert len(key) == 32
    assert await erasure_key(storage) == key


async def test_a_restore_re_applies_the_ledger(storage: SqlStorage) -> None:
    await live(storage)
    await live(storage, BEN, "other words", first_update=10)
    await add_to_ledger(storage, [LedgerEntry(ledger_mark(KEY, ANN), later(60))])
    assert await reapply_ledger(storage, KEY) == 1
    assert await rows_naming(storage, ANN) == {}
    assert await load(storage, BEN) is not None
    assert await reapply_ledger(storage, KEY) == 0


async def test_a_restore_keeps_who_enrolled_after_the_erasure(storage: SqlStorage) -> None:
    await live(storage)
    entries = [LedgerEntry(ledger_mark(KEY, ANN), later(-60)), LedgerEntry(ledger_mark(KEY, ANN), later(-90))]
    await add_to_ledger(storage, entries)
    assert await read_ledger(storage) == entries[:1], "the later erasure counts"
    assert await reapply_ledger(storage, KEY) == 0
    assert await load(storage) is not None


async def test_the_ledger_takes_marks_of_erasures(storage: SqlStorage) -> None:
    await live(storage)
    await say_goodbye_and_erase(storage)
    assert await read_ledger(storage) == [LedgerEntry(ledger_mark(KEY, ANN), later(60))]
    assert str(ANN) not in str(await read_ledger(storage))


def bytes_of(url: str) -> tuple[bytes, bytes]:
    """Return the bytes of the database file and of its write-ahead log."""
    path = url.split("///", 1)[1]
    return Path(path).read_bytes(), Path(path + "-wal").read_bytes()


def varint(number: int) -> bytes:
    """Return a number as SQLite writes a row id: seven bits a byte, the high bit on all but the last."""
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))


async def test_no_byte_of_the_file_or_its_log_keeps_an_erased_learner(sqlite_url: str) -> None:
    storage = SqlStorage(create_engine(sqlite_url))
    dice = random.Random(7)
    people = {ChatId(7_000_000_000 + dice.randrange(10**9)): f"secret-{n}-{dice.random()}" for n in range(60)}
    for n, (chat, words) in enumerate(people.items()):
        await live(storage, chat, words, first_update=10 * n + 1)
    stays = dict(list(people.items())[::2])
    goes = dict(list(people.items())[1::2])
    before = b"".join(bytes_of(sqlite_url))
    for chat, words in people.items():
        traces = (str(chat).encode(), words.encode(), chat.to_bytes(6, "big"), varint(chat))
        assert all(trace in before for trace in traces)
    # An idle second connection must not keep the log from being emptied.
    async with storage.engine.connect() as bystander:
        await bystander.execute(select(metadata.tables["learners"].c.id))
        await bystander.rollback()
        for n, chat in enumerate(people):
            if chat in goes:
                await say_goodbye_and_erase(storage, chat, update=10 * n + 3)
        while claimed := await claim_all(storage):
            async with storage.begin() as unit:
                await unit.outbox.settle([sent(message) for message in claimed], later(70))
        for chat in await to_wipe(storage):
            await wipe(storage, chat)
        await storage.scrub()
        after, log = bytes_of(sqlite_url)
    assert log == b""
    assert await free_pages(storage) == 0, (
        "written anew: rearranged pages keep old cells between the new ones"
    )
    for chat, words in goes.items():
        assert await rows_naming(storage, chat, words) == {}
        assert str(chat).encode() not in after
        assert words.encode() not in after
        assert chat.to_bytes(6, "big") not in after, "as a column's number"
        assert varint(chat) not in after, "as a row's id"
    for chat, words in stays.items():
        assert words.encode() in after
        assert (await load(storage, chat)) is not None
    await storage.close()


async def test_the_file_is_written_anew_once_after_a_wipe_and_not_otherwise(sqlite_url: str) -> None:
    storage = SqlStorage(create_engine(sqlite_url))
    await live(storage, words=WORDS * 500)
    await live(storage, BEN, "other words", first_update=10)
    async with storage.begin() as unit:
        await unit.learners.erase(ANN, later(60), ledger_mark(KEY, ANN))
    await storage.scrub()
    assert await free_pages(storage) > 0, "nothing was wiped yet, so only the log is emptied"
    async with storage.begin() as unit:
        await unit.inbox.mark_done(UpdateId(3), later(60))
        await unit.learners.wipe(ANN)
    await storage.close()
    storage = SqlStorage(create_engine(sqlite_url))  # what is owed outlives the process
    await storage.scrub()
    assert await free_pages(storage) == 0
    assert not any(WORDS.encode() in part for part in bytes_of(sqlite_url))
    assert await load(storage, BEN) is not None
    async with storage.begin() as unit:
        await unit.inbox.park(UpdateId(12), later(60), "KeyError at x:1")
        await unit.inbox.add_many([make_update(n, BEN, "long " * 2000) for n in range(100, 110)], NOW)
    async with storage.begin() as unit:
        for number in range(100, 110):
            await unit.inbox.mark_done(UpdateId(number), NOW)
    await storage.scrub()
    assert await free_pages(storage) > 0, "done once, owed no more"
    await storage.close()


async def free_pages(storage: SqlStorage) -> int:
    async with storage.connection(read_only=True) as connection:
        return int((await connection.execute(text("PRAGMA freelist_count"))).scalar_one())


async def claim_all(storage: SqlStorage) -> list[object]:
    async with storage.begin() as unit:
        return [message.id for message in await unit.outbox.claim(later(65), 100)]
