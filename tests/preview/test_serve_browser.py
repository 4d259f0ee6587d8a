"""`painbot lessons serve` in a real browser: the tree, the gates, the problems, a phone and a keyboard."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from painbot.preview.app import build_preview
from painbot.web.server import WebServer
from tests.preview.courses import write
from tests.support.chromium import LAUNCH_ARGS

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "tiny")


@pytest.fixture
async def page(chromium: str, root: Path) -> AsyncIterator[Page]:
    server = WebServer(build_preview(root, "en"), "127.0.0.1", 0)
    await server.start()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(LAUNCH_ARGS))
        opened = await browser.new_page(viewport=DESKTOP, reduced_motion="reduce")
        problems: list[str] = []
        opened.on("pageerror", lambda error: problems.append(str(error)))
        opened.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        await opened.goto(f"http://127.0.0.1:{server.port}/")
        yield opened
        assert problems == []
        await browser.close()
    await server.stop()


async def test_from_the_tree_to_a_lesson_and_through_its_gates(page: Page) -> None:
    tree = page.get_by_role("navigation", name="The course")
    await tree.get_by_role("link", name="Your pain is real").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Your pain is real")
    await expect(tree.locator("[aria-current=page]")).to_contain_text("pne-01")
    main = page.get_by_role("main")
    await expect(main).to_contain_text("For people who crash.")

    await page.locator("#gates summary").click()
    await page.get_by_role("link", name="All clear").click()
    await expect(main).not_to_contain_text("For people who crash.")
    await expect(main).not_to_contain_text("Ask your midwife first.")

    await page.locator("#gates summary").click()
    pregnant = page.get_by_role("checkbox", name=re.compile("pregnancy"))
    await pregnant.check()
    await expect(main).to_contain_text("Ask your midwife first.")
    await expect(pregnant).to_be_checked()
    await expect(pregnant).to_be_focused()
    await expect(page.get_by_role("checkbox", name=re.compile("pharmacist"))).to_be_disabled()


async def test_a_problem_appears_beside_its_card_after_a_reload(page: Page, root: Path) -> None:
    await page.goto(page.url + "show/pne-01?answered=1")
    file = root / "en/pne-01.yaml"
    file.write_text(file.read_text().replace("That is all for today.", "That is all for today!"))
    await page.reload()
    step = page.locator("section.step", has_text="That is all for today!").first
    await expect(step.locator(".problems")).to_contain_text("pne-01.yaml:")
    await expect(step.locator(".problems")).to_contain_text("What to do:")


async def test_pictures_load_and_buttons_lead_on(page: Page) -> None:
    await page.goto(page.url + "show/pne-01?answered=1")
    picture = page.get_by_role("img", name="Two dials side by side.")
    await picture.scroll_into_view_if_needed()
    await expect(picture).to_have_js_property("naturalWidth", 40)
    await page.locator("#card-2").get_by_role("link", name="How do you know?").click()
    await expect(page.locator("#evidence-0")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["", "show/pne-01?answered=1", "show/magnesium", "evidence"])
async def test_it_fits_a_phone_and_a_desktop(page: Page, path: str) -> None:
    await page.goto(page.url + path)
    for size in (PHONE, DESKTOP):
        await page.set_viewport_size(size)
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"]


async def test_a_phone_shows_the_tree_on_the_first_page_and_a_way_back_to_it(page: Page) -> None:
    await page.set_viewport_size(PHONE)
    tree = page.get_by_role("navigation", name="The course")
    await expect(tree).to_be_visible()
    await tree.get_by_role("link", name="One easy minute").click()
    await expect(tree).to_be_hidden()
    await page.get_by_role("link", name="All of the course").click()
    await expect(tree).to_be_visible()


async def test_the_keyboard_reaches_the_gates_and_evidence(page: Page) -> None:
    await page.goto(page.url + "show/pne-01?answered=1")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the messages")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(page.locator("#gates summary")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("checkbox", name=re.compile("crash"))).to_be_visible()
    sources = page.locator("#card-0 summary").first
    await sources.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#card-0")).to_contain_text("Do not say that pain is damage.")
