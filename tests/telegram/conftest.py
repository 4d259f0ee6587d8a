"""A simulated Telegram, and the bot's line to it."""

from collections.abc import AsyncIterator

import pytest

from painbot.simulator.server import SimulatedTelegram
from painbot.telegram.application import TelegramLine


@pytest.fixture
async def simulated() -> AsyncIterator[SimulatedTelegram]:
    async with SimulatedTelegram() as telegram:
        yield telegram


@pytest.fixture
async def line(simulated: SimulatedTelegram) -> AsyncIterator[TelegramLine]:
    """An open line of the real bot classes to the simulated Telegram."""
    telegram_line = TelegramLine(simulated.token, api_url=simulated.base_url)
    await telegram_line.open()
    yield telegram_line
    await telegram_line.close()
