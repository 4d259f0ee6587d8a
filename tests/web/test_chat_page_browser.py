"""The chat page in a real browser, against a small bot that answers what it hears."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update

from painbot.simulator import SimulatedTelegram
from tests.support.chromium import LAUNCH_ARGS

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton(n, callback_data=n) for n in ("Yes", "No")]])


async def answer(bot: Bot, update: Update) -> None:
    if update.message is not None:
        heard = update.message.text or "something that is no text"
        await update.message.reply_text(f"I heard: {heard}", reply_markup=BUTTONS)
    elif update.edited_message is not None:
        await bot.send_message(update.edited_message.chat_id, f"Changed to: {update.edited_message.text}")
    elif update.callback_query is not None:
        await update.callback_query.answer("Saved")
        await update.callback_query.edit_message_text(f"You chose {update.callback_query.data}")


@pytest.fixture
async def sim() -> AsyncIterator[SimulatedTelegram]:
    async with (
        SimulatedTelegram() as running,
        Bot(running.token, base_url=f"{running.base_url}/bot") as bot,
    ):

        async def echo() -> None:
            offset = 0
            while True:
                for update in await bot.get_updates(offset=offset, timeout=10):
                    offset = update.update_id + 1
                    await answer(bot, update)

        await bot.set_my_commands([BotCommand("today", "Where you are"), BotCommand("help", "Help")])
        answering = asyncio.create_task(echo())
        yield running
        answering.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await answering


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=list(LAUNCH_ARGS))
        yield started
        await started.close()


@pytest.fixture
async def page(browser: Browser, sim: SimulatedTelegram) -> AsyncIterator[Page]:
    opened = await browser.new_page(viewport=PHONE, reduced_motion="reduce")
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    await opened.goto(sim.page_url)
    yield opened
    assert problems == []


async def test_a_chat_from_start_to_a_changed_answer(page: Page, sim: SimulatedTelegram) -> None:
    await page.get_by_role("button", name="Start", exact=True).click()
    log = page.get_by_role("log")
    await expect(log).to_contain_text("I heard: /start")
    await log.get_by_role("button", name="Yes").click()
    # First of all: the note goes away by itself after some seconds.
    await expect(page.locator("#note")).to_have_text("Saved")
    await expect(log).to_contain_text("You chose Yes")
    await expect(log).to_contain_text("edited")
    await expect(log.get_by_role("button", name="Yes")).to_have_count(0)
    box = page.get_by_label("Message", exact=True)
    await box.fill("<b>no markup</b> & so on")
    await box.press("Enter")
    await expect(log).to_contain_text("I heard: <b>no markup</b> & so on")
    await log.get_by_role("button", name=re.compile("Edit your message: <b>")).click()
    await box.fill("better")
    await box.press("Enter")
    await expect(log).to_contain_text("Changed to: better")


async def test_a_reload_keeps_the_learner_and_a_new_window_is_a_new_one(
    page: Page, sim: SimulatedTelegram
) -> None:
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.get_by_role("log")).to_contain_text("I heard: /start")
    await page.goto(sim.page_url)
    await expect(page.get_by_role("log")).to_contain_text("I heard: /start")
    async with page.expect_popup() as popup:
        await page.get_by_role("link", name="New learner").click()
    other = await popup.value
    await expect(other.get_by_role("button", name="Start", exact=True)).to_be_visible()
    await expect(other).to_have_url(re.compile(r"\?person=\d+$"))
    assert len(sim.state.chats) == 2


async def test_everything_works_from_the_keyboard(page: Page) -> None:
    start = page.get_by_role("button", name="Start", exact=True)
    await start.focus()
    await page.keyboard.press("Enter")
    box = page.get_by_label("Message", exact=True)
    await expect(box).to_be_focused()
    await box.press_sequentially("/to")
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_role("button", name="/today")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("I heard: /today")
    last = page.get_by_role("log").get_by_role("button", name="No").last
    await last.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("You chose No")


async def test_voice_stickers_and_places_can_be_sent(page: Page) -> None:
    await page.get_by_role("button", name="Start", exact=True).click()
    attach = page.get_by_role("button", name="Send something else")
    await attach.click()
    await page.get_by_role("button", name="Voice message").click()
    await expect(page.locator(".voice")).to_be_visible()
    await attach.click()
    await page.get_by_role("button", name="Send sticker 🌱").click()
    await expect(page.locator(".bubble .sticker")).to_have_text("🌱")
    await attach.click()
    await page.get_by_role("button", name="Location").click()
    await page.get_by_label("Latitude").fill("52,5")
    await page.get_by_label("Longitude").fill("13.4")
    await page.get_by_role("button", name="Share").click()
    await expect(page.locator(".location")).to_contain_text("52.500, 13.400")


@pytest.fixture
def artefacts() -> Path:
    folder = Path("artefacts")
    folder.mkdir(exist_ok=True)
    return folder


async def test_it_fits_a_phone_and_a_desktop_in_light_and_dark(page: Page, artefacts: Path) -> None:
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.get_by_role("log")).to_contain_text("I heard: /start")
    for name, size in (("phone", PHONE), ("desktop", DESKTOP)):
        await page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            await page.screenshot(path=artefacts / f"chat-page-{name}-{scheme}.png")
        sideways = await page.locator("#scroll").evaluate("box => box.scrollWidth - box.clientWidth")
        assert sideways == 0
        send = await page.get_by_role("button", name="Send", exact=True).bounding_box()
        assert send is not None
        assert send["x"] + send["width"] <= size["width"]
        assert send["y"] + send["height"] <= size["height"]
