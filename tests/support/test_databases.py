import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from painbot.storage import migrate


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_each_test_gets_a_migrated_database_of_its_own(database_url: str, turn: str) -> None:
    assert await migrate.current(database_url) == migrate.head()
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        # Fails in the second turn when the first one's database is handed out again.
        await connection.execute(text("CREATE TABLE made_by_this_test (n INTEGER)"))
    await engine.dispose()


async def test_an_empty_database_knows_no_revision(empty_database_url: str) -> None:
    assert await migrate.current(empty_database_url) is None
