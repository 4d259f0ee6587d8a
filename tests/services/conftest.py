"""A migrated store for each test of this folder."""

from collections.abc import AsyncIterator

import pytest

from painbot.storage.engine import create_engine
from painbot.storage.unit_of_work import SqlStorage


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[SqlStorage]:
    """A store on SQLite, then on PostgreSQL."""
    store = SqlStorage(create_engine(database_url))
    yield store
    await store.close()
