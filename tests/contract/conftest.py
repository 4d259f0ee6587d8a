"""Storage on a fresh, migrated database; every test runs on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator

import pytest

from painbot.storage.engine import create_engine
from painbot.storage.unit_of_work import SqlStorage


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[SqlStorage]:
    storage = SqlStorage(create_engine(database_url))
    yield storage
    await storage.close()
