"""How updates reach the bot: long polling, conflicts, and a webhook that is tried until it answers 200."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import Conflict
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from painbot.simulator import SimulatedTelegram
from painbot.simulator.telegram_state import stamp_of_this_moment
from tests.simulator.conftest import HandClock


async def test_an_unchanged_application_talks_to_a_person(sim: SimulatedTelegram) -> None:
    async def hear(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        button = InlineKeyboardButton("Yes", callback_data="y")
        await update.message.reply_text("Ready?", reply_markup=InlineKeyboardMarkup([[button]]))

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Noted")
        await update.callback_query.edit_message_text("Good.")

    builder = Application.builder().token(sim.token)
    application = builder.base_url(f"{sim.base_url}/bot").base_file_url(f"{sim.base_url}/file/bot").build()
    application.add_handler(MessageHandler(filters.COMMAND, hear))
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        person = sim.people.create()
        sim.people.type_text(person, "/start")
        asked = await sim.people.wait_for(person, "Ready?")
        press = sim.people.press_latest(person, "Yes")
        done = await sim.people.wait_for(person, "Good.")
        assert done.id == asked.id
        assert press.answer is not None
        await application.updater.stop()
        await application.stop()


async def test_updates_stay_until_their_offset_is_passed(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    for text in ("a", "b", "c"):
        sim.people.type_text(ann, text)
    first = await bot.get_updates(limit=2)
    assert [u.message.text for u in first if u.message] == ["a", "b"]
    assert await bot.get_updates(limit=2) == first
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [u.message.text for u in rest if u.message] == ["c"]
    assert rest[0].update_id == first[-1].update_id + 1
    assert await bot.get_updates(offset=rest[0].update_id + 1) == ()


async def test_a_negative_offset_keeps_the_newest(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    for text in ("a", "b", "c"):
        sim.people.type_text(ann, text)
    [update] = await bot.get_updates(offset=-1)
    assert update.message is not None
    assert update.message.text == "c"
    assert len(sim.state.updates) == 1


async def test_a_long_poll_ends_when_something_comes(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    sim.people.type_text(ann, "a")
    assert len(await asyncio.wait_for(waiting, 2)) == 1


async def test_a_second_poll_ends_the_first(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    async with Bot(sim.token, base_url=f"{sim.base_url}/bot") as other:
        second = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await asyncio.wait_for(first, 2)
        sim.people.type_text(ann, "a")
        assert len(await asyncio.wait_for(second, 2)) == 1


async def test_only_wanted_kinds_are_queued(bot: Bot, sim: SimulatedTelegram, ann: int) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    sim.people.type_text(ann, "a")
    assert len(sim.state.updates) == 0
    await bot.get_updates(allowed_updates=[])
    sim.people.type_text(ann, "b")
    assert len(sim.state.updates) == 1


async def test_updates_are_kept_for_a_day(
    bot: Bot, sim: SimulatedTelegram, clock: HandClock, ann: int
) -> None:
    sim.people.type_text(ann, "old")
    clock.move(hours=23)
    sim.people.type_text(ann, "new")
    clock.move(hours=2)
    assert [u.message.text for u in await bot.get_updates() if u.message] == ["new"]


async def test_update_ids_never_start_again_after_a_restart() -> None:
    assert 0 < stamp_of_this_moment() < 2**31
    before = stamp_of_this_moment()
    await asyncio.sleep(0.2)
    assert stamp_of_this_moment() > before


class Hook:
    """A webhook that answers with the statuses it is told, 200 after that."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.heard: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.heard.append(await request.json())
            self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response(status=status)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made = Hook()
    app = web.Application()
    app.router.add_post("/hook", made.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - the hook and the server are other ends of a socket
            await asyncio.sleep(0.01)


async def test_a_webhook_gets_pending_and_new_updates_with_the_secret(
    bot: Bot, sim: SimulatedTelegram, hook: Hook, ann: int
) -> None:
    sim.people.type_text(ann, "pending")
    await bot.set_webhook(hook.url, secret_token="s-1")
    sim.people.type_text(ann, "new")
    await until(lambda: len(hook.heard) == 2)
    assert [u["message"]["text"] for u in hook.heard] == ["pending", "new"]
    assert set(hook.secrets) == {"s-1"}
    await until(lambda: len(sim.state.updates) == 0)
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()


async def test_a_webhook_is_tried_again_until_it_answers_200_in_order(
    bot: Bot, sim: SimulatedTelegram, hook: Hook, ann: int
) -> None:
    hook.statuses = [500, 503]
    await bot.set_webhook(hook.url)
    sim.people.type_text(ann, "a")
    sim.people.type_text(ann, "b")
    await until(lambda: sim.state.webhook.last_error != "")
    info = await bot.get_webhook_info()
    assert info.pending_update_count == 2
    assert info.last_error_message is not None
    assert "Wrong response from the webhook" in info.last_error_message
    await until(lambda: len(hook.heard) == 2)
    assert [u["message"]["text"] for u in hook.heard] == ["a", "b"]


async def test_switching_between_webhook_and_polling_loses_nothing_unless_asked(
    bot: Bot, sim: SimulatedTelegram, ann: int
) -> None:
    await bot.set_webhook("http://127.0.0.1:9/nobody-listens")
    sim.people.type_text(ann, "a")
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1
    await bot.set_webhook("http://127.0.0.1:9/nobody-listens", drop_pending_updates=True)
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_setting_a_webhook_ends_a_poll(bot: Bot, hook: Hook) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    await bot.set_webhook(hook.url)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await asyncio.wait_for(polling, 2)
