"""A simulated Telegram and a nursery for each test, and a campaign on a database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.crash.bots import Nursery, nursery
from tests.crash.campaign import Campaign
from tests.crash.evidence import Database
from tests.crash.telegram_side import TelegramSide, telegram_side


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramSide]:
    """A simulated Telegram in a process of its own."""
    async with telegram_side() as running:
        yield running


@pytest.fixture
async def bots() -> AsyncIterator[Nursery]:
    """A place where painbot processes come from."""
    async with nursery() as running:
        yield running


@pytest.fixture
def campaign(telegram: TelegramSide, bots: Nursery, database_url: str, tmp_path: Path) -> Campaign:
    """A bot that has not started yet, over an empty database."""
    return Campaign(telegram, bots, Database(database_url), database_url, tmp_path)
