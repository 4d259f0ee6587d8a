"""One simulated Telegram and one nursery for all crash tests, and a campaign on a fresh database for each."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.crash.bots import Nursery, nursery
from tests.crash.campaign import Campaign, make_campaign
from tests.crash.telegram_side import TelegramSide, telegram_side


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _telegram() -> AsyncIterator[TelegramSide]:
    async with telegram_side() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def telegram(_telegram: TelegramSide) -> TelegramSide:
    """A simulated Telegram in a process of its own, with nothing left over from the test before."""
    await _telegram.forget()
    return _telegram


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def bots() -> AsyncIterator[Nursery]:
    """Where painbot processes come from."""
    async with nursery() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def campaign(
    telegram: TelegramSide, bots: Nursery, database_url: str, tmp_path: Path
) -> AsyncIterator[Campaign]:
    """A bot that has not started yet; the test runs once on SQLite and once on PostgreSQL."""
    async with make_campaign(telegram, bots, database_url, tmp_path) as made:
        yield made
