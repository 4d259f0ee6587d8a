import asyncpg
import pytest

from tests.support.postgres import PostgresServer


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes"])
def test_the_test_server_is_durable(postgres_server: PostgresServer, setting: str) -> None:
    assert postgres_server.show(setting) == "on"


async def test_a_database_made_from_a_template_carries_its_rows_and_nothing_else(
    postgres_server: PostgresServer,
) -> None:
    async def fetch(url: str, sql: str) -> list[tuple[int, ...]]:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        try:
            return [tuple(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()

    template = postgres_server.create_database("template_of_test")
    copies = []
    try:
        await fetch(template, "CREATE TABLE t AS SELECT 7 AS n")
        copies = [
            postgres_server.create_database(f"copy_of_test_{n}", template="template_of_test") for n in (1, 2)
        ]
        await fetch(copies[0], "DELETE FROM t")
        assert await fetch(copies[1], "SELECT n FROM t") == [(7,)]
    finally:
        for n in range(1, len(copies) + 1):
            postgres_server.drop_database(f"copy_of_test_{n}")
        postgres_server.drop_database("template_of_test")
