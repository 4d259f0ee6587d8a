"""Bringing a database to the version of the tables this code expects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from painbot.core.errors import DatabaseBehind, PainbotError
from painbot.storage.engine import create_engine, driver_url

_PACKAGE = Path(__file__).parents[1]
_MIGRATION_LOCK = 0x7061_696E_6D69_6772  # "painmigr": one process migrates a PostgreSQL at a time


def migrations_folder() -> Path:
    """Return the migrations: inside an installed painbot, else at the top of the checkout."""
    shipped = _PACKAGE / "_shipped" / "migrations"
    return shipped if shipped.is_dir() else _PACKAGE.parents[1] / "migrations"


def head() -> str:
    """Return the newest revision this code knows."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    if revision is None:
        raise PainbotError(
            "No migrations found: this installation of painbot is incomplete; install it again."
        )
    return revision


async def current(url: str) -> str | None:
    """Return the database's revision, or nothing when it is empty."""
    engine = create_engine(url, pooled=False)
    try:
        return await _revision(engine)
    finally:
        await engine.dispose()


async def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to a revision (the newest by default); an SQLite file is made where missing."""
    target = driver_url(url)
    if target.get_backend_name() == "sqlite" and target.database:
        Path(target.database).parent.mkdir(parents=True, exist_ok=True)
    await _run(url, lambda config: command.upgrade(config, revision))


async def downgrade(url: str, revision: str) -> None:
    """Take the database back to a revision, "base" for empty; what later revisions added is lost."""
    await _run(url, lambda config: command.downgrade(config, revision))


async def check_is_current(engine: AsyncEngine) -> None:
    """Raise DatabaseBehind when migrations are missing, PainbotError when the database is newer."""
    found, wanted = await _revision(engine), head()
    if found == wanted:
        return
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is None or found in known:
        raise DatabaseBehind(
            f"The database is at revision {found or 'none'} and this painbot needs {wanted}. "
            "Run `painbot db upgrade`, then start again."
        )
    raise PainbotError(
        f"The database is at revision {found}, which this painbot does not know: it was made by a newer "
        "one. Install that version, or restore a backup made with this one."
    )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    return config


async def _revision(engine: AsyncEngine) -> str | None:
    async with engine.connect() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


async def _run(url: str, action: Callable[[Config], None]) -> None:
    def run(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        config = _config()
        config.attributes["connection"] = connection
        action(config)

    # Foreign keys are off while tables may be rebuilt: dropping the old copy would cascade.
    engine = create_engine(url, pooled=False, foreign_keys=False)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(run)
    finally:
        await engine.dispose()
