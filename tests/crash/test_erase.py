"""/delete through the real process: gone means gone, also when it dies on the way."""

import asyncio
import hashlib
import hmac
import json
import random
from functools import partial

import pytest

from tests.crash.campaign import UP_SECONDS, Campaign, Kill
from tests.crash.people import Newcomer
from tests.crash.verdict import MARKS
from tests.crash.waiting import until

pytestmark = [pytest.mark.crash, pytest.mark.asyncio(loop_scope="session")]

GONE_WITHIN_SECONDS = 60.0
TYPED = "zanzibar cinnamon evening"
GOODBYE_PLACES = ("after_handle_commit", "after_send", "before_wipe_commit", "after_wipe_commit")


async def test_after_delete_no_row_and_no_byte_holds_the_learner(campaign: Campaign) -> None:
    person, other = await _two_learners(campaign)
    bot = await campaign.start()
    await _ask_and_confirm(campaign, person)
    await _expect_gone(campaign, person, other)
    assert await bot.stop() == 0
    assert await _traces(campaign, person) == []
    assert await _goodbyes(campaign, person) == 1


async def test_after_delete_and_a_kill_at_each_step_no_row_and_no_byte_holds_the_learner(
    campaign: Campaign,
) -> None:
    person, other = await _two_learners(campaign)
    bot = await campaign.start()
    await _ask(campaign, person)
    await _until(campaign, person, "1|lv|erase")
    await bot.stop()
    await _press(campaign, person, "1|lv|erase")
    for place in GOODBYE_PLACES:
        assert await campaign.live_and_die(Kill(place, seconds=UP_SECONDS)), f"{place} was never passed"
    bot = await campaign.start()
    await bot.says("leading")
    await _expect_gone(campaign, person, other)
    assert await bot.stop() == 0
    assert await _traces(campaign, person) == []
    # It died once between sending the goodbye and recording it.
    assert await _goodbyes(campaign, person) in (1, 2)


async def _two_learners(campaign: Campaign) -> tuple[Newcomer, Newcomer]:
    """Take two people through the onboarding, and have both type something else besides."""
    ids = await campaign.telegram.people(2)
    people = [Newcomer(chat_id, random.Random(chat_id)) for chat_id in ids]
    bot = await campaign.start()
    for person in people:
        try:
            await until(partial(_has_begun, campaign, person), 60)
        except TimeoutError:
            chat = await campaign.telegram.chat(person.chat_id)
            pytest.fail(f"nobody came past: {chat['messages'][-1]}")
        assert person.goal is not None
        await campaign.telegram.types(person.chat_id, f"{TYPED} {person.chat_id}")

    async def is_quiet() -> bool:
        return not await campaign.left_to_do()

    await until(is_quiet, 20)
    await bot.stop()
    assert await _traces(campaign, people[0]), "what is looked for can be found"
    return people[0], people[1]


async def _has_begun(campaign: Campaign, person: Newcomer) -> bool:
    """Go one step on; return whether the first lesson was handed out."""
    await person.act(campaign.telegram)
    handed_out = await campaign.database.value(
        "SELECT count(*) FROM deliveries d JOIN enrollments e ON d.enrollment_id = e.id "
        f"JOIN learners l ON e.learner_id = l.id WHERE l.chat_id = {person.chat_id}"
    )
    return bool(handed_out)


async def _ask(campaign: Campaign, person: Newcomer) -> None:
    await campaign.telegram.types(person.chat_id, "/delete")


async def _ask_and_confirm(campaign: Campaign, person: Newcomer) -> None:
    await _ask(campaign, person)
    await _until(campaign, person, "1|lv|erase")
    await _press(campaign, person, "1|lv|erase")


async def _buttons(campaign: Campaign, person: Newcomer) -> dict[str, int]:
    chat = await campaign.telegram.chat(person.chat_id)
    return {
        button["data"]: message["id"]
        for message in chat["messages"]
        for row in message["buttons"]
        for button in row
    }


async def _until(campaign: Campaign, person: Newcomer, data: str) -> None:
    async def is_offered() -> bool:
        return data in await _buttons(campaign, person)

    await until(is_offered, 20)


async def _press(campaign: Campaign, person: Newcomer, data: str) -> None:
    await campaign.telegram.presses(person.chat_id, (await _buttons(campaign, person))[data], data)


async def _goodbyes(campaign: Campaign, person: Newcomer) -> int:
    chat = await campaign.telegram.chat(person.chat_id)
    return sum(message["text"].startswith(MARKS["erased"]) for message in chat["messages"])


async def _expect_gone(campaign: Campaign, person: Newcomer, other: Newcomer) -> None:
    """Wait for the goodbye, then for the last trace to go; see that nobody else's went with it."""
    await until(lambda: _goodbyes(campaign, person), 20)
    traces = ["not looked yet"]
    try:
        async with asyncio.timeout(GONE_WITHIN_SECONDS):
            while traces:
                traces = await _traces(campaign, person)
                await asyncio.sleep(0.2)
    except TimeoutError:
        pytest.fail(f"after a minute there is still: {traces}")
    key = bytes.fromhex(await campaign.database.value("SELECT value FROM instance WHERE key = 'erasure_key'"))
    mark = hmac.new(key, str(person.chat_id).encode(), hashlib.sha256).hexdigest()
    assert [row["mark"] for row in await campaign.database.rows("SELECT mark FROM erasure_ledger")] == [mark]
    assert await _traces(campaign, other)


async def _traces(campaign: Campaign, person: Newcomer) -> list[str]:
    """Return where the learner's id, goal or typed words can still be read."""
    assert person.goal is not None
    words = [str(person.chat_id), person.goal, f"{TYPED} {person.chat_id}"]
    found: list[str] = []
    for table in await campaign.database.tables():
        for row in await campaign.database.rows(f'SELECT * FROM "{table}"'):
            text = json.dumps(row, default=str)
            found += [f"a row of {table}" for word in words if word in text]
    if campaign.database.name == "sqlite":
        path = campaign.database.path
        for file in (path, path.with_name(f"{path.name}-wal")):
            content = file.read_bytes() if file.exists() else b""
            sought = [word.encode() for word in words] + _as_sqlite_keeps_it(person.chat_id)
            found += [f"bytes of {file.name} ({value!r})" for value in sought if value in content]
    for log in campaign.folder.glob("*.log"):
        found += [f"the log {log.name}" for word in words[1:] if word in log.read_text()]
    return found


def _as_sqlite_keeps_it(number: int) -> list[bytes]:
    """Return a number as SQLite stores it: as a column's value, and as a row's own id."""
    groups = [number & 0x7F]
    while number >> 7 * len(groups):
        groups.insert(0, number >> 7 * len(groups) & 0x7F | 0x80)
    return [number.to_bytes(6, "big"), bytes(groups)]
