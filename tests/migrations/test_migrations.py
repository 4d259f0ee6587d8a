"""Migrations: from empty to the newest tables and back, and the tables are what the code says."""

import asyncio
import re
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from painbot.core.errors import DatabaseBehind, PainbotError
from painbot.storage.engine import create_engine
from painbot.storage.migrate import (
    check_is_current,
    current,
    downgrade,
    head,
    migrations_folder,
    upgrade,
)
from painbot.storage.tables import metadata


async def look(url: str, action: Any) -> Any:
    engine = create_engine(url, pooled=False)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(action)
    finally:
        await engine.dispose()


def table_names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def definitions(connection: Connection) -> dict[str, str]:
    """Return how the database itself writes down each table, column and index, conditions included."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        found = {name: without_order(sql) for name, sql in rows if not name.startswith("sqlite_")}
    else:
        indexes = connection.execute(
            text("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")
        )
        columns = connection.execute(
            text(
                "SELECT table_name || '.' || column_name, concat_ws(' ', data_type, is_nullable, "
                "column_default) FROM information_schema.columns WHERE table_schema = 'public'"
            )
        )
        constraints = connection.execute(
            text(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE connamespace = 'public'::regnamespace"
            )
        )
        found = {name: definition for rows in (indexes, columns, constraints) for name, definition in rows}
    return {name: value for name, value in found.items() if "alembic" not in name}


def without_order(sql: str) -> str:
    """SQLite keeps the statement as typed: spacing and the order of constraints carry no meaning."""
    plain = re.sub(r"\s+", " ", sql.replace('"', ""))
    start, end = plain.find("("), plain.rfind(")")
    parts = re.split(r", (?![^(]*\))", plain[start + 1 : end])
    return f"{plain[:start]}({', '.join(sorted(part.strip() for part in parts))}){plain[end + 1 :]}"


async def test_an_empty_database_has_no_revision_and_is_refused(empty_database_url: str) -> None:
    assert await current(empty_database_url) is None
    engine = create_engine(empty_database_url)
    with pytest.raises(DatabaseBehind, match="painbot db upgrade"):
        await check_is_current(engine)
    await engine.dispose()


async def test_from_empty_to_head_and_back(empty_database_url: str) -> None:
    await upgrade(empty_database_url)
    assert await current(empty_database_url) == head()
    assert set(metadata.tables) <= await look(empty_database_url, table_names)
    await downgrade(empty_database_url, "base")
    assert await current(empty_database_url) is None
    assert await look(empty_database_url, table_names) <= {"alembic_version"}
    await upgrade(empty_database_url)
    engine = create_engine(empty_database_url)
    await check_is_current(engine)
    await engine.dispose()


async def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    before = await look(database_url, definitions)
    await upgrade(database_url)
    assert await look(database_url, definitions) == before


async def test_two_processes_upgrading_at_once_both_succeed(empty_postgres_url: str) -> None:
    await asyncio.gather(upgrade(empty_postgres_url), upgrade(empty_postgres_url))
    assert await current(empty_postgres_url) == head()


async def test_alembic_finds_no_difference_between_tables_and_migrations(database_url: str) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return list(compare_metadata(context, metadata))

    assert await look(database_url, differences) == []


async def test_migrations_build_exactly_what_the_tables_say(
    database_url: str, empty_database_url_of_same_kind: str
) -> None:
    engine = create_engine(empty_database_url_of_same_kind, pooled=False)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()
    written = await look(database_url, definitions)
    assert written == await look(empty_database_url_of_same_kind, definitions)
    assert any("WHERE" in definition for definition in written.values()), "conditions are compared too"


@pytest.fixture
def empty_database_url_of_same_kind(
    request: pytest.FixtureRequest, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path_factory.mktemp('created') / 'painbot.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


async def test_a_database_of_a_newer_painbot_is_refused(database_url: str) -> None:
    engine = create_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(PainbotError, match="newer") as caught:
        await check_is_current(engine)
    assert not isinstance(caught.value, DatabaseBehind)
    await engine.dispose()


async def test_a_folder_that_is_missing_is_made_for_a_new_sqlite_file(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("fresh") / "var" / "painbot.db"
    await upgrade(f"sqlite:///{path}")
    assert await current(f"sqlite:///{path}") == head()


def test_revisions_form_one_line_and_name_what_they_do() -> None:
    scripts = ScriptDirectory(str(migrations_folder()))
    revisions = list(scripts.walk_revisions())
    assert len(scripts.get_heads()) == 1
    for number, script in enumerate(reversed(revisions), start=1):
        assert script.revision == f"{number:04}"
        assert re.fullmatch(rf"{number:04}_[a-z_]+\.py", script.path.rsplit("/", 1)[-1])
        assert script.doc
