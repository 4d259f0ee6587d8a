from playwright.async_api import async_playwright

from tests.support.chromium import LAUNCH_ARGS


async def test_the_browser_lays_out_a_page_and_runs_its_script(chromium: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(LAUNCH_ARGS))
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        await page.set_content("<p style='width: 50vw'>Hello</p><script>document.title = 'ran'</script>")
        assert await page.title() == "ran"
        box = await page.locator("p").bounding_box()
        assert box is not None
        assert box["width"] == 195
        await browser.close()
