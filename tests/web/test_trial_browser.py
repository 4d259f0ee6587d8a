"""The real bot in a real browser: enroll, read day 1, jump to day 2, check in, change an answer."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from painbot.core.ids import ChatId
from painbot.settings import trial_settings
from painbot.simulator.time_machine import MovableClock
from painbot.trial import Trial, start_trial
from tests.support.chromium import LAUNCH_ARGS

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
ARTEFACTS = Path(__file__).parents[2] / "artefacts"
TWO_IN_THE_AFTERNOON = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)


@pytest.fixture
async def trial(tmp_path: Path) -> AsyncIterator[Trial]:
    # The lead over the machine's own clock is fixed once, so that the test's hours are its own.
    start = MovableClock(real_now=_StartingAt(TWO_IN_THE_AFTERNOON))
    running = await start_trial(trial_settings(f"sqlite:///{tmp_path / 'try.db'}"), clock=start)
    yield running
    await running.stop()


class _StartingAt:
    """A clock that begins at a given instant and runs on at its ordinary speed."""

    def __init__(self, start: datetime) -> None:
        self._ahead = start - datetime.now(UTC)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=list(LAUNCH_ARGS))
        yield started
        await started.close()


async def tap(page: Page, name: str) -> None:
    """Press the newest button with these words."""
    await page.get_by_role("log").get_by_role("button", name=name, exact=True).last.click()


async def say(page: Page, text: str) -> None:
    box = page.get_by_label("Message", exact=True)
    await box.fill(text)
    await box.press("Enter")


async def keep_picture(page: Page, name: str) -> None:
    os.makedirs(ARTEFACTS, exist_ok=True)
    await page.screenshot(path=str(ARTEFACTS / f"{name}.png"))


async def enroll(page: Page, log: Locator) -> None:
    await page.get_by_role("button", name="Start", exact=True).click()
    await tap(page, "What will be stored?")
    await expect(log).to_contain_text("whoever started this trial")
    await tap(page, "Yes, I agree")
    await say(page, "Berlin, Germany")
    await expect(log).to_contain_text("15:0")
    await tap(page, "Yes")
    await tap(page, "Yes, 18 or over")
    await expect(log).to_contain_text("more than three months")
    await tap(page, "Yes")
    await expect(log).to_contain_text("looked at this pain")
    await tap(page, "Yes")
    await tap(page, "None of these")
    await expect(log).to_contain_text("When should a lesson come?")
    await tap(page, "11:00")
    await expect(log).to_contain_text("When should I ask how you are?")
    await tap(page, "09:00")
    await expect(log).to_contain_text("What matters to you?")
    await say(page, "Cooking with my grandson")
    for question, number in (
        ("pain on average", "6"),
        ("enjoyment of life", "7"),
        ("general activity", "5"),
    ):
        await expect(log.locator(".bubble").last).to_contain_text(question)
        await tap(page, number)
    await tap(page, "Open day 1")


@pytest.mark.parametrize(("viewport", "name"), [(PHONE, "phone"), (DESKTOP, "desktop")])
async def test_a_person_enrolls_reads_day_one_and_answers_the_next_mornings_check_in(
    browser: Browser, trial: Trial, viewport: dict[str, int], name: str
) -> None:
    page = await browser.new_page(viewport=viewport, reduced_motion="reduce")  # type: ignore[arg-type]
    await page.goto(trial.telegram.page_url)
    log = page.get_by_role("log")
    await enroll(page, log)
    await expect(log).to_contain_text("Your pain is real")
    await keep_picture(page, f"trial-{name}-lesson")
    for card in range(2, 7):
        await tap(page, "Go on")
        await expect(log).to_contain_text(f"· {card} of 6")
    await tap(page, "Today's small step")
    await tap(page, "One quick question")
    await expect(log).to_contain_text("What is a fair answer?")
    await tap(page, "A")
    await expect(log).to_contain_text("You chose A")
    await tap(page, "4")
    await expect(log).to_contain_text("That is all for today")

    await pass_a_day(page)
    await expect(log).to_contain_text("How strong is your pain today?")
    await (
        log.locator("article", has_text="How strong is your pain today?")
        .get_by_role("button", name="5", exact=True)
        .click()
    )
    await expect(log).to_contain_text("How well did you sleep last night?")
    await say(page, "7")
    await expect(log).to_contain_text("Did you try yesterday's small step?")
    await keep_picture(page, f"trial-{name}-check-in")
    stored = await answers(trial)
    assert {stored[slot] for slot in stored if slot.startswith("checkin:")} == {"5", "7"}

    await change_pain(page)
    await (
        log.locator("article", has_text="How strong is your pain today?")
        .last.get_by_role("button", name="8", exact=True)
        .click()
    )
    await expect(log).to_contain_text("Pain today: 8")
    stored = await answers(trial)
    assert {stored[slot] for slot in stored if slot.startswith("checkin:")} == {"8", "7"}
    await keep_picture(page, f"trial-{name}-changed")


async def pass_a_day(page: Page) -> None:
    """Press "+1 day" of the time machine, opening its sheet first where the window is small."""
    plus_day = page.get_by_role("button", name="+1 day", exact=True)
    if not await plus_day.is_visible():
        await page.locator("#time-toggle").click()
    await plus_day.click()
    if await page.locator("#time-toggle").is_visible():
        await expect(page.get_by_role("log")).to_contain_text("Check-in", timeout=15_000)
        await page.locator("#time-toggle").click()


async def change_pain(page: Page) -> None:
    await tap(page, "Change: Pain today")


async def answers(trial: Trial) -> dict[str, str]:
    """Return every stored answer by its slot, read from the database."""
    stored: dict[str, str] = {}
    async with trial.engine.storage.begin_read() as uow:
        for chat_id in trial.telegram.state.chats:
            file = await uow.learners.file(ChatId(chat_id), await trial.controls.now())
            if file is not None:
                stored |= {slot: answer.value for slot, answer in file.answers.items()}
    return stored
